package oauth_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"patchbay/app/fault"
	"patchbay/app/oauth"
	"patchbay/app/oauth/oauthtest"
)

// of returns the cases whose names begin with id, of which there must be some.
func of[C any](t *testing.T, id string, cases []C, name func(int) string) []C {
	t.Helper()
	var its []C
	for i, c := range cases {
		if strings.HasPrefix(name(i), id+"_") {
			its = append(its, c)
		}
	}
	if len(its) == 0 {
		t.Fatalf("there are no cases of %s", id)
	}
	return its
}

// refreshed makes one refresh that is answered with answer.
func refreshed(t *testing.T, answer http.HandlerFunc, change ...func(*oauth.Provider)) (oauth.Grant, error) {
	t.Helper()
	s := oauthtest.New(t)
	s.Next(oauthtest.Token, answer)
	pr := providerOf(s)
	for _, c := range change {
		c(&pr)
	}
	noon := func() time.Time { return time.Date(2026, 3, 1, 13, 0, 0, 0, time.UTC) }
	g, err := protocolWith(oauth.Options{Now: noon}).Refresh(t.Context(), pr, clientOf(s), "refresh-0")
	wantRequests(t, s, oauthtest.Token, 1)
	return g, err
}

func TestT01_NoLifetimeIsUnknown(t *testing.T)       { lifetimes(t, "T01") }
func TestT02_LifetimeAsText(t *testing.T)            { lifetimes(t, "T02") }
func TestT03_OddLifetimeLosesNoTokens(t *testing.T)  { lifetimes(t, "T03") }
func TestT04_NegativeLifetimeIsUnknown(t *testing.T) { lifetimes(t, "T04") }
func TestT05_HugeLifetimeAndOtherUnits(t *testing.T) { lifetimes(t, "T05") }

// lifetimes runs the cases of one id.
func lifetimes(t *testing.T, id string) {
	const year = 365 * 24 * time.Hour
	tests := []struct {
		name, member, unit string
		want               time.Duration
	}{
		{"T01_missing", ``, "", 0},
		{"T01_null", `,"expires_in":null`, "", 0},
		{"T01_zero", `,"expires_in":0`, "", 0},
		{"T02_text", `,"expires_in":"3600"`, "", time.Hour},
		{"T03_fraction", `,"expires_in":3600.5`, "", time.Hour},
		{"T03_empty text", `,"expires_in":""`, "", 0},
		{"T03_object", `,"expires_in":{"a":1}`, "", 0},
		{"T03_words", `,"expires_in":"one hour"`, "", 0},
		{"T03_not a number", `,"expires_in":"NaN"`, "", 0},
		{"T04_negative", `,"expires_in":-5`, "", 0},
		{"T05_huge", `,"expires_in":100000000000000`, "", year},
		{"T05_beyond numbers", `,"expires_in":1e999`, "", 0},
		{"T05_endless", `,"expires_in":"Inf"`, "", year},
		{"T05_milliseconds", `,"expires_in":3600000`, "milliseconds", time.Hour},
		{"T05_minutes", `,"expires_in":60`, "minutes", time.Hour},
		{"T05_moment", `,"expires_in":1772373600`, "unix", time.Hour},
		{"T05_moment in milliseconds", `,"expires_in":1772373600000`, "unix_ms", time.Hour},
		{"T05_moment as text", `,"expires_in":"2026-03-01T15:00:00+01:00"`, "rfc3339", time.Hour},
		{"T05_moment in the past", `,"expires_in":17`, "unix", 0},
		{"T05_moment that is none", `,"expires_in":"tomorrow"`, "rfc3339", 0},
	}
	for _, tt := range of(t, id, tests, func(i int) string { return tests[i].name }) {
		t.Run(tt.name, func(t *testing.T) {
			g, err := refreshed(t, oauthtest.JSON(`{"access_token":"a","token_type":"bearer"`+tt.member+`}`),
				func(pr *oauth.Provider) { pr.Response.ExpiresUnit = tt.unit })
			if err != nil || g.AccessToken.Reveal() != "a" {
				t.Fatalf("the tokens are lost: %v", err)
			}
			if g.Lifetime != tt.want {
				t.Errorf("Lifetime = %s, want %s", g.Lifetime, tt.want)
			}
		})
	}
}

