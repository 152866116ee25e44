package feed

import (
	"cmp"
	"io"
	"time"

	"patchbay/app/fault"
)

// Limits bound what a feed over the network may cost.
type Limits struct {
	// Deadline is for the whole transfer; every Pace bytes that come add a second
	// to it, up to LongDeadline.
	Deadline, LongDeadline time.Duration
	Pace                   int64
	// Sent and Plain are bytes over the network and after decompression.
	Sent, Plain int64
	// Head is how many bytes the feed's own fields may have together, and Value how
	// much of one listing is read before the feed is refused. A listing over
	// Document bytes is cut, so that its check sets it aside.
	Head, Document int
	Value          int64
	// Count is how many listings a feed may have.
	Count int
}

// usual are the limits of the program.
var usual = Limits{
	Deadline: 30 * time.Second, LongDeadline: 5 * time.Minute, Pace: 256 << 10,
	Sent: 256 << 20, Plain: 2 << 30,
	Head: 4 << 20, Document: 256 << 10, Value: 8 << 20,
	Count: 1_000_000,
}

func (l Limits) orUsual() Limits {
	return Limits{
		Deadline:     cmp.Or(l.Deadline, usual.Deadline),
		LongDeadline: cmp.Or(l.LongDeadline, usual.LongDeadline),
		Pace:         cmp.Or(l.Pace, usual.Pace),
		Sent:         cmp.Or(l.Sent, usual.Sent),
		Plain:        cmp.Or(l.Plain, usual.Plain),
		Head:         cmp.Or(l.Head, usual.Head),
		Document:     cmp.Or(l.Document, usual.Document),
		Value:        cmp.Or(l.Value, usual.Value),
		Count:        cmp.Or(l.Count, usual.Count),
	}
}

// meter passes on what r sends, and ends with an error, not with the end of the
// file, where too much comes: in all, or since mark, which is where the value
// that is being read began. So no value, and no run of spaces, fills the memory.
type meter struct {
	r          io.Reader
	limits     Limits
	sent, mark int64
}

func (m *meter) Read(p []byte) (int, error) {
	if m.sent > m.limits.Plain {
		return 0, fault.Errorf(fault.Untrusted, "the feed unpacks to more than %d MB", m.limits.Plain>>20)
	}
	if m.sent-m.mark > m.limits.Value {
		return 0, fault.Errorf(fault.Untrusted, "one value of the feed is larger than %d MB", m.limits.Value>>20)
	}
	n, err := m.r.Read(p)
	m.sent += int64(n)
	return n, err
}
