package index

import "testing"

func TestAlike(t *testing.T) {
	for _, test := range []struct {
		why, a, b string
		want      bool
	}{
		{"the same", "Slack", "Slack", true},
		{"case", "Slack", "SLACK", true},
		{"a space", "Sandbox CRM", "SandboxCRM", true},
		{"punctuation", "Monday.com", "Monday com", true},
		{"a diacritic", "Slack", "Släck", true},
		{"a stroke", "Slack", "Słack", true},
		{"full width", "Slack", "Ｓｌａｃｋ", true},
		{"mathematical letters", "Slack", "𝓢𝓵𝓪𝓬𝓴", true},
		{"Cyrillic", "Slack", "Ѕlасk", true},
		{"all Greek", "ABOX", "ΑΒΟΧ", true},
		{"I for l", "Slack", "SIack", true},
		{"zeros", "Zoom", "Z00m", true},
		{"rn for m", "Mailchimp", "Mailchirnp", true},
		{"Cyrillic in a short name", "Box", "Вох", true},
		{"another letter", "Asana", "Asena", true},
		{"a letter more", "Slack", "Slackk", true},
		{"a letter less", "Dropbox", "Drpbox", true},
		{"two swapped", "Slack", "Salck", true},
		{"an error and Cyrillic", "Mailchimp", "Маilchmp", true},
		{"Japanese", "カレンダー", "カレンダー", true},

		{"another name", "Slack", "Asana", false},
		{"two errors", "Slack", "Stark", false},
		{"short names differ by one", "Box", "Bex", false},
		{"one is a word of the other", "Sandbox", "Sandbox CRM", false},
		{"no letters", "!!!", "???", false},
		{"nothing", "", "", false},
		{"nothing and something", "", "Box", false},
		{"two Japanese names", "会計", "会社", false},
	} {
		if Alike(test.a, test.b) != test.want || Alike(test.b, test.a) != test.want {
			t.Errorf("%s: %q and %q alike is not %v", test.why, test.a, test.b, test.want)
		}
	}
}