func TestT01_ListingKnowsTheLifetime(t *testing.T) {
	g, err := refreshed(t, oauthtest.JSON(`{"access_token":"a"}`), func(pr *oauth.Provider) { pr.DefaultAccessLife = time.Hour })
	if err != nil || g.Lifetime != time.Hour {
		t.Errorf("got %s, %v", g.Lifetime, err)
	}
}

func TestT06_AnswerThatIsNotJSON(t *testing.T)         { failures(t, "T06") }
func TestT07_PageOfABrokenServer(t *testing.T)         { failures(t, "T07") }
func TestT08_FailureInside200(t *testing.T)            { failures(t, "T08") }
func TestT09_FormWithAnError(t *testing.T)             { failures(t, "T09") }
func TestT11_NestedTokenWithoutARule(t *testing.T)     { failures(t, "T11") }
func TestT12_TokenOfAnotherType(t *testing.T)          { failures(t, "T12") }
func TestT13_TextThatIsNeither(t *testing.T)           { failures(t, "T13") }
func TestT14_TooMuch(t *testing.T)                     { failures(t, "T14") }
func TestT15_TokenThatCannotBeSentSafely(t *testing.T) { failures(t, "T15") }
func TestT16_BrokenJSON(t *testing.T)                  { failures(t, "T16") }
func TestT26_RefusedRefreshToken(t *testing.T)         { failures(t, "T26") }
func TestT27_RefusedClient(t *testing.T)               { failures(t, "T27") }
func TestT28_WhatPasses(t *testing.T)                  { failures(t, "T28") }
func TestOtherRefusals(t *testing.T)                   { failures(t, "other") }

