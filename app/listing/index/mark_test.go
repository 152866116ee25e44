package index

import (
	"strings"
	"testing"
	"unicode/utf16"
)

// marked puts brackets around the spans, counting as JavaScript does.
func marked(text string, spans []Span) string {
	units := utf16.Encode([]rune(text))
	var b strings.Builder
	at := 0
	for _, s := range spans {
		b.WriteString(string(utf16.Decode(units[at:s.Start])) + "[" + string(utf16.Decode(units[s.Start:s.End])) + "]")
		at = s.End
	}
	return b.String() + string(utf16.Decode(units[at:]))
}

func TestMatches(t *testing.T) {
	tests := []struct {
		query, text string
		corrected   bool
		want        string
	}{
		{"sla", "Slack for Slavs", false, "[Sla]ck for [Sla]vs"},
		{"slack ", "Slack, Slackline", false, "[Slack], Slackline"},
		{"send mess", "Send messages and send", false, "[Send] [mess]ages and [send]"},
		{"sen mess", "Send messages", false, "Send [mess]ages"},
		{"sen mess", "Send messages", true, "[Sen]d [mess]ages"},
		{"lodz", "Łódź!", false, "[Łódź]!"},
		{"strass", "Straße 5", false, "[Straß]e 5"},
		{"cafe", "Cafe\u0301 noir", false, "[Cafe\u0301] noir"},
		{"email", "Your E-Mail", false, "Your [E-Mail]"},
		{"b", "😀 abc 😀 bcd", false, "😀 abc 😀 [b]cd"},
		{"連携", "外部連携アプリ", false, "外部[連携]アプリ"},
		{"連携アプ", "外部連携アプリ", false, "外部[連携アプ]リ"},
		{"プ", "連携アプリとプロ", false, "連携ア[プ]リと[プ]ロ"},
		{"line連携", "LINE連携", false, "[LINE連携]"},
		{"from", "A form", false, "A form"},
		{"from", "A form", true, "A [form]"},
		{"from", "A form from", true, "A form [from]"},
		{"mesag", "Message board", true, "[Message] board"},
		{"crn", "CRM", true, "CRM"},
		{"sl sla slack", "Slack", false, "[Slack]"},
		{"", "Slack", true, "Slack"},
		{"x", "", true, ""},
		{"a", "\xffa\xff", false, "\ufffd[a]\ufffd"},
		{strings.Repeat("a", 60), strings.Repeat("a", 60), false, "[" + strings.Repeat("a", 60) + "]"},
	}
	for _, tt := range tests {
		if got := marked(tt.text, Matches(tt.query, tt.text, tt.corrected)); got != tt.want {
			t.Errorf("Matches(%q, %q, %v) marks %q, want %q", tt.query, tt.text, tt.corrected, got, tt.want)
		}
	}
}
