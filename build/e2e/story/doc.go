// Package story lets a walk through the window read like the list of things a
// person does: click this, type that, see the other.
//
//	s := story.Begin(t, story.Setup{Out: "out"})
//	defer s.End()
//	s.Click("link", "Discover")
//	s.Type("Search apps", "crm")
//	s.In("list item", "/^Sandbox CRM/").Click("button", "Open")
//	s.See("heading", "Sandbox CRM")
//
// Things are found by role and accessible name, a name between slashes being a
// regular expression, and touched with real pointer and key events. Every
// method waits until it can be done, up to a deadline, and nothing sleeps for a
// fixed time. What cannot be done ends the walk with what was looked for, what
// stands there instead, a picture, the tree and the program's log.
package story
