package replay

import "time"

const (
	northOrg = "70784a63-d24b-46a9-a4db-0e70a274b056"
	southOrg = "e0da6937-de07-4a14-adee-37abfac298ce"
)

// commerce are shops, money, sales and campaigns.
var commerce = []Provider{
	{
		Name: "HubSpot", Slug: "hubspot", Key: "pat-eu1-11112222-3333-4444-5555-666677778888", Account: "7052064", AccountName: "app-eu1.hubspot.com",
		API: []Call{{Request: get("api.hubapi.com/account-info/2026-03/details"), Answer: `{"portalId":7052064,"uiDomain":"app-eu1.hubspot.com","timeZone":"Europe/Warsaw"}`}},
	},
	{
		Name: "Shopify", Slug: "shopify", Form: map[string]string{"shop": "acme"}, Key: "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",
		Account: "gid://shopify/Shop/1", AccountName: "Acme",
		API: []Call{{
			Request: post("acme.myshopify.com/admin/api/2026-07/graphql.json"), Token: Header("X-Shopify-Access-Token"), Body: "shop",
			Answer: `{"data":{"shop":{"id":"gid://shopify/Shop/1","name":"Acme","myshopifyDomain":"acme.myshopify.com"}}}`,
		}},
	},
	{
		Name: "Mailchimp", Slug: "mailchimp", Form: map[string]string{"dc": "us6"}, Key: "0123456789abcdef0123456789abcdef-us6",
		Account: "8d3a3db4d97663a9074efcc16", AccountName: "Acme",
		API: []Call{{Request: get("us6.api.mailchimp.com/3.0/"), Token: Password, Answer: `{"account_id":"8d3a3db4d97663a9074efcc16","account_name":"Acme"}`}},
	},
	{
		Name: "Stripe", Slug: "stripe", Key: "rk_test_not_really_one", Account: "acct_1032D82eZvKYlo2C", AccountName: "Acme",
		API: []Call{{Request: get("api.stripe.com/v1/account"), Answer: `{"id":"acct_1032D82eZvKYlo2C","business_profile":{"name":"Acme"}}`}},
	},
	{
		Name: "QuickBooks", Slug: "quickbooks", Account: "9341453474484455", AccountName: "Acme Ltd",
		Variables: map[string]string{"realmId": "9341453474484455"},
		Sign:      "appcenter.intuit.com/connect/oauth2", Token: "oauth.platform.intuit.com/oauth2/v1/tokens/bearer",
		Secret: "not-really-one", Auth: []string{"basic"}, Scopes: Scopes{Form: `com\.intuit\.quickbooks\.[a-z]+|openid|profile|email`},
		CallbackAdds: map[string]string{"realmId": "9341453474484455"}, Life: time.Hour, Rotation: Replaced,
		Grant:  With(map[string]any{"scope": nil, "token_type": "bearer", "x_refresh_token_expires_in": 8640000}),
		Revoke: &Revocation{Method: "POST", URL: "developer.api.intuit.com/v2/oauth2/tokens/revoke", Auth: "basic", JSON: "token"},
		API: []Call{{
			Request: get("quickbooks.api.intuit.com/v3/company/9341453474484455/companyinfo/9341453474484455"),
			Headers: map[string]string{"Accept": "application/json"}, // which else is XML
			Answer:  `{"CompanyInfo":{"CompanyName":"Acme Ltd"}}`,
		}},
	},
	{
		Name: "Xero", Slug: "xero", Pick: southOrg, Account: southOrg, AccountName: "Acme South",
		Variables: map[string]string{"tenant_id": southOrg},
		Sign:      "login.xero.com/identity/connect/authorize", Token: "identity.xero.com/connect/token",
		Auth: []string{"none"}, PKCE: Required, Redirects: Redirects{Hosts: []string{"localhost"}},
		Scopes: Scopes{Form: `[a-z]+(\.[a-z]+)*|offline_access`}, OfflineScope: "offline_access",
		Life: 30 * time.Minute, Rotation: Replaced, Grant: With(map[string]any{"id_token": "a.b.c"}),
		Revoke: &Revocation{Method: "POST", URL: "identity.xero.com/connect/revocation", Auth: "client"},
		API: []Call{{Request: get("api.xero.com/connections"), Answer: `[
			{"id":"1","tenantId":"` + northOrg + `","tenantType":"ORGANISATION","tenantName":"Acme North"},
			{"id":"2","tenantId":"` + southOrg + `","tenantType":"ORGANISATION","tenantName":"Acme South"}]`}},
	},
	{
		Name: "Typeform", Slug: "typeform", Form: map[string]string{"api_host": "api.eu.typeform.com"}, Key: "tfp_not_really_one",
		Account: "567456", AccountName: "ada@acme.example",
		API: []Call{{Request: get("api.eu.typeform.com/me"), Answer: `{"alias":"Ada","email":"ada@acme.example","user_id":"567456"}`}},
	},
	{
		Name: "Eventbrite", Slug: "eventbrite", Key: "NOTREALLYONE", Account: "123456789", AccountName: "Ada",
		API: []Call{{Request: get("www.eventbriteapi.com/v3/users/me/"), Answer: `{"id":"123456789","name":"Ada","emails":[]}`}},
	},
}
