package index

import "unicode/utf8"

// What is read of a query: more than anybody types, little enough that a pasted
// book costs no more than a long query.
const (
	mostWords = 12
	mostBytes = 512
)

// leastTypo is the length, in characters, from which a word may hold a typing error.
const leastTypo = 4

// word is one word of a query.
type word struct {
	text string
	// prefix: the word may go on; it is still being typed, or it is a single
	// character of an unspaced script.
	prefix   bool
	unspaced bool
}

// phrase is a query's text, taken apart.
type phrase struct {
	words []word
	// key is what was typed as a name key; whole says that its last word is
	// complete, because something that is no word follows it.
	key   string
	whole bool
}

// parse takes text apart. Repeated words count once.
func parse(text string) phrase {
	if len(text) > mostBytes {
		text = text[:mostBytes]
		for !utf8.ValidString(text) && len(text) > mostBytes-utf8.UTFMax {
			text = text[:len(text)-1]
		}
	}
	s := scanner{}
	p := phrase{key: nameKey(&s, text)}
	for s.reset(text); s.next(); {
		p.whole = s.end < len(text)
		if !s.isUnspaced {
			p.add(word{text: string(s.word), prefix: !p.whole})
			continue
		}
		single := utf8.RuneCount(s.word) == 1
		pieces(s.word, func(from, to int) {
			// The last character alone is part of the last pair.
			if single || utf8.RuneCount(s.word[from:to]) == 2 {
				p.add(word{text: string(s.word[from:to]), prefix: single, unspaced: true})
			}
		})
	}
	return p
}

func (p *phrase) add(w word) {
	for i, old := range p.words {
		if old.text == w.text {
			// "send send": the finished one is the stricter of the two.
			p.words[i].prefix = old.prefix && w.prefix
			return
		}
	}
	if len(p.words) < mostWords {
		p.words = append(p.words, w)
	}
}

// loose reports whether w can be read in another way than as typed.
func (w word) loose() bool { return !w.unspaced && (!w.prefix || w.mayErr()) }

func (w word) mayErr() bool { return !w.unspaced && utf8.RuneCountInString(w.text) >= leastTypo }
