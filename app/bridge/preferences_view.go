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

// SavedSearch is a search that a person wants to find again: Query is the part of
// the page's address that says it.
type SavedSearch struct {
	Name  string `json:"name"`
	Query string `json:"query"`
}
