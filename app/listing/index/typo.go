package index

import "unicode/utf8"

// firstUnspaced is where in the code points the unspaced scripts begin. Nobody
// mistypes a Latin letter as one of theirs, and there are thousands of them.
const firstUnspaced = 0x0e00

// typos calls yield with every stretch of t whose words are one typing error
// away from w: a character too many, missing, or another one, or two neighbours
// swapped. If prefix is set, so are stretches of words that begin like that.
// Stretches may overlap.
func (t *table) typos(w string, prefix bool, yield func(span)) {
	chars := []rune(w)
	ends := func(r span, depth int, rest string) {
		r = t.narrow(r, depth, rest)
		if !prefix {
			r = t.exactly(r, depth+len(rest))
		}
		if !r.empty() {
			yield(r)
		}
	}
	r, depth := t.all(), 0
	for i := 0; i <= len(chars) && !r.empty(); i++ {
		if i < len(chars) {
			ends(r, depth, string(chars[i+1:])) // one too many
		}
		t.branches(r, depth, func(c rune, branch span) {
			below := depth + utf8.RuneLen(c)
			switch {
			case i == len(chars):
				if !prefix { // with a prefix this is the word as typed
					ends(branch, below, "")
				}
				return
			case c != chars[i]:
				ends(branch, below, string(chars[i+1:])) // another one
			}
			ends(branch, below, string(chars[i:])) // one missing
			if i+1 < len(chars) && c == chars[i+1] && c != chars[i] {
				ends(branch, below, string(chars[i])+string(chars[i+2:])) // swapped
			}
		})
		if i < len(chars) {
			next := string(chars[i])
			r = t.narrow(r, depth, next)
			depth += len(next)
		}
	}
}

// branches calls yield for each character that words of r go on with after
// depth bytes, and the part of r that does.
func (t *table) branches(r span, depth int, yield func(c rune, branch span)) {
	for r.lo < r.hi {
		s := t.at(r.lo)
		if len(s) == depth {
			r.lo++
			continue
		}
		c, n := utf8.DecodeRune(s[depth:])
		if c >= firstUnspaced {
			return
		}
		branch := t.narrow(r, depth, string(s[depth:depth+n]))
		yield(c, branch)
		r.lo = branch.hi
	}
}

// nearly reports whether text is one typing error away from w, or, if prefix is
// set, begins like that. It is [table.typos] for a single word.
func nearly(w, text string, prefix bool) bool {
	var one table
	one.add(text)
	found := false
	one.typos(w, prefix, func(span) { found = true })
	return found
}
