package listing

import (
	"fmt"
	"iter"
	"strings"
	"sync"
)

// checksAhead bounds the documents that are checked at the same time and wait
// for their turn.
const checksAhead = 16

// intake checks documents on their way into the store, several at a time, and
// yields them in their order.
func intake(feed Feed, documents iter.Seq2[[]byte, error]) iter.Seq2[Intake, error] {
	return func(yield func(Intake, error) bool) {
		queue := make(chan chan judged, checksAhead)
		enough := make(chan struct{})
		var running sync.WaitGroup
		// The documents must not be read any more when this returns.
		defer running.Wait()
		defer close(enough)
		running.Go(func() { judgeAll(&running, feed, documents, queue, enough) })
		seen := map[string]bool{}
		for turn := range queue {
			j := <-turn
			if !yield(once(seen, j.Intake), j.err) || j.err != nil {
				return
			}
		}
	}
}

// judged is what came of one document; an error ends the feed.
type judged struct {
	Intake
	err error
}

func judgeAll(running *sync.WaitGroup, feed Feed, documents iter.Seq2[[]byte, error], queue chan<- chan judged, enough <-chan struct{}) {
	defer close(queue)
	for document, err := range documents {
		turn := make(chan judged, 1)
		select {
		case queue <- turn:
		case <-enough:
			return
		}
		if err != nil {
			turn <- judged{err: err}
			return
		}
		running.Go(func() { turn <- judged{Intake: checked(feed, document)} })
	}
}

// once sets a second listing of the same slug aside: which of two is meant
// would be a guess.
func once(seen map[string]bool, in Intake) Intake {
	if in.Item == nil {
		return in
	}
	slug := in.Item.Listing.Slug
	if seen[slug] {
		return Intake{SetAside: &SetAside{Slug: slug, Problems: []Problem{{
			Path: "/slug", Message: fmt.Sprintf("the feed has a listing %q already", slug), Mend: "Give each listing a slug of its own",
		}}}}
	}
	seen[slug] = true
	return in
}

// problemsKept is how many of a document's problems are kept with the feed; the
// rest show once those are mended.
const problemsKept = 10

// checked takes a document if it is good. Only the built-in feed may bring what
// is labelled as ours or leads to this machine.
func checked(feed Feed, document []byte) (in Intake) {
	var l Listing
	defer func() {
		// A document that breaks its check is the document's fault, and no reason
		// to end the program.
		if r := recover(); r != nil {
			in = setAside(l, []Problem{{Message: "the document cannot be checked", Mend: "Simplify it until it passes"}})
		}
	}()
	l, problems := inspect(document)
	if feed.Kind != BuiltIn {
		problems = append(problems, ours(l)...)
	}
	if len(problems) > 0 {
		return setAside(l, problems)
	}
	return Intake{Item: &Item{Listing: l, Document: document}}
}

// ours are the claims in l that only the built-in feed may make.
func ours(l Listing) []Problem {
	var problems []Problem
	for _, claim := range []struct {
		made bool
		name string
	}{{l.Sandbox, "sandbox"}, {l.BuiltByUs, "builtByUs"}} {
		if claim.made {
			problems = append(problems, Problem{
				Path: "/" + claim.name, Message: fmt.Sprintf("only the built-in feed may say %q", claim.name), Mend: "Leave it out",
			})
		}
	}
	return problems
}

func setAside(l Listing, problems []Problem) Intake {
	slug := []rune(strings.ToValidUTF8(l.Slug, "\ufffd"))
	return Intake{SetAside: &SetAside{
		Slug: string(slug[:min(len(slug), slugShown)]), Problems: problems[:min(len(problems), problemsKept)],
	}}
}

// slugShown is how many characters are kept of a slug that may be anything.
const slugShown = 80
