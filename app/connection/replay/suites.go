package replay

import "time"

// suites are the large suites and places of code.
var suites = []Provider{
	{
		Name: "Google", Slug: "gmail", Account: "ada@acme.example", AccountName: "ada@acme.example",
		Sign: "accounts.google.com/o/oauth2/v2/auth", Token: "oauth2.googleapis.com/token",
		Secret: "GOCSPX-not-really-one", Auth: []string{"post", "basic"}, PKCE: Checked,
		Redirects: Redirects{Hosts: local, AnyPort: true},
		Scopes:    Scopes{Form: `https://www\.googleapis\.com/auth/[a-z.]+|openid|email|profile`},
		// A second consent without prompt=consent brings no refresh token.
		OfflineNeeds: map[string]string{"access_type": "offline", "prompt": "consent"},
		Life:         time.Hour,
		Revoke:       &Revocation{Method: "POST", URL: "oauth2.googleapis.com/revoke"},
		API:          []Call{{Request: get("gmail.googleapis.com/gmail/v1/users/me/profile"), Answer: `{"emailAddress":"ada@acme.example","messagesTotal":7}`}},
	},
	{
		Name: "Microsoft", Slug: "microsoft-outlook", Form: map[string]string{"tenant": "organizations"},
		Account: "87d349ed-44d7-43e1-9a83-5f2406dee5bd", AccountName: "ada@acme.example",
		Sign:  "login.microsoftonline.com/organizations/oauth2/v2.0/authorize",
		Token: "login.microsoftonline.com/organizations/oauth2/v2.0/token",
		Auth:  []string{"none"}, PKCE: Checked, Redirects: Redirects{Hosts: []string{"localhost"}, AnyPort: true},
		Scopes: Scopes{Form: `[A-Z][A-Za-z]+\.[A-Za-z.]+|offline_access|openid|profile|email`}, OfflineScope: "offline_access",
		Life: time.Hour, Rotation: Added,
		API: []Call{{Request: get("graph.microsoft.com/v1.0/me"), Answer: `{"id":"87d349ed-44d7-43e1-9a83-5f2406dee5bd","displayName":"Ada","userPrincipalName":"ada@acme.example"}`}},
	},
	{
		Name: "GitHub", Slug: "github", Account: "583231", AccountName: "octocat",
		Device: "github.com/login/device/code", Verify: "github.com/login/device", Token: "github.com/login/oauth/access_token",
		Auth: []string{"none"}, Scopes: Scopes{Form: `[a-z_]+(:[a-z_]+)?`}, Rotation: None,
		Grant: func(i Issued) map[string]any {
			return map[string]any{"access_token": i.Access, "token_type": "bearer", "scope": "repo,read:user"}
		},
		Refuse: func(code string) (int, map[string]any) { return 200, map[string]any{"error": code} },
		API:    []Call{{Request: get("api.github.com/user"), Answer: `{"login":"octocat","id":583231}`}},
	},
	{
		Name: "GitLab", Slug: "gitlab", Form: map[string]string{"host": "git.acme.example"}, Account: "1", AccountName: "ada",
		Sign: "git.acme.example/oauth/authorize", Token: "git.acme.example/oauth/token",
		Auth: []string{"none"}, PKCE: Required, Redirects: Redirects{Hosts: []string{"127.0.0.1"}, AnyPort: true},
		Scopes: Scopes{Form: `[a-z_]+`}, Life: 2 * time.Hour, Rotation: Replaced,
		Grant:  With(map[string]any{"created_at": 1607635748}),
		Revoke: &Revocation{Method: "POST", URL: "git.acme.example/oauth/revoke", Auth: "client"},
		API:    []Call{{Request: get("git.acme.example/api/v4/user"), Answer: `{"id":1,"username":"ada"}`}},
	},
	{
		Name: "Salesforce", Slug: "salesforce",
		Account: "00D000000000001 / 005000000000001", AccountName: "ada@acme.example",
		Variables: map[string]string{"instance_url": "https://acme.my.salesforce.com"},
		Sign:      "login.salesforce.com/services/oauth2/authorize", Token: "login.salesforce.com/services/oauth2/token",
		Auth: []string{"none"}, PKCE: Required, Redirects: Redirects{Hosts: local},
		Scopes: Scopes{Form: `[a-z_]+`}, OfflineScope: "refresh_token",
		// The answer does not say how long the session lives: that is up to the org.
		Life: 2 * time.Hour, Grant: With(map[string]any{
			"expires_in": nil, "instance_url": "https://acme.my.salesforce.com",
			"id":        "https://login.salesforce.com/id/00D000000000001/005000000000001",
			"issued_at": "1278448101416", "signature": "SSSbLO/gBhmmyNUvN18ODBDFYHzakxOMgqYtu+hDPsc=",
		}),
		Revoke: &Revocation{Method: "POST", URL: "login.salesforce.com/services/oauth2/revoke"},
		API:    []Call{{Request: get("acme.my.salesforce.com/services/oauth2/userinfo"), Answer: `{"user_id":"005000000000001","organization_id":"00D000000000001","preferred_username":"ada@acme.example"}`}},
	},
	{
		Name: "Zendesk", Slug: "zendesk", Form: map[string]string{"subdomain": "acme"}, Account: "acme / 35436", AccountName: "ada@acme.example",
		Sign: "acme.zendesk.com/oauth/authorizations/new", Token: "acme.zendesk.com/oauth/tokens",
		Auth: []string{"none"}, Body: []string{"json", "form"}, PKCE: Required, Redirects: Redirects{Hosts: local},
		Scopes: Scopes{Form: `[a-z_]+(:[a-z]+)?`}, TokenNeeds: map[string]string{"expires_in": ""},
		Life: 24 * time.Hour, Rotation: Replaced, Grant: With(map[string]any{"refresh_token_expires_in": 7776000}),
		API: []Call{{Request: get("acme.zendesk.com/api/v2/users/me.json"), Answer: `{"user":{"id":35436,"name":"Ada","email":"ada@acme.example"}}`}},
	},
}