// failures runs the cases of one id.
func failures(t *testing.T, id string) {
	const page = "<!doctype html><title>Sorry secret-in-page</title>"
	failed := func(pr *oauth.Provider) { pr.Response.Failed = `$[?$.ok == false]` }
	tests := []struct {
		name   string
		answer http.HandlerFunc
		change func(*oauth.Provider)
		kind   oauth.Kind
		code   fault.Code
		said   string
	}{
		{"T06_page with 200", oauthtest.Body(200, "text/html", page), nil, oauth.NotJSON, fault.Unavailable, ""},
		{"T06_empty", oauthtest.Body(200, "application/json", ""), nil, oauth.NotJSON, fault.Unavailable, ""},
		{"T06_list", oauthtest.JSON(`["access_token"]`), nil, oauth.NotJSON, fault.Unavailable, ""},
		{"T07_502", oauthtest.Body(502, "text/html", page), nil, oauth.Transient, fault.Unavailable, ""},
		{"T07_503", oauthtest.Body(503, "text/html", page), nil, oauth.Transient, fault.Unavailable, ""},
		{"T07_504", oauthtest.Body(504, "text/html", page), nil, oauth.Transient, fault.Unavailable, ""},
		{"T07_403 page", oauthtest.Body(403, "text/html", page), nil, oauth.NotJSON, fault.Unavailable, ""},
		{"T08_ok false", oauthtest.JSON(`{"ok":false,"error":"invalid_refresh_token"}`), nil, oauth.InvalidGrant, fault.SignInNeeded, "invalid_refresh_token"},
		{"T08_ok false by rule", oauthtest.JSON(`{"ok":false,"why":"x"}`), failed, oauth.Refused, fault.Invalid, ""},
		{"T08_code elsewhere", oauthtest.JSON(`{"ok":false,"status":{"code":"token_revoked"}}`), func(pr *oauth.Provider) {
			failed(pr)
			pr.Response.Error = "$.status.code"
		}, oauth.InvalidGrant, fault.SignInNeeded, "token_revoked"},
		{"T08_error object", oauthtest.JSON(`{"error":{"code":"invalid_grant","message":"gone"}}`), nil, oauth.InvalidGrant, fault.SignInNeeded, "invalid_grant"},
		{"T09_form error", oauthtest.Body(200, "application/x-www-form-urlencoded", "error=bad_refresh_token&error_description=x"), nil, oauth.InvalidGrant, fault.SignInNeeded, "bad_refresh_token"},
		{"T11_nested without a rule", oauthtest.JSON(`{"authed_user":{"access_token":"a"}}`), nil, oauth.NotJSON, fault.Unavailable, ""},
		{"T12_mac", oauthtest.JSON(`{"access_token":"a","token_type":"mac"}`), nil, oauth.Untrusted, fault.Untrusted, ""},
		{"T12_DPoP", oauthtest.JSON(`{"access_token":"a","token_type":"DPoP"}`), nil, oauth.Untrusted, fault.Untrusted, ""},
		{"T12_unknown", oauthtest.JSON(`{"access_token":"a","token_type":"bot"}`), nil, oauth.Untrusted, fault.Untrusted, ""},
		{"T13_text that is neither", oauthtest.Body(200, "text/plain", "access granted"), nil, oauth.NotJSON, fault.Unavailable, ""},
		{"T14_too much", oauthtest.JSON(`{"access_token":"` + strings.Repeat("a", 2<<20) + `"}`), nil, oauth.NotJSON, fault.Unavailable, ""},
		{"T15_line break", oauthtest.JSON(`{"access_token":"a\r\nX-Evil: 1"}`), nil, oauth.Untrusted, fault.Untrusted, ""},
		{"T15_refresh token with line break", oauthtest.JSON(`{"access_token":"a","refresh_token":"a\nb"}`), nil, oauth.Untrusted, fault.Untrusted, ""},
		{"T15_too long", oauthtest.JSON(`{"access_token":"` + strings.Repeat("a", 65<<10) + `"}`), nil, oauth.Untrusted, fault.Untrusted, ""},
		{"T15_other letters", oauthtest.JSON(`{"access_token":"tökén"}`), nil, oauth.Untrusted, fault.Untrusted, ""},
		{"T15_not text", oauthtest.JSON(`{"access_token":{"a":1}}`), nil, oauth.NotJSON, fault.Unavailable, ""},
		{"T16_names twice", oauthtest.JSON(`{"access_token":"a","access_token":"b"}`), nil, oauth.NotJSON, fault.Unavailable, ""},
		{"T16_nested names twice", oauthtest.JSON(`{"access_token":"a","x":{"y":1,"y":2}}`), nil, oauth.NotJSON, fault.Unavailable, ""},
		{"T16_form names twice", oauthtest.Body(200, "application/x-www-form-urlencoded", "access_token=a&access_token=b"), nil, oauth.NotJSON, fault.Unavailable, ""},
		{"T16_truncated", oauthtest.JSON(`{"access_token":"a"`), nil, oauth.NotJSON, fault.Unavailable, ""},
		{"T16_more after it", oauthtest.JSON(`{"access_token":"a"}{"access_token":"b"}`), nil, oauth.NotJSON, fault.Unavailable, ""},
		{"T16_wrong charset", oauthtest.Body(200, "application/json; charset=iso-8859-1", "{\"access_token\":\"a\",\"x\":\"\xe9\"}"), nil, oauth.NotJSON, fault.Unavailable, ""},
		{"T16_nested deeply", oauthtest.JSON(`{"access_token":"a","x":` + strings.Repeat("[", 500) + strings.Repeat("]", 500) + `}`), nil, oauth.NotJSON, fault.Unavailable, ""},
		{"T26_invalid_grant", oauthtest.Failure(400, "invalid_grant"), nil, oauth.InvalidGrant, fault.SignInNeeded, "invalid_grant"},
		{"T27_invalid_client", oauthtest.Failure(401, "invalid_client"), nil, oauth.InvalidClient, fault.ClientMisconfigured, "invalid_client"},
		{"T27_unauthorized_client", oauthtest.Failure(400, "unauthorized_client"), nil, oauth.InvalidClient, fault.ClientMisconfigured, "unauthorized_client"},
		{"T27_401 page", oauthtest.Body(401, "text/html", page), nil, oauth.InvalidClient, fault.ClientMisconfigured, ""},
		{"T28_temporarily_unavailable", oauthtest.Failure(400, "temporarily_unavailable"), nil, oauth.Transient, fault.Unavailable, "temporarily_unavailable"},
		{"T28_429", oauthtest.Failure(429, "invalid_grant"), nil, oauth.RateLimited, fault.RateLimited, ""},
		{"T28_500 with a code", oauthtest.Failure(500, "invalid_grant"), nil, oauth.Transient, fault.Unavailable, ""},
		{"T28_408", oauthtest.Body(408, "text/plain", ""), nil, oauth.Transient, fault.Unavailable, ""},
		{"T28_cut", oauthtest.Cut, nil, oauth.Transient, fault.Unavailable, ""},
		{"other_invalid_scope", oauthtest.Failure(400, "invalid_scope"), nil, oauth.InvalidScope, fault.ClientMisconfigured, "invalid_scope"},
		{"other_admin", oauthtest.Failure(403, "admin_policy_enforced"), nil, oauth.AdminApproval, fault.Denied, "admin_policy_enforced"},
		{"other_unknown code", oauthtest.Failure(400, "quota_of_doom"), nil, oauth.Refused, fault.Invalid, "quota_of_doom"},
	}
	for _, tt := range of(t, id, tests, func(i int) string { return tests[i].name }) {
		t.Run(tt.name, func(t *testing.T) {
			var change []func(*oauth.Provider)
			if tt.change != nil {
				change = append(change, tt.change)
			}
			g, err := refreshed(t, tt.answer, change...)
			wantError(t, err, tt.kind, tt.code)
			if said, _ := oauth.ProviderSaid(err); said != tt.said {
				t.Errorf("the provider said %q, want %q", said, tt.said)
			}
			if g.AccessToken != "" {
				t.Error("a token came with the error")
			}
			if temporary := slices.Contains([]oauth.Kind{oauth.Transient, oauth.RateLimited, oauth.NotJSON}, tt.kind); oauth.Temporary(err) != temporary {
				t.Errorf("Temporary = %v, want %v", oauth.Temporary(err), temporary)
			}
			if err != nil && (strings.Contains(err.Error(), "secret-in-page") || strings.Contains(err.Error(), "refresh-0")) {
				t.Errorf("the error repeats a body or a token: %v", err)
			}
		})
	}
}

