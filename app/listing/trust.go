package listing

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"patchbay/app/listing/index"
)

// Verdict is what a rule of trust finds.
type Verdict string

// The verdicts.
const (
	Good    Verdict = "good"
	Neutral Verdict = "neutral"
	Poor    Verdict = "poor"
)

// TrustRule is one rule by which a listing can be judged, with what it rests on.
// Evidence is a fact (a domain, a number, a date), not a sentence.
type TrustRule struct {
	Rule     string
	Verdict  Verdict
	Evidence string
	Link     string
}

// checkedLately is how long a check of a listing's facts counts.
const checkedLately = 180 * 24 * time.Hour

// Trust judges l by every rule, in a fixed order. Connected is what the connected
// apps are called, by their slugs.
func (l Listing) Trust(now time.Time, connected map[string]string) []TrustRule {
	return []TrustRule{
		l.trustName(connected), l.trustPublisher(), l.trustClient(), l.trustPermissions(), l.trustRevocation(),
		l.trustFacts(now), l.trustDocs(), l.trustPrivacy(),
	}
}

// trustName finds another app that people here know by nearly the same name. The
// same slug is the same app, whichever feed its listing comes from.
func (l Listing) trustName(connected map[string]string) TrustRule {
	for _, slug := range slices.Sorted(maps.Keys(connected)) {
		if slug != l.Slug && index.Alike(l.Name, connected[slug]) {
			return TrustRule{Rule: "name", Verdict: Poor, Evidence: connected[slug]}
		}
	}
	return TrustRule{Rule: "name", Verdict: Good, Evidence: l.Name}
}

func (l Listing) trustPublisher() TrustRule {
	r := TrustRule{Rule: "publisher", Verdict: Neutral, Evidence: l.Publisher.Name, Link: l.Publisher.Site}
	switch {
	case l.BuiltByUs: // only the built-in feed may say so
		r.Verdict = Good
	case l.Publisher.VerifiedDomain != "":
		r.Verdict, r.Evidence = Good, l.Publisher.VerifiedDomain
	}
	return r
}

func (l Listing) trustClient() TrustRule {
	c := l.Connection
	r := TrustRule{Rule: "client", Verdict: Neutral, Evidence: c.Client.Kind}
	switch {
	case c.Kind == "api_key":
		r.Evidence = "api_key"
	case c.Client.SecretNeeded:
		r.Evidence = "secret"
	case c.Client.Kind == "public" || c.Client.Kind == "registered" || c.PKCE == "required" || c.TokenAuth == "none":
		r.Verdict, r.Evidence = Good, "public"
	}
	return r
}

func (l Listing) trustPermissions() TrustRule {
	r := TrustRule{Rule: "permissions", Verdict: Good}
	write, admin := 0, 0
	for _, s := range l.Connection.Scopes.Required {
		switch s.Access {
		case "write":
			write++
		case "admin":
			admin++
		}
	}
	n := len(l.Connection.Scopes.Required)
	r.Evidence = strconv.Itoa(n)
	switch {
	case n == 0 && l.Connection.Kind == "api_key":
		r.Verdict, r.Evidence = Poor, "api_key" // the key is not limited, it can do everything
	case admin > 0:
		r.Verdict = Poor
	case write > 2 || n > 6:
		r.Verdict = Neutral
	}
	return r
}

func (l Listing) trustRevocation() TrustRule {
	c := l.Connection
	r := TrustRule{Rule: "revocation", Verdict: Poor, Link: c.RevokePage}
	switch {
	case c.Revoke != nil || c.Endpoints.Revocation != "":
		r.Verdict = Good
	case c.APIKey != nil: // whoever made the key can delete it
		r.Verdict, r.Evidence, r.Link = Neutral, "api_key", c.APIKey.Page
	case c.RevokePage != "":
		r.Verdict = Neutral
	}
	if strings.Contains(r.Link, "{{") {
		r.Link = "" // which page it is depends on the customer
	}
	return r
}

func (l Listing) trustFacts(now time.Time) TrustRule {
	r := TrustRule{Rule: "facts", Verdict: Neutral, Evidence: l.Checked}
	if l.Connection.Confidence == "unverified" {
		r.Evidence = l.Connection.Confidence
		return r
	}
	day, err := time.Parse(time.DateOnly, l.Checked)
	age := now.Sub(day)
	// A day that is still to come was not looked at either; time zones differ.
	if err == nil && age > -36*time.Hour && age < checkedLately && l.Connection.Confidence == "checked" {
		r.Verdict = Good
	}
	return r
}

func (l Listing) trustDocs() TrustRule {
	return linked("documentation", l.Resources.Documentation)
}

func (l Listing) trustPrivacy() TrustRule {
	return linked("privacy", l.Privacy.Policy)
}

func linked(rule, link string) TrustRule {
	r := TrustRule{Rule: rule, Verdict: Poor, Link: link}
	if link != "" {
		r.Verdict = Good
	}
	return r
}
