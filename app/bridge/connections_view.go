package bridge

// Connection is one connected account of one app, as lists show it. State is one
// of design's state words: "connected", "renewing", "retrying", "offline",
// "provider_down", "sign_in_needed", "permission_missing", "revoked",
// "waiting_for_admin", "client_misconfigured", "paused", "uninstalling". RenewalDies
// is when the sign-in ends if unused; 0 is never or unknown.
type Connection struct {
	ID          string `json:"id"`
	Slug        string `json:"slug"`
	App         string `json:"app"`
	Icon        Icon   `json:"icon"`
	Sandbox     bool   `json:"sandbox"`
	Account     string `json:"account"`
	Name        string `json:"name"`
	Purpose     string `json:"purpose"`
	Owner       string `json:"owner"`
	State       string `json:"state"`
	StateSince  int64  `json:"stateSince"`
	ConnectedAt int64  `json:"connectedAt"`
	CheckedAt   int64  `json:"checkedAt"`
	UsedAt      int64  `json:"usedAt"`
	RenewalDies int64  `json:"renewalDies"`
	Alerts      int    `json:"alerts"`
}

// ConnectionDetail is the page of one connection. ExpiresAt is the end of the
// access token; 0 is unknown.
// Technical has as labels "connection", "account", "hosts", "reason", "failures",
// "expires" and "checked".
type ConnectionDetail struct {
	Connection  Connection          `json:"connection"`
	AccountID   string              `json:"accountID"`
	Permissions []GrantedPermission `json:"permissions"`
	Activity    []Activity          `json:"activity"`
	Technical   []Detail            `json:"technical"`
	ExpiresAt   int64               `json:"expiresAt"`
	Diagnostics string              `json:"diagnostics"`
}

// GrantedPermission is a permission with whether it was asked for and given.
type GrantedPermission struct {
	Permission Permission `json:"permission"`
	Asked      bool       `json:"asked"`
	Granted    bool       `json:"granted"`
}

// Detail is a technical fact with its name, both ready to show.
type Detail struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// Activity is one thing that happened: What is "installed", "reconnected",
// "refreshed", "failed", "recovered", "scopes_changed", "paused", "resumed",
// "renamed", "uninstalled", "revoked" or "revoke_failed".
type Activity struct {
	ID           string `json:"id"`
	At           int64  `json:"at"`
	What         string `json:"what"`
	ConnectionID string `json:"connectionID"`
	Slug         string `json:"slug"`
	App          string `json:"app"`
	Account      string `json:"account"`
	Person       string `json:"person"`
	Note         string `json:"note"`
}

// ActivityFilter narrows the list of activity; empty fields do not narrow. News
// leaves out what happens by itself all the time.
type ActivityFilter struct {
	What         string `json:"what"`
	Slug         string `json:"slug"`
	ConnectionID string `json:"connectionID"`
	News         bool   `json:"news"`
	Before       int64  `json:"before"`
	Limit        int    `json:"limit"`
}

// ConnectOptions is what is entered before signing in. Window is "auto",
// "browser_popup", "own_popup" or "tab". Key is for apps that take an API key.
type ConnectOptions struct {
	Variables []NamedValue `json:"variables"`
	Optional  []string     `json:"optional"`
	Window    string       `json:"window"`
	Key       string       `json:"key"`
}

// NamedValue is the value given for a variable.
type NamedValue struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Attempt is one try at signing in. Phase is "opening", "waiting", "finishing",
// "choosing" (another account came back: see Other), "picking" (which of Options
// is it for; What they are), "done", "declined", "closed", "canceled" or "failed".
// UserCode, VerifyURL and Expires, its end, are set for device sign-in.
// Pastes is the web page that the answer goes to when the person brings it back.
// Code and Message say why it failed, Field which entry was to blame, if one was.
type Attempt struct {
	ID           string   `json:"id"`
	Slug         string   `json:"slug"`
	App          string   `json:"app"`
	Icon         Icon     `json:"icon"`
	Reconnect    string   `json:"reconnect"`
	Phase        string   `json:"phase"`
	Host         string   `json:"host"`
	URL          string   `json:"url"`
	Window       string   `json:"window"`
	UserCode     string   `json:"userCode"`
	VerifyURL    string   `json:"verifyURL"`
	Expires      int64    `json:"expires"`
	Code         string   `json:"code"`
	Field        string   `json:"field"`
	Message      string   `json:"message"`
	ConnectionID string   `json:"connectionID"`
	Account      string   `json:"account"`
	Other        string   `json:"other"`
	What         string   `json:"what"`
	Options      []Option `json:"options"`
	Pastes       string   `json:"pastes"`
}

