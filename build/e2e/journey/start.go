package journey

import "patchbay/e2e/story"

// App is the practice app that the journey is about, Slug its name in the
// sandbox.
const (
	App  = "Sandbox CRM"
	Slug = "crm"
)

// FirstStart fills in the first window and arrives at Discover.
func FirstStart(s *story.Story) {
	s.Type("Account name", "Acme")
	s.Choose("Language", "English")
	s.Type("Your name", "Ada Example")
	s.Type("Your e-mail", "ada@example.com")
	s.Shot("01-first-start")
	s.Click("button", "Get started")
	s.See("link", "Discover")
	s.See("text field", "Search apps")
}

// Find looks at the catalogue, searches it and narrows the results down.
func Find(s *story.Story) {
	s.Click("link", "Discover")
	s.See("heading", "Categories")
	s.See("heading", "Practice without risk")
	s.SeePainted("link", App)
	s.Shot("02-discover")
	s.Type("Search apps", "sandbox c")
	s.SeePainted("link", App)
	s.Shot("03-search")
	s.Click("link", App)
	s.See("heading", App)
}

// Read goes through the parts of the listing.
func Read(s *story.Story) {
	s.SeePainted("button", "Install app")
	s.SeePainted("heading", "Overview")
	s.Shot("04-listing")
	for _, part := range []string{"Overview", "Requirements", "Pricing", "Shared data", "Resources", "Data privacy"} {
		s.See("heading", part)
	}
	s.See("link|button", "View setup guide")
	s.Click("radio button", "Yearly")
	s.Shot("05-pricing")
	s.Click("radio button", "Monthly")
}