func TestT09_FormWithAToken(t *testing.T)        { grants(t, "T09") }
func TestT11_NestedToken(t *testing.T)           { grants(t, "T11") }
func TestT12_TypeThatIsKnown(t *testing.T)       { grants(t, "T12") }
func TestT13_JSONByAnotherName(t *testing.T)     { grants(t, "T13") }
func TestT16_ByteOrderMarkIsNoHarm(t *testing.T) { grants(t, "T16") }
func TestOtherGrants(t *testing.T)               { grants(t, "other") }

// grants runs the cases of one id.
func grants(t *testing.T, id string) {
	nested := func(pr *oauth.Provider) {
		pr.Response = oauth.ResponseRule{
			AccessToken: "$.authed_user.access_token", RefreshToken: "$.authed_user.refresh_token",
			Scope: "$.authed_user.scope", ExpiresIn: "$.authed_user.expires_in",
			Failed: `$[?$.ok == false]`, Keep: map[string]string{"team": "$.team.id", "number": "$.n", "none": "$.none"},
		}
	}
	tests := []struct {
		name   string
		answer http.HandlerFunc
		change func(*oauth.Provider)
	}{
		{"other_plain", oauthtest.JSON(`{"access_token":"a","refresh_token":"r","scope":"x","expires_in":60,"unknown":[1]}`), nil},
		{"T09_form", oauthtest.Body(200, "application/x-www-form-urlencoded; charset=utf-8", "access_token=a&refresh_token=r&scope=x&expires_in=60&token_type=bearer"), nil},
		{"T11_nested", oauthtest.JSON(`{"ok":true,"access_token":"bot","token_type":"bot","team":{"id":"T1"},"n":9341453158431873123,
			"authed_user":{"access_token":"a","refresh_token":"r","scope":"x","expires_in":60,"token_type":"user"}}`), nested},
		{"T12_case", oauthtest.JSON(`{"access_token":"a","refresh_token":"r","scope":"x","expires_in":60,"token_type":"BEARER"}`), nil},
		{"T12_listed type", oauthtest.JSON(`{"access_token":"a","refresh_token":"r","scope":"x","expires_in":60,"token_type":"bot"}`),
			func(pr *oauth.Provider) { pr.Response.TokenTypes = []string{"Bot"} }},
		{"T13_JSON as text", oauthtest.Body(200, "text/plain", ` {"access_token":"a","refresh_token":"r","scope":"x","expires_in":60}`), nil},
		{"T13_JSON as html", oauthtest.Body(200, "text/html", `{"access_token":"a","refresh_token":"r","scope":"x","expires_in":60}`), nil},
		{"T16_BOM", oauthtest.JSON("\xef\xbb\xbf" + `{"access_token":"a","refresh_token":"r","scope":"x","expires_in":60}`), nil},
		{"other_201", oauthtest.Body(201, "application/json", `{"access_token":"a","refresh_token":"r","scope":"x","expires_in":60,"error":null}`), nil},
	}
	for _, tt := range of(t, id, tests, func(i int) string { return tests[i].name }) {
		t.Run(tt.name, func(t *testing.T) {
			change := tt.change
			if change == nil {
				change = func(*oauth.Provider) {}
			}
			g, err := refreshed(t, tt.answer, change)
			if err != nil {
				t.Fatal(err)
			}
			if g.AccessToken.Reveal() != "a" || g.RefreshToken.Reveal() != "r" || g.Lifetime != time.Minute || !slices.Equal(g.Scopes, []string{"x"}) {
				t.Errorf("got %q %q %s %q", g.AccessToken.Reveal(), g.RefreshToken.Reveal(), g.Lifetime, g.Scopes)
			}
			if tt.name == "T11_nested" && (len(g.Kept) != 2 || g.Kept["team"] != "T1" || g.Kept["number"] != "9341453158431873123") {
				t.Errorf("Kept = %v", g.Kept)
			}
		})
	}
}