// Option is one of several things that a connection can be for.
type Option struct {
	Value string `json:"value"`
	Name  string `json:"name"`
}

// ClientSetup guides an admin who has to make an app at the provider first. With
// OwnRedirect the provider takes https addresses only: RedirectURI is the one that
// the admin entered, or "".
//
// Asks names the variables that make the host a client belongs to: each place has a
// client of its own. Hosts are those that are told the secret. Console may have
// {{variables.name}} places for what is not known.
type ClientSetup struct {
	Asks         []string `json:"asks"`
	Hosts        []string `json:"hosts"`
	Slug         string   `json:"slug"`
	App          string   `json:"app"`
	Console      string   `json:"console"`
	AppType      string   `json:"appType"`
	RedirectURI  string   `json:"redirectURI"`
	OwnRedirect  bool     `json:"ownRedirect"`
	Steps        []string `json:"steps"`
	SecretNeeded bool     `json:"secretNeeded"`
	ClientID     string   `json:"clientID"`
	HasSecret    bool     `json:"hasSecret"`
	Forbidden    string   `json:"forbidden"`
	// ExpiresAt is when the secret ends, 0 for never or not known.
	ExpiresAt int64 `json:"expiresAt"`
}

// Expiry is something that is known to end. What is "sign_in", "access",
// "registration" (the client that Patchbay registered by itself) or
// "client_secret", which concerns every connection of the app there; ByItself says
// that Patchbay renews it before.
type Expiry struct {
	ConnectionID string `json:"connectionID"`
	Slug         string `json:"slug"`
	App          string `json:"app"`
	Icon         Icon   `json:"icon"`
	Account      string `json:"account"`
	What         string `json:"what"`
	At           int64  `json:"at"`
	ByItself     bool   `json:"byItself"`
}

// ClientPlace says which client is meant: that of a connection, or that of an app at
// the place that variables make.
type ClientPlace struct {
	ConnectionID string       `json:"connectionID"`
	Slug         string       `json:"slug"`
	Variables    []NamedValue `json:"variables"`
}

// ClientEntry is what the admin got from the provider.
type ClientEntry struct {
	ClientID     string `json:"clientID"`
	ClientSecret string `json:"clientSecret"`
	RedirectURI  string `json:"redirectURI"`
	// ExpiresAt is when the secret ends, 0 for never or not known.
	ExpiresAt int64 `json:"expiresAt"`
}

// UninstallPreview is what is said before the word is typed. Others are the
// connections that the dependents could be moved to.
type UninstallPreview struct {
	ConnectionID string          `json:"connectionID"`
	App          string          `json:"app"`
	Account      string          `json:"account"`
	Phrase       string          `json:"phrase"`
	CanRevoke    bool            `json:"canRevoke"`
	RevokePage   string          `json:"revokePage"`
	Dependents   []Dependent     `json:"dependents"`
	Others       []Connection    `json:"others"`
	Steps        []UninstallStep `json:"steps"`
	CanPause     bool            `json:"canPause"`
}

// Dependent is something that stops working without the connection.
type Dependent struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
	Name string `json:"name"`
}

// UninstallStep is left to do by hand at the provider.
type UninstallStep struct {
	ID   string `json:"id"`
	Text string `json:"text"`
	Link string `json:"link"`
	Done bool   `json:"done"`
}

// Receipt says what an uninstall removed. Revoked is "revoked", "pending",
// "gave_up" or "not_offered". Removed has as labels "tokens", "permissions" (their
// number) and "account"; Kept has "activity" and "receipt". While the revocation is
// pending, NextTry is when it is tried again and Tries how often it was.
type Receipt struct {
	ID           string          `json:"id"`
	ConnectionID string          `json:"connectionID"`
	Slug         string          `json:"slug"`
	App          string          `json:"app"`
	Account      string          `json:"account"`
	At           int64           `json:"at"`
	Person       string          `json:"person"`
	Revoked      string          `json:"revoked"`
	RevokeDetail string          `json:"revokeDetail"`
	RevokePage   string          `json:"revokePage"`
	NextTry      int64           `json:"nextTry"`
	Tries        int             `json:"tries"`
	Removed      []Detail        `json:"removed"`
	Kept         []Detail        `json:"kept"`
	Steps        []UninstallStep `json:"steps"`
}
