package bridge

// Alert is a standing condition that needs attention, explained in the account's
// language: Title in a few words, Sentence in one, SinceText since when and how
// often, StateText what else is to be known (often empty). Severity is "critical", "error" or "warning"; Remedy is what the
// window runs in place: "reconnect", "retry_now", "resume", "unlock_keychain",
// "open_settings", "review_listing", "show_connection" or "none".
type Alert struct {
	ID           string   `json:"id"`
	Kind         string   `json:"kind"`
	Severity     string   `json:"severity"`
	ConnectionID string   `json:"connectionID"`
	Slug         string   `json:"slug"`
	App          string   `json:"app"`
	Icon         Icon     `json:"icon"`
	Account      string   `json:"account"`
	Since        int64    `json:"since"`
	LastSeen     int64    `json:"lastSeen"`
	Count        int      `json:"count"`
	Title        string   `json:"title"`
	Sentence     string   `json:"sentence"`
	SinceText    string   `json:"sinceText"`
	StateText    string   `json:"stateText"`
	Effect       string   `json:"effect"`
	Steps        []string `json:"steps"`
	Remedy       string   `json:"remedy"`
	RemedyLabel  string   `json:"remedyLabel"`
	Details      []Detail `json:"details"`
	SnoozedUntil int64    `json:"snoozedUntil"`
	Ignored      bool     `json:"ignored"`
	EndedAt      int64    `json:"endedAt"`
	How          string   `json:"how"`
}
