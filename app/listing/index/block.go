package index

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"unsafe"
)

// ErrDamaged is wrapped by the error of [Load] when the bytes are not a whole,
// unchanged index of this version. The remedy is to build it again.
var ErrDamaged = errors.New("index is damaged or of another version")

// A block is a head of 16 bytes (magic, version, CRC-32C of all that follows,
// number of documents), the lengths of its sections, and the sections, each
// beginning at a multiple of 8. Numbers are little-endian.
const (
	magic    = "PBix"
	version  = 1
	headSize = 16
	summed   = 12 // where the part begins that the checksum is of
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// sections lists everything that is kept, as pointers to slices of byte, uint32
// or uint64. Changing the list, or what it means, needs a new version.
func (ix *Index) sections() []any {
	fs := &ix.facets
	list := []any{
		&ix.slugs.offs, &ix.slugs.text, &ix.slugOrder,
		&ix.names.offs, &ix.names.text, &ix.nameDocs, &ix.nameRank,
		&ix.newDocs, &ix.newRank, &ix.pop,
		&ix.terms.offs, &ix.terms.text,
		&fs.names.offs, &fs.names.text, &fs.first,
		&fs.values.offs, &fs.values.text, &fs.totals, &fs.ends, &fs.mids, &fs.held,
		&ix.landmarks.keys, &ix.landmarks.counts,
	}
	for _, l := range []*lists{&ix.places[inName], &ix.places[inSummary], &ix.places[inBody], &fs.docs} {
		list = append(list, &l.offs, &l.data, &l.wide, &l.bits)
	}
	return list
}

// MarshalBinary returns the block that the index stands on, for [Load]. It must
// not be changed. The error is always nil.
func (ix *Index) MarshalBinary() ([]byte, error) { return ix.block, nil }

func (ix *Index) pack() []byte {
	sections := ix.sections()
	size := headSize + 8*len(sections)
	for _, s := range sections {
		size += binary.Size(s) + 8
	}
	out := make([]byte, headSize+8*len(sections), size)
	copy(out, magic)
	binary.LittleEndian.PutUint32(out[4:], version)
	binary.LittleEndian.PutUint32(out[12:], uint32(ix.n))
	for i, s := range sections {
		before := len(out)
		switch s := s.(type) {
		case *[]byte:
			out = append(out, *s...)
		case *[]uint32:
			out, _ = binary.Append(out, binary.LittleEndian, *s)
		case *[]uint64:
			out, _ = binary.Append(out, binary.LittleEndian, *s)
		}
		binary.LittleEndian.PutUint64(out[headSize+8*i:], uint64(len(out)-before))
		for len(out)%8 != 0 {
			out = append(out, 0)
		}
	}
	binary.LittleEndian.PutUint32(out[8:], crc32.Checksum(out[summed:], castagnoli))
	return out
}

// Load returns the index that [Index.MarshalBinary] wrote. The index keeps block
// and reads from it: it must not change as long as the index is in use. Errors
// wrap [ErrDamaged].
func Load(block []byte) (*Index, error) {
	if err := verify(bytes.NewReader(block)); err != nil {
		return nil, err
	}
	return load(block)
}

// verify reads a block through, without keeping it, and holds it against its
// checksum.
func verify(block io.Reader) error {
	var head [summed]byte
	if _, err := io.ReadFull(block, head[:]); err != nil {
		return fmt.Errorf("load index: no head: %w", ErrDamaged)
	}
	sum := crc32.New(castagnoli)
	if _, err := io.Copy(sum, block); err != nil {
		return fmt.Errorf("load index: %w", err)
	}
	if binary.LittleEndian.Uint32(head[8:]) != sum.Sum32() {
		return fmt.Errorf("load index: checksum: %w", ErrDamaged)
	}
	return nil
}

// load makes an index of a block that has been verified.
func load(block []byte) (*Index, error) {
	ix := &Index{block: block}
	sections := ix.sections()
	switch {
	case len(block) < headSize+8*len(sections) || string(block[:4]) != magic:
		return nil, fmt.Errorf("load index: no head: %w", ErrDamaged)
	case binary.LittleEndian.Uint32(block[4:]) != version:
		return nil, fmt.Errorf("load index: version %d: %w", binary.LittleEndian.Uint32(block[4:]), ErrDamaged)
	}
	ix.n = int(binary.LittleEndian.Uint32(block[12:]))
	ix.words = (ix.n + 63) / 64
	at := headSize + 8*len(sections)
	for i, s := range sections {
		size := binary.LittleEndian.Uint64(block[headSize+8*i:])
		if uint64(len(block)-at) < size {
			return nil, fmt.Errorf("load index: section %d: %w", i, ErrDamaged)
		}
		part := block[at : at+int(size)]
		switch s := s.(type) {
		case *[]byte:
			*s = part
		case *[]uint32:
			*s = view[uint32](part)
		case *[]uint64:
			*s = view[uint64](part)
		}
		at = min(at+(int(size)+7)&^7, len(block))
	}
	if err := ix.check(); err != nil {
		return nil, fmt.Errorf("load index: %w: %w", err, ErrDamaged)
	}
	ix.facets.load(ix.words)
	return ix, nil
}

// mustLoad loads a block that was packed just now.
func mustLoad(block []byte) *Index {
	ix, err := load(block)
	if err != nil {
		panic(err)
	}
	return ix
}

// check holds the lengths of the sections against each other. What is in them is
// vouched for by the checksum.
func (ix *Index) check() error {
	fs := &ix.facets
	for _, order := range [][]uint32{ix.slugOrder, ix.nameDocs, ix.nameRank, ix.newDocs, ix.newRank} {
		if len(order) != ix.n {
			return errors.New("incomplete order")
		}
	}
	if ix.slugs.len() != ix.n || ix.names.len() != ix.n || len(ix.pop) != ix.n || len(fs.ends) != ix.n+1 || len(fs.mids) != ix.n {
		return errors.New("documents missing")
	}
	if len(fs.first) != fs.names.len()+1 || len(fs.totals) != fs.values.len() {
		return errors.New("facets missing")
	}
	for _, l := range ix.places {
		if len(l.offs) != ix.terms.len()+1 || len(l.bits) != len(l.wide)*ix.words {
			return errors.New("lists missing")
		}
	}
	if len(fs.docs.offs) != fs.values.len()+1 || len(fs.docs.bits) != len(fs.docs.wide)*ix.words {
		return errors.New("values missing")
	}
	if len(ix.landmarks.counts) != len(ix.landmarks.keys)*fs.values.len() {
		return errors.New("landmarks missing")
	}
	return nil
}

// littleEndian reports the order of bytes in this machine's memory.
var littleEndian = func() bool {
	one := uint16(1)
	return *(*byte)(unsafe.Pointer(&one)) == 1
}()

// view reads b as numbers, in place where the machine allows it.
func view[T uint32 | uint64](b []byte) []T {
	var zero T
	size := int(unsafe.Sizeof(zero))
	n := len(b) / size
	if n == 0 {
		return nil
	}
	if first := unsafe.Pointer(unsafe.SliceData(b)); littleEndian && uintptr(first)%uintptr(size) == 0 {
		return unsafe.Slice((*T)(first), n)
	}
	out := make([]T, n)
	if _, err := binary.Decode(b[:n*size], binary.LittleEndian, out); err != nil {
		panic(err) // out is exactly as long as b
	}
	return out
}
