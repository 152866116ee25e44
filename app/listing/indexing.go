package listing

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"patchbay/app/fault"
	"patchbay/app/listing/index"
)

// indexStamp names what [Listing.indexed] makes of a listing. Change it together
// with that, so that an index which an older version stored is made anew. That
// the listings are still the ones it was made of is the store's care.
const indexStamp = "1"

// indexing is an index in the making. Of several listings with one slug the last
// one added counts, so feeds are added from the highest rank to the lowest.
type indexing struct {
	documents chan index.Document
	built     chan *index.Index
}

func startIndexing() *indexing {
	x := &indexing{documents: make(chan index.Document, 64), built: make(chan *index.Index, 1)}
	go func() {
		x.built <- index.Build(func(yield func(index.Document) bool) {
			for d := range x.documents {
				if !yield(d) {
					return
				}
			}
		})
	}()
	return x
}

func (x *indexing) add(l Listing) { x.documents <- l.indexed() }

// finish ends the making; it must be called, and once.
func (x *indexing) finish() *index.Index {
	close(x.documents)
	return <-x.built
}

// addStored adds what the store has of feeds.
func (c *Catalogue) addStored(ctx context.Context, x *indexing, feeds []Feed) error {
	for _, f := range feeds {
		for document, err := range c.store.Documents(ctx, f.ID) {
			if err != nil {
				return err
			}
			if l, err := Parse(document); err == nil {
				x.add(l)
			}
		}
	}
	return nil
}

// around returns the feeds that lose against feed, and those that win, both in
// the order in which they are to be indexed.
func around(feeds []Feed, feed Feed) (losers, winners []Feed) {
	sorted := slices.Clone(feeds)
	slices.SortFunc(sorted, func(a, b Feed) int { return -byRank(a, b) })
	for _, f := range sorted {
		switch {
		case f.ID == feed.ID:
		case byRank(f, feed) > 0:
			losers = append(losers, f)
		default:
			winners = append(winners, f)
		}
	}
	return losers, winners
}

func byRank(a, b Feed) int {
	return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.ID, b.ID))
}

// replace stores the listings of feed and indexes them, with those of the other
// feeds, on the way: so each document is read once.
func (c *Catalogue) replace(ctx context.Context, feed Feed, documents iter.Seq2[[]byte, error]) (taken, setAside int, err error) {
	feeds, err := c.store.Feeds(ctx)
	if err != nil {
		return 0, 0, err
	}
	losers, winners := around(feeds, feed)
	x := startIndexing()
	taken, setAside, err = c.replaceInto(ctx, x, feed, losers, documents)
	if err != nil {
		x.finish()
		return taken, setAside, err
	}
	err = c.addStored(ctx, x, winners)
	ix := x.finish()
	if err == nil {
		err = c.useAndSave(ctx, ix)
	}
	if err != nil {
		// The listings are stored; only the search does not know them yet.
		c.log.Error("index the listings", "feed", feed.ID, "error", err)
	}
	return taken, setAside, nil
}

func (c *Catalogue) replaceInto(ctx context.Context, x *indexing, feed Feed, losers []Feed, documents iter.Seq2[[]byte, error]) (taken, setAside int, err error) {
	if err := c.addStored(ctx, x, losers); err != nil {
		return 0, 0, err
	}
	return c.store.Replace(ctx, feed, func(yield func(Intake, error) bool) {
		for in, err := range intake(feed, documents) {
			if in.Item != nil {
				x.add(in.Item.Listing)
			}
			if !yield(in, err) {
				return
			}
		}
	})
}

// rebuild makes the index anew from the stored listings and stores it.
func (c *Catalogue) rebuild(ctx context.Context) error {
	feeds, err := c.store.Feeds(ctx)
	if err != nil {
		return err
	}
	slices.SortFunc(feeds, func(a, b Feed) int { return -byRank(a, b) })
	x := startIndexing()
	err = c.addStored(ctx, x, feeds)
	ix := x.finish()
	if err != nil {
		return err
	}
	return c.useAndSave(ctx, ix)
}

// useAndSave searches ix from now on, and as soon as it is stored the stored one,
// which takes no memory of this process. Not being able to store it costs that and
// time at the next start, no more.
func (c *Catalogue) useAndSave(ctx context.Context, ix *index.Index) error {
	c.use(ix)
	data, err := ix.MarshalBinary()
	if err != nil {
		return fault.Errorf(fault.Internal, "store the search index: %w", err)
	}
	if err := c.store.SaveIndex(ctx, indexStamp, data); err != nil {
		return err
	}
	c.loadIndex(ctx)
	return nil
}
