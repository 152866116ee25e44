package bridge

// Preferences are the person's choices. SignInWindow is "auto", "browser_popup",
// "own_popup" or "tab"; Closing is "ask", "watch" or "quit".
type Preferences struct {
	ShowSandbox      bool   `json:"showSandbox"`
	SignInWindow     string `json:"signInWindow"`
	Notifications    bool   `json:"notifications"`
	QuietFrom        string `json:"quietFrom"`
	QuietTo          string `json:"quietTo"`
	QuietLetCritical bool   `json:"quietLetCritical"`
	Closing          string `json:"closing"`
	RailCollapsed    bool   `json:"railCollapsed"`
}

// Feed is a place where listings come from. Kind is "built_in" or "https".
type Feed struct {
	ID       string `json:"id"`
	Kind     string `json:"kind"`
	Name     string `json:"name"`
	URL      string `json:"url"`
	SyncedAt int64  `json:"syncedAt"`
	TriedAt  int64  `json:"triedAt"`
	Listings int    `json:"listings"`
	SetAside int    `json:"setAside"`
	Code     string `json:"code"`
	Message  string `json:"message"`
}

// Clashes are the apps that more than one feed has: how many, and the first of
// them by slug.
type Clashes struct {
	Total int     `json:"total"`
	Shown []Clash `json:"shown"`
}

// Clash is an app that more than one feed has; the first feed's listing is shown.
type Clash struct {
	Slug  string     `json:"slug"`
	Feeds []FeedName `json:"feeds"`
}

// SetAside is a listing of a feed that was not taken, with what is wrong with it,
// each reason as where, what and how to mend it. Slug is as the feed has it, and
// may be empty.
type SetAside struct {
	Slug    string   `json:"slug"`
	Reasons []string `json:"reasons"`
}

// SavedSearch is a search that a person wants to find again: Query is the part of
// the page's address that says it.
type SavedSearch struct {
	Name  string `json:"name"`
	Query string `json:"query"`
}
