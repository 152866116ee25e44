package replay

import "time"

// OwnApps are the sign-in sides of the providers whose built-in listings ask for
// an API key, since a key is what an admin gets there with less trouble.
var OwnApps = []Provider{
	{
		Name: "HubSpot", Slug: "hubspot", Account: "7052064", AccountName: "acme.example",
		Sign: "app.hubspot.com/oauth/authorize", Token: "api.hubapi.com/oauth/v3/token",
		Secret: "not-really-one", Auth: []string{"post"}, Redirects: Redirects{Hosts: []string{"localhost"}},
		Scopes: Scopes{Form: `[a-z_]+(\.[a-z_]+)*`}, Life: 30 * time.Minute, Grant: With(map[string]any{"scope": nil, "hub_id": 7052064}),
		Revoke: &Revocation{Method: "POST", URL: "api.hubapi.com/oauth/v3/token/revoke", Auth: "client"},
		API:    []Call{{Request: get("api.hubapi.com/account-info/v3/details"), Answer: `{"portalId":7052064,"uiDomain":"acme.example"}`}},
	},
	{
		Name: "Shopify", Slug: "shopify", Form: map[string]string{"shop": "acme"}, Account: "acme.myshopify.com", AccountName: "Acme",
		Sign: "acme.myshopify.com/admin/oauth/authorize", Token: "acme.myshopify.com/admin/oauth/access_token",
		Secret: "not-really-one", Auth: []string{"post"}, Body: []string{"form", "json"}, Redirects: Redirects{Hosts: local},
		Scopes: Scopes{Separator: ",", Form: `[a-z]+_[a-z_]+`}, TokenNeeds: map[string]string{"expiring": "1"},
		Life: time.Hour, Rotation: Replaced, Grant: With(map[string]any{"token_type": nil, "refresh_token_expires_in": 7776000}),
		API: []Call{{
			Request: get("acme.myshopify.com/admin/api/2026-07/shop.json"), Token: Header("X-Shopify-Access-Token"),
			Answer: `{"shop":{"myshopify_domain":"acme.myshopify.com","name":"Acme"}}`,
		}},
	},
	{
		Name: "Mailchimp", Slug: "mailchimp", Account: "8d3a3db4d97663a9074efcc16", AccountName: "Acme", Variables: map[string]string{"dc": "us6"},
		Sign: "login.mailchimp.com/oauth2/authorize", Token: "login.mailchimp.com/oauth2/token",
		Secret: "not-really-one", Auth: []string{"post"}, Redirects: Redirects{Hosts: []string{"127.0.0.1"}}, Rotation: None,
		Grant: With(map[string]any{"expires_in": 0, "scope": nil, "token_type": nil}),
		API: []Call{
			{Request: get("login.mailchimp.com/oauth2/metadata"), Token: OAuthWord, Answer: `{"dc":"us6","api_endpoint":"https://us6.api.mailchimp.com"}`},
			{Request: get("us6.api.mailchimp.com/3.0/"), Token: OAuthWord, Answer: `{"account_id":"8d3a3db4d97663a9074efcc16","account_name":"Acme"}`},
		},
	},
	{
		Name: "Stripe", Slug: "stripe", Account: "acct_1032D82eZvKYlo2C", AccountName: "acct_1032D82eZvKYlo2C",
		Variables: map[string]string{"stripe_user_id": "acct_1032D82eZvKYlo2C"},
		Sign:      "connect.stripe.com/oauth/authorize", Token: "connect.stripe.com/oauth/token",
		Secret: "sk_test_not_really_one", Auth: []string{"post", "basic"}, Scopes: Scopes{Form: `read_only|read_write`}, Rotation: None,
		Grant:  With(map[string]any{"stripe_user_id": "acct_1032D82eZvKYlo2C", "livemode": false}),
		Revoke: &Revocation{Method: "POST", URL: "connect.stripe.com/oauth/deauthorize", Auth: "basic", Whole: "stripe_user_id"},
		API:    []Call{{Request: get("api.stripe.com/v1/account"), Answer: `{"id":"acct_1032D82eZvKYlo2C"}`}},
	},
	{
		Name: "Notion", Slug: "notion", Account: "bot-1", AccountName: "Acme", Variables: map[string]string{"workspace_id": "ws-1"},
		Sign: "api.notion.com/v1/oauth/authorize", Token: "api.notion.com/v1/oauth/token",
		Secret: "not-really-one", Auth: []string{"basic"}, Body: []string{"json"}, SignNeeds: map[string]string{"owner": "user"},
		Rotation: Replaced, Life: time.Hour, Grant: With(map[string]any{"scope": nil, "expires_in": nil, "workspace_id": "ws-1", "bot_id": "bot-1"}),
		Revoke: &Revocation{Method: "POST", URL: "api.notion.com/v1/oauth/revoke", Auth: "basic", JSON: "token"},
		API: []Call{{
			Request: get("api.notion.com/v1/users/me"), Headers: map[string]string{"Notion-Version": ""},
			Answer: `{"id":"bot-1","bot":{"workspace_name":"Acme"}}`,
		}},
	},
	{
		Name: "Calendly", Slug: "calendly", Account: "https://api.calendly.com/users/AAAA", AccountName: "ada@acme.example",
		Sign: "auth.calendly.com/oauth/authorize", Token: "auth.calendly.com/oauth/token",
		Secret: "not-really-one", Auth: []string{"basic", "post"}, PKCE: Required, Scopes: Scopes{Form: `[a-z_]+:[a-z]+`},
		Life: 2 * time.Hour, Rotation: Replaced,
		Revoke: &Revocation{Method: "POST", URL: "auth.calendly.com/oauth/revoke", Auth: "client"},
		API:    []Call{{Request: get("api.calendly.com/users/me"), Answer: `{"resource":{"uri":"https://api.calendly.com/users/AAAA","email":"ada@acme.example"}}`}},
	},
	{
		Name: "Typeform", Slug: "typeform", Account: "567456", AccountName: "ada@acme.example",
		Sign: "api.typeform.com/oauth/authorize", Token: "api.typeform.com/oauth/token",
		Secret: "not-really-one", Auth: []string{"post"}, Redirects: Redirects{Hosts: local},
		Scopes: Scopes{Form: `[a-z]+:[a-z]+|offline`}, OfflineScope: "offline", Life: 7 * 24 * time.Hour, Rotation: Replaced,
		API: []Call{{Request: get("api.typeform.com/me"), Answer: `{"email":"ada@acme.example","user_id":"567456"}`}},
	},
	{
		Name: "Eventbrite", Slug: "eventbrite", Account: "123456789", AccountName: "Ada",
		Sign: "www.eventbrite.com/oauth/authorize", Token: "www.eventbrite.com/oauth/token",
		Secret: "not-really-one", Auth: []string{"post"}, Redirects: Redirects{Hosts: local}, Rotation: None,
		API: []Call{{Request: get("www.eventbriteapi.com/v3/users/me/"), Answer: `{"id":"123456789","name":"Ada"}`}},
	},
	{
		Name: "Intercom", Slug: "intercom", Form: map[string]string{"region": "eu."}, Account: "abc12", AccountName: "Acme",
		Sign: "app.eu.intercom.com/oauth", Token: "api.eu.intercom.io/auth/eagle/token",
		Secret: "not-really-one", Auth: []string{"post"}, Rotation: None,
		Grant:  func(i Issued) map[string]any { return map[string]any{"token_type": "Bearer", "token": i.Access} },
		Revoke: &Revocation{Method: "POST", URL: "api.eu.intercom.io/auth/uninstall", Auth: "bearer"},
		API:    []Call{{Request: get("api.eu.intercom.io/me"), Answer: `{"app":{"id_code":"abc12","name":"Acme"}}`}},
	},
}
