package builtin

import (
	"regexp"
	"strings"
	"testing"

	"patchbay/app/listing"
)

// languages are those in which the catalogue is read, beside English.
var languages = []string{"de", "es", "fr", "it", "ja", "nl", "pl", "pt"}

// Every listing is introduced in each language that the catalogue is read in.
func TestTaglinesSpeakNineLanguages(t *testing.T) {
	for _, l := range all(t) {
		for _, language := range languages {
			if text := l.Texts[language]; text.Tagline == "" || text.Tagline == l.Tagline {
				t.Errorf("%s has no tagline in %s", l.Slug, language)
			}
		}
	}
}

// A description that is told in one language is told in all, with its features.
func TestThirtyDescriptionsSpeakNineLanguages(t *testing.T) {
	told := 0
	for _, l := range all(t) {
		whole := 0
		for _, language := range languages {
			text := l.Texts[language]
			if text.Description == "" {
				continue
			}
			whole++
			if len(text.Features) != len(l.Features) {
				t.Errorf("%s has %d features, %d in %s", l.Slug, len(l.Features), len(text.Features), language)
			}
			if paragraphs(text.Description) != paragraphs(l.Description) {
				t.Errorf("%s is built differently in %s", l.Slug, language)
			}
		}
		switch whole {
		case len(languages):
			told++
		case 0:
		default:
			t.Errorf("%s is described in %d of %d languages", l.Slug, whole, len(languages))
		}
	}
	if told < 30 {
		t.Errorf("%d listings are described in every language, want at least 30", told)
	}
}

func paragraphs(markdown string) int { return strings.Count(markdown, "\n\n") }

var (
	code     = regexp.MustCompile("`[^`]*`")
	straight = regexp.MustCompile(`\pL'\pL`)
	// shouting is what an editor strikes out: praise and exclamation.
	shouting = regexp.MustCompile(`(?i)!(\s|$)|\b(world-class|cutting-edge|seamless|powerful|revolutionary|best-in-class|leverage)\b`)
	loose    = regexp.MustCompile(` [:;?!»](\s|$)|« `)
)

func TestTextsAreSetWithCare(t *testing.T) {
	for _, l := range all(t) {
		for language, text := range textsOf(l) {
			for _, s := range append([]string{text.Tagline, text.Description}, text.Features...) {
				s = code.ReplaceAllString(s, "")
				if at := straight.FindString(s); at != "" {
					t.Errorf("%s, %s: straight apostrophe in %q", l.Slug, language, at)
				}
				if at := shouting.FindString(s); at != "" {
					t.Errorf("%s, %s: %q", l.Slug, language, at)
				}
				if at := loose.FindString(s); language == "fr" && at != "" {
					t.Errorf("%s, %s: %q may stand alone on a line; French wants a no-break space", l.Slug, language, at)
				}
			}
			if !strings.HasSuffix(text.Tagline, ".") && !strings.HasSuffix(text.Tagline, "。") {
				t.Errorf("%s, %s: the tagline is no sentence: %q", l.Slug, language, text.Tagline)
			}
		}
	}
}

// textsOf is what l says of itself, by language.
func textsOf(l listing.Listing) map[string]listing.Text {
	out := map[string]listing.Text{"en": {Tagline: l.Tagline, Description: l.Description, Features: l.Features}}
	for language, text := range l.Texts {
		out[language] = text
	}
	return out
}