func TestT07_RetryAfter(t *testing.T) {
	now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"120": 2 * time.Minute, "0": 0, "-5": 0, "soon": 0, "99999999999": 24 * time.Hour,
		now.Add(90 * time.Second).Format(http.TimeFormat): 90 * time.Second,
		now.Add(-time.Hour).Format(http.TimeFormat):       0,
	} {
		s := oauthtest.New(t)
		s.Next(oauthtest.Token, oauthtest.With(oauthtest.Body(503, "text/html", ""), "Retry-After", value))
		p := protocolWith(oauth.Options{Now: func() time.Time { return now }})
		_, err := p.Refresh(t.Context(), providerOf(s), clientOf(s), "r")
		if got, ok := oauth.RetryAfter(err); got != want || ok != (want > 0) {
			t.Errorf("%q: got %s, %v, want %s", value, got, ok, want)
		}
	}
}

func TestT10_TokenWithAnErrorIsRevoked(t *testing.T) {
	s := oauthtest.New(t)
	s.Next(oauthtest.Token, oauthtest.JSON(`{"access_token":"stray-access","refresh_token":"stray-refresh","error":"invalid_scope"}`))
	_, err := protocolWith(oauth.Options{}).Refresh(t.Context(), providerOf(s), clientOf(s), "r")
	wantError(t, err, oauth.InvalidScope, fault.ClientMisconfigured)
	var revoked []string
	for _, r := range s.Seen(oauthtest.Revoke) {
		revoked = append(revoked, r.Form.Get("token"))
	}
	if !slices.Equal(revoked, []string{"stray-refresh", "stray-access"}) {
		t.Errorf("revoked %q", revoked)
	}
}

