package replay

import "time"

// work are places of tasks, documents and files.
var work = []Provider{
	{
		Name: "Asana", Slug: "asana", Account: "12345", AccountName: "ada@acme.example",
		Sign: "app.asana.com/-/oauth_authorize", Token: "app.asana.com/-/oauth_token",
		Secret: "not-really-one", Auth: []string{"post"}, PKCE: Checked, Redirects: Redirects{Hosts: local},
		Scopes: Scopes{Form: `[a-z_]+:[a-z]+|default|openid|email|profile`}, Life: time.Hour,
		Grant:  With(map[string]any{"scope": nil, "token_type": "bearer", "data": map[string]any{"gid": "12345", "email": "ada@acme.example"}}),
		Revoke: &Revocation{Method: "POST", URL: "app.asana.com/-/oauth_revoke", Auth: "client"},
		API:    []Call{{Request: get("app.asana.com/api/1.0/users/me"), Answer: `{"data":{"gid":"12345","email":"ada@acme.example"}}`}},
	},
	{
		Name: "Notion", Slug: "notion", Key: "ntn_not_really_one", Account: "d40e767c-d7af-4b18-a86d-55c61f1e39a4", AccountName: "Acme",
		API: []Call{{
			Request: get("api.notion.com/v1/users/me"), Headers: map[string]string{"Notion-Version": "2022-06-28"},
			Answer: `{"object":"user","id":"d40e767c-d7af-4b18-a86d-55c61f1e39a4","type":"bot","bot":{"workspace_name":"Acme"}}`,
		}},
	},
	{
		Name: "Linear", Slug: "linear", Account: "org-1 / user-1", AccountName: "Acme",
		Sign: "linear.app/oauth/authorize", Token: "api.linear.app/oauth/token",
		Secret: "not-really-one", Auth: []string{"post"}, PKCE: Checked, Redirects: Redirects{Hosts: local},
		Scopes: Scopes{Separator: ",", Form: `read|write|[a-z]+:[a-z]+`}, Life: 24 * time.Hour, Rotation: Replaced,
		Grant:  With(map[string]any{"scope": "read issues:create comments:create"}),
		Revoke: &Revocation{Method: "POST", URL: "api.linear.app/oauth/revoke", Auth: "client"},
		API: []Call{{
			Request: post("api.linear.app/graphql"), Headers: map[string]string{"Content-Type": "application/json"}, Body: "viewer",
			Answer: `{"data":{"viewer":{"id":"user-1","name":"Ada"},"organization":{"id":"org-1","name":"Acme"}}}`,
		}},
	},
	{
		Name: "Jira / Atlassian", Slug: "jira", Pick: southOrg, Account: southOrg, AccountName: "acme-south",
		Variables: map[string]string{"cloud_id": southOrg},
		Sign:      "auth.atlassian.com/authorize", Token: "auth.atlassian.com/oauth/token",
		Secret: "not-really-one", Auth: []string{"post"}, Body: []string{"json", "form"}, Redirects: Redirects{Hosts: []string{"localhost"}},
		Scopes:    Scopes{Form: `[a-z]+:[a-z-]+|offline_access`},
		SignNeeds: map[string]string{"audience": "api.atlassian.com", "prompt": "consent"}, OfflineScope: "offline_access",
		Life: time.Hour, Rotation: Replaced,
		API: []Call{{Request: get("api.atlassian.com/oauth/token/accessible-resources"), Answer: `[
			{"id":"` + northOrg + `","url":"https://acme-north.atlassian.net","name":"acme-north","scopes":["read:jira-work"]},
			{"id":"` + southOrg + `","url":"https://acme-south.atlassian.net","name":"acme-south","scopes":["read:jira-work"]}]`}},
	},
	{
		Name: "Dropbox", Slug: "dropbox", Account: "dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQngc", AccountName: "ada@acme.example",
		Sign: "www.dropbox.com/oauth2/authorize", Token: "api.dropboxapi.com/oauth2/token",
		Auth: []string{"none"}, PKCE: Required, Redirects: Redirects{Hosts: local},
		Scopes: Scopes{Form: `[a-z_]+(\.[a-z_]+)+`}, OfflineNeeds: map[string]string{"token_access_type": "offline"},
		Life: 4 * time.Hour, Grant: With(map[string]any{"uid": "12345", "account_id": "dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQngc", "token_type": "bearer"}),
		Revoke: &Revocation{Method: "POST", URL: "api.dropboxapi.com/2/auth/token/revoke", Auth: "bearer"},
		API: []Call{{
			Request: post("api.dropboxapi.com/2/users/get_current_account"), Body: "null",
			Answer: `{"account_id":"dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQngc","email":"ada@acme.example"}`,
		}},
	},
	{
		Name: "Figma", Slug: "figma", Account: "2711", AccountName: "ada@acme.example",
		Sign: "www.figma.com/oauth", Token: "api.figma.com/v1/oauth/token", Refresh: "api.figma.com/v1/oauth/refresh",
		Secret: "not-really-one", Auth: []string{"basic"}, Redirects: Redirects{Hosts: local},
		Scopes: Scopes{Separator: ",", Form: `[a-z_]+:[a-z_]+`}, Life: 90 * 24 * time.Hour,
		Grant: With(map[string]any{"scope": nil, "user_id": "2711"}), Renewal: With(map[string]any{"scope": nil, "refresh_token": nil}),
		API: []Call{{Request: get("api.figma.com/v1/me"), Answer: `{"id":"2711","email":"ada@acme.example","handle":"Ada"}`}},
	},
}
