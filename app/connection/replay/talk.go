package replay

import "time"

// talk are places where people talk, meet and play.
var talk = []Provider{
	{
		Name: "Slack", Slug: "slack", Account: "T12345678 / W12345678", AccountName: "Acme / ada",
		Sign: "slack.com/oauth/v2_user/authorize", Token: "slack.com/api/oauth.v2.user.access",
		Auth: []string{"none"}, PKCE: Required, Redirects: Redirects{Hosts: local},
		Scopes: Scopes{Separator: ",", Form: `[a-z]+(:[a-z.]+)+`}, Life: 12 * time.Hour, Rotation: Replaced,
		Grant: func(i Issued) map[string]any {
			user := map[string]any{
				"id": "W12345678", "scope": i.Scope, "token_type": "user",
				"access_token": i.Access, "refresh_token": i.Refresh, "expires_in": 43200,
			}
			return map[string]any{"ok": true, "app_id": "A0KRD7HC3", "authed_user": user, "team": map[string]any{"id": "T12345678", "name": "Acme"}}
		},
		Renewal: func(i Issued) map[string]any {
			return map[string]any{
				"ok": true, "access_token": i.Access, "refresh_token": i.Refresh, "expires_in": 43200,
				"token_type": "user", "scope": i.Scope, "user_id": "W12345678",
			}
		},
		Refuse: func(code string) (int, map[string]any) { return 200, map[string]any{"ok": false, "error": code} },
		Revoke: &Revocation{Method: "POST", URL: "slack.com/api/auth.revoke", Auth: "bearer"},
		API:    []Call{{Request: post("slack.com/api/auth.test"), Answer: `{"ok":true,"team":"Acme","user":"ada","team_id":"T12345678","user_id":"W12345678"}`}},
	},
	{
		Name: "Zoom", Slug: "zoom", Account: "acme-account / ada-user", AccountName: "ada@acme.example",
		Sign: "zoom.us/oauth/authorize", Token: "zoom.us/oauth/token",
		Auth: []string{"none"}, PKCE: Required, Redirects: Redirects{Hosts: []string{"127.0.0.1"}, AnyPort: true},
		Scopes: Scopes{Form: `[a-z_]+(:[a-z_]+)+`}, Life: time.Hour, Rotation: Replaced,
		Grant:  With(map[string]any{"api_url": "https://api.zoom.us"}),
		Revoke: &Revocation{Method: "POST", URL: "zoom.us/oauth/revoke", Auth: "client"},
		API:    []Call{{Request: get("api.zoom.us/v2/users/me"), Answer: `{"id":"ada-user","account_id":"acme-account","email":"ada@acme.example"}`}},
	},
	{
		Name: "Discord", Slug: "discord", Account: "80351110224678912", AccountName: "ada",
		Variables: map[string]string{"webhook_id": "347114750880120863"},
		Sign:      "discord.com/api/oauth2/authorize", Token: "discord.com/api/oauth2/token",
		Auth: []string{"none"}, PKCE: Checked, Redirects: Redirects{Hosts: local},
		Scopes: Scopes{Form: `[a-z._]+`}, CallbackAdds: map[string]string{"iss": "https://discord.com"},
		Life: 7 * 24 * time.Hour, Rotation: Replaced,
		Grant: With(map[string]any{"webhook": map[string]any{
			"id": "347114750880120863", "token": "kb9Hpqqd2DLHCu_u8X47c2xdrFk_jG6", "name": "Acme", "type": 1,
		}}),
		Renewal: Standard,
		Revoke:  &Revocation{Method: "POST", URL: "discord.com/api/oauth2/token/revoke", Auth: "client"},
		API:     []Call{{Request: get("discord.com/api/v10/users/@me"), Answer: `{"id":"80351110224678912","username":"ada"}`}},
	},
	{
		Name: "Twitch", Slug: "twitch", Account: "141981764", AccountName: "ada",
		Device: "id.twitch.tv/oauth2/device", Verify: "www.twitch.tv/activate?device-code=WDJBMJHT", Token: "id.twitch.tv/oauth2/token",
		Auth: []string{"none"}, Scopes: Scopes{Parameter: "scopes", Form: `[a-z]+(:[a-z]+)+`}, Life: 4 * time.Hour, Rotation: Replaced,
		Grant: With(map[string]any{"scope": []string{"user:read:email", "user:write:chat", "clips:edit"}, "token_type": "bearer"}),
		Refuse: func(code string) (int, map[string]any) {
			if code == "authorization_pending" {
				return 400, map[string]any{"status": 400, "message": code}
			}
			return 400, map[string]any{"error": "Bad Request", "status": 400, "message": map[string]string{
				"invalid_grant": "Invalid refresh token", "expired_token": "invalid device code", "invalid_client": "invalid client",
			}[code]}
		},
		Revoke: &Revocation{Method: "POST", URL: "id.twitch.tv/oauth2/revoke", Auth: "client"},
		API: []Call{{
			Request: get("api.twitch.tv/helix/users"), Headers: map[string]string{"Client-Id": ClientID},
			Answer: `{"data":[{"id":"141981764","login":"ada","display_name":"Ada"}]}`,
		}},
	},
	{
		Name: "Intercom", Slug: "intercom", Form: map[string]string{"api_host": "api.eu.intercom.io"}, Key: "dG9rOmFjbWU=",
		Account: "abc12", AccountName: "Acme",
		API: []Call{{
			Request: get("api.eu.intercom.io/me"), Headers: map[string]string{"Intercom-Version": "2.16"},
			Answer: `{"type":"admin","id":"991","app":{"id_code":"abc12","name":"Acme"}}`,
		}},
	},
	{
		Name: "Calendly", Slug: "calendly", Key: "eyJ.not-really.one", Account: "https://api.calendly.com/users/AAAA", AccountName: "ada@acme.example",
		API: []Call{{Request: get("api.calendly.com/users/me"), Answer: `{"resource":{"uri":"https://api.calendly.com/users/AAAA","email":"ada@acme.example"}}`}},
	},
	{
		Name: "Spotify", Slug: "spotify", Account: "smedjan", AccountName: "Ada",
		Sign: "accounts.spotify.com/authorize", Token: "accounts.spotify.com/api/token",
		Auth: []string{"none"}, PKCE: Required,
		// "localhost" is not taken since November 2025.
		Redirects: Redirects{Hosts: []string{"127.0.0.1"}, AnyPort: true},
		Scopes:    Scopes{Form: `[a-z]+(-[a-z]+)+`}, Life: time.Hour, Rotation: Replaced,
		API: []Call{{Request: get("api.spotify.com/v1/me"), Answer: `{"id":"smedjan","display_name":"Ada"}`}},
	},
}