func TestT21_ClientShowsItselfInTheAgreedWayOnly(t *testing.T) {
	for _, agreed := range []string{"none", "basic", "post"} {
		for _, used := range []string{"none", "basic", "post"} {
			t.Run(agreed+" and "+used, func(t *testing.T) {
				s := oauthtest.New(t)
				s.Auth, s.ClientID, s.ClientSecret = agreed, "id:with %", "se cret:+&é"
				c := clientOf(s)
				c.Auth = oauth.ClientAuth(used)
				a, err := protocolWith(oauth.Options{}).Begin(t.Context(), providerOf(s), c, oauth.Request{})
				if err != nil {
					t.Fatal(err)
				}
				defer a.Close()
				visit(t, approve(t, a))
				_, err = a.Wait(deadline(t))
				if agreed == used && err != nil {
					t.Errorf("got %v", err)
				}
				if agreed != used {
					wantError(t, err, oauth.InvalidClient, fault.ClientMisconfigured)
				}
				// A second try with the same code could burn it.
				wantRequests(t, s, oauthtest.Token, 1)
			})
		}
	}
}

func TestT21_DefaultFollowsTheSecret(t *testing.T) {
	s := oauthtest.New(t)
	p := protocolWith(oauth.Options{})
	_, _ = p.Refresh(t.Context(), providerOf(s), oauth.Client{ID: "a"}, "r")
	_, _ = p.Refresh(t.Context(), providerOf(s), oauth.Client{ID: "a", Secret: "b"}, "r")
	seen := s.Seen(oauthtest.Token)
	if seen[0].Header.Get("Authorization") != "" || seen[0].Form.Get("client_id") != "a" {
		t.Error("without a secret the client is not public")
	}
	if seen[1].Header.Get("Authorization") == "" || seen[1].Form.Has("client_secret") {
		t.Error("with a secret the client is not basic")
	}
	_, err := p.Refresh(t.Context(), providerOf(s), oauth.Client{ID: "a", Auth: "guess"}, "r")
	wantError(t, err, oauth.Misused, fault.ClientMisconfigured)
	_, err = p.Refresh(t.Context(), providerOf(s), oauth.Client{}, "r")
	wantError(t, err, oauth.Misused, fault.ClientMisconfigured)
}

func TestT22_FewerScopes(t *testing.T)               { grantedScopes(t, "T22") }
func TestT23_ScopesInAnyForm(t *testing.T)           { grantedScopes(t, "T23") }
func TestT24_ScopesAreCleanedWhenShown(t *testing.T) { grantedScopes(t, "T24") }

