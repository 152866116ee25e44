package bridge

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

// FeedName is a feed as other things refer to it.
type FeedName struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Progress is how far a sync has come: bytes of the feed, then its listings. Feed
// is "" if nothing is synced; Size and Count are 0 while they are not known.
type Progress struct {
	Feed     string `json:"feed"`
	Bytes    int64  `json:"bytes"`
	Size     int64  `json:"size"`
	Listings int    `json:"listings"`
	Count    int    `json:"count"`
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
