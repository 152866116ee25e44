package listing

import (
	"fmt"
	"net/url"
	"strings"
)

// checkLinks looks at the addresses that a person can open from the listing.
func checkLinks(r *report, l Listing) {
	link := func(path, address string) {
		if address != "" {
			checkAddress(r, path, address, l.Sandbox)
		}
	}
	link("/publisher/site", l.Publisher.Site)
	link("/demoVideo", l.DemoVideo)
	link("/resources/setupGuide", l.Resources.SetupGuide)
	link("/resources/documentation", l.Resources.Documentation)
	link("/resources/statusPage", l.Resources.StatusPage)
	link("/resources/terms", l.Resources.Terms)
	for i, s := range l.Resources.Support {
		link(at("/resources/support", i, "page"), s.Page)
		link(at("/resources/support", i, "chat"), s.Chat)
	}
	link("/privacy/policy", l.Privacy.Policy)
	link("/privacy/dataProcessing", l.Privacy.DataProcessing)
	link("/pricing/page", l.Pricing.Page)
	checkPage(r, "/connection/revokePage", l.Connection.RevokePage, l, connected)
	for i, s := range l.Uninstall.Steps {
		link(at("/uninstall/steps", i, "link"), s.Link)
	}
}

// checkAddress wants https, or http to this machine in a sandbox, and none of
// the parts that make an address say one host and mean another.
func checkAddress(r *report, path, address string, sandbox bool) *url.URL {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		r.add(path, fmt.Sprintf("%s is not a web address", shorten(address)), "Write it in full, beginning with https://")
		return nil
	}
	if u.Scheme != "https" && !(sandbox && u.Scheme == "http" && u.Hostname() == "127.0.0.1") {
		r.add(path, fmt.Sprintf("%s is not https", shorten(address)), "Use an https address; only sandbox listings may use http, and only on 127.0.0.1")
	}
	if u.User != nil {
		r.add(path, "the address holds a user name", "Leave out what stands before the @")
	}
	if strings.ContainsAny(u.Host, "%\\") || !ascii(u.Host) {
		r.add(path, "the host has characters that can be mistaken for others", "Write internationalised hosts in their xn-- form")
	}
	return u
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func checkPricing(r *report, l Listing) {
	p := l.Pricing
	if p.Page != "" && p.Checked == "" {
		r.add("/pricing/checked", "the pricing page has no day on which it was looked at", "Add the day as YYYY-MM-DD")
	}
	for i, plan := range p.Plans {
		if (plan.Monthly != nil || plan.Yearly != nil) && plan.Currency == "" {
			r.add(at("/pricing/plans", i, "currency"), "the plan has a price without currency", "Add the currency's three letters, for example EUR")
		}
	}
	if len(p.Plans) > 0 && p.Model == "unknown" {
		r.add("/pricing/model", "there are plans, but the model is unknown", "Say free, freemium, trial or paid")
	}
}
