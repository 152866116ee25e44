package bridge

// Account is the organisation whose apps these are, and the people in it.
type Account struct {
	Name     string   `json:"name"`
	Language string   `json:"language"`
	Me       Person   `json:"me"`
	People   []Person `json:"people"`
}

// Person is somebody in the account with the rights they hold.
type Person struct {
	ID                string `json:"id"`
	Name              string `json:"name"`
	Email             string `json:"email"`
	SuperAdmin        bool   `json:"superAdmin"`
	MarketplaceAccess bool   `json:"marketplaceAccess"`
}

// FirstStart is what the first window asks for, and nothing else.
type FirstStart struct {
	AccountName string `json:"accountName"`
	Language    string `json:"language"`
	PersonName  string `json:"personName"`
	Email       string `json:"email"`
}