// grantedScopes runs the cases of one id.
func grantedScopes(t *testing.T, id string) {
	tests := []struct {
		name, member, separator string
		want                    []string
	}{
		{"T22_fewer", `"read"`, "", []string{"read"}},
		{"T22_none said", `null`, "", nil},
		{"T22_empty", `""`, "", nil},
		{"T23_more, other order, repeated", `"write admin read read"`, "", []string{"write", "admin", "read"}},
		{"T23_commas unasked for", `"read,write"`, "", []string{"read", "write"}},
		{"T23_listing's comma", `"read, write"`, ",", []string{"read", "write"}},
		{"T23_listing's plus", `"read+write"`, "+", []string{"read", "write"}},
		{"T23_list", `["read","write"]`, "", []string{"read", "write"}},
		{"T23_number", `7`, "", nil},
		{"T24_direction characters", `"re\u202ead"`, "", []string{"read"}},
	}
	for _, tt := range of(t, id, tests, func(i int) string { return tests[i].name }) {
		t.Run(tt.name, func(t *testing.T) {
			g, err := refreshed(t, oauthtest.JSON(`{"access_token":"a","scope":`+tt.member+`}`),
				func(pr *oauth.Provider) { pr.ScopeSeparator = tt.separator })
			if err != nil || !slices.Equal(g.Scopes, tt.want) {
				t.Errorf("Scopes = %q, %v, want %q", g.Scopes, err, tt.want)
			}
		})
	}
}

func TestT25_AnswerWithoutRefreshToken(t *testing.T) {
	g, err := refreshed(t, oauthtest.JSON(`{"access_token":"a"}`))
	if err != nil || g.RefreshToken != "" {
		t.Errorf("got %v, want a grant without refresh token, so that the old one is kept", err)
	}
}

func TestT29_BothClocksAreTold(t *testing.T) {
	s := oauthtest.New(t)
	ours, theirs := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC), time.Date(2026, 4, 30, 11, 0, 0, 0, time.UTC)
	s.Next(oauthtest.Token, oauthtest.With(oauthtest.JSON(`{"access_token":"a","expires_in":60}`), "Date", theirs.Format(http.TimeFormat)))
	p := protocolWith(oauth.Options{Now: func() time.Time { return ours }})
	g, err := p.Refresh(t.Context(), providerOf(s), clientOf(s), "r")
	if err != nil || !g.ReceivedAt.Equal(ours) || !g.ProviderTime.Equal(theirs) || g.Lifetime != time.Minute {
		t.Errorf("got %+v, %v", g, err)
	}
}

func TestTokenRequest(t *testing.T) {
	s := oauthtest.New(t)
	pr := providerOf(s)
	pr.JSONBody, pr.Refresh = true, s.URL+"/refresh"
	pr.TokenParameters = map[string]string{"expires_in": "7200"}
	s.Next("/refresh", oauthtest.JSON(`{"access_token":"a"}`))
	if _, err := protocolWith(oauth.Options{}).Refresh(t.Context(), pr, clientOf(s), "r-1"); err != nil {
		t.Fatal(err)
	}
	wantRequests(t, s, oauthtest.Token, 0)
	seen := s.Seen("/refresh")[0]
	if seen.Header.Get("Content-Type") != "application/json" || !strings.HasPrefix(seen.Body, "{") {
		t.Errorf("sent %q", seen.Body)
	}
	for name, want := range map[string]string{"refresh_token": "r-1", "grant_type": "refresh_token", "client_id": s.ClientID, "expires_in": "7200"} {
		if got := seen.Form.Get(name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
}

func TestRotation(t *testing.T) {
	s := oauthtest.New(t)
	p := protocolWith(oauth.Options{})
	a := begunWith(t, p, s)
	visit(t, approve(t, a))
	g := mustWait(t, a)
	next, err := p.Refresh(t.Context(), providerOf(s), clientOf(s), g.RefreshToken)
	if err != nil || next.RefreshToken == g.RefreshToken {
		t.Fatalf("no rotation: %v", err)
	}
	_, err = p.Refresh(t.Context(), providerOf(s), clientOf(s), g.RefreshToken)
	wantError(t, err, oauth.InvalidGrant, fault.SignInNeeded)
	if s.Alive(next.AccessToken.Reveal()) {
		t.Error("the test server lets a spent token pass")
	}
}
