package listingbench

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"patchbay/app/listing"
	"patchbay/app/listing/index"
	"patchbay/app/listing/index/indextest"
	"patchbay/app/provider"
)

// WriteFeed writes a feed document of the first n listings of seed. An error is
// the writer's.
func WriteFeed(w io.Writer, seed uint64, n int) error {
	if _, err := fmt.Fprintf(w, `{"id":"made-up","name":"Made up","listings":[`); err != nil {
		return err
	}
	for i := range n {
		document, err := json.Marshal(Listing(seed, i))
		if err != nil {
			return err
		}
		if i > 0 {
			document = append([]byte{',', '\n'}, document...)
		}
		if _, err := w.Write(document); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, "]}\n")
	return err
}

// Listing is listing i of seed as a publisher would write it.
func Listing(seed uint64, i int) listing.Listing {
	d := indextest.Listing(seed, i)
	slug := fmt.Sprintf("made-up-%d", i)
	site := "https://" + slug + ".example.com"
	l := listing.Listing{
		Slug: slug, Name: short(d.Name, 60), Tagline: short(d.Tagline, 120), Description: d.Description,
		Publisher:      listing.Publisher{Name: d.Publisher, Site: site},
		FirstPublished: time.Unix(d.Published*24*60*60, 0).UTC().Format(time.DateOnly),
		Version:        "1", Checked: "2026-11-23", Icon: listing.Icon{Color: "#0061ff"},
		Features: unique(d.Features), Categories: []string{categories[i%len(categories)]}, SearchTerms: unique(d.SearchTerms),
		Installs: d.Installs, WorksWith: unique(d.Facets[index.WorksWith]),
		Resources:  listing.Resources{Documentation: site + "/docs"},
		Privacy:    listing.Privacy{Policy: site + "/privacy"},
		Pricing:    listing.Pricing{Model: d.Facets[index.Price][0]},
		Connection: connection(slug),
	}
	for language, text := range d.Texts {
		if l.Texts == nil {
			l.Texts = map[string]listing.Text{}
		}
		l.Texts[language] = listing.Text{Tagline: short(text.Tagline, 120), Description: text.Description, Features: unique(text.Features)}
	}
	return l
}

// categories are some of those that the schema knows.
var categories = []string{"analytics", "chat", "crm", "e-mail", "files", "forms", "help-desk", "payments", "scheduling", "video"}

// connection is the least that signing in takes.
func connection(slug string) provider.Provider {
	host := slug + ".example.com"
	return provider.Provider{
		Kind: "oauth2", TokenAuth: "none", PKCE: "required", Hosts: []string{host},
		Endpoints:  provider.Endpoints{Authorization: "https://" + host + "/authorize", Token: "https://" + host + "/token"},
		Client:     provider.Client{Kind: "public", ID: slug},
		Redirect:   provider.Redirect{Host: "127.0.0.1", Path: "/callback"},
		Scopes:     provider.Scopes{Required: []provider.Scope{{Name: "read", Reason: "Reads records.", Access: "read"}}},
		Probe:      &provider.Probe{Request: provider.Request{Method: "GET", URL: "https://" + host + "/me"}},
		Identity:   provider.Identity{ID: "$.id", Name: "$.name"},
		Confidence: "checked",
	}
}

// short cuts a text to the length that the schema allows.
func short(s string, most int) string {
	if runes := []rune(s); len(runes) > most {
		s = string(runes[:most])
	}
	return strings.TrimSpace(s)
}

// unique leaves out what was said before.
func unique(list []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range list {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}
