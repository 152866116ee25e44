package index

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"testing"
)

func randomIndex(seed uint64, n int) *Index {
	r := rand.New(rand.NewPCG(seed, seed))
	return Build(func(yield func(Document) bool) {
		for i := range n {
			if !yield(randomDocument(r, i)) {
				return
			}
		}
	})
}

func TestLoad_roundTrip(t *testing.T) {
	for _, n := range []int{0, 1, 64, 900} {
		ix := randomIndex(4, n)
		block, err := ix.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		// Bytes that begin at an odd address have to be read another way.
		odd := append(make([]byte, 1, len(block)+1), block...)[1:]
		for _, b := range [][]byte{slices.Clone(block), odd} {
			loaded, err := Load(b)
			if err != nil {
				t.Fatalf("%d documents: %v", n, err)
			}
			r := rand.New(rand.NewPCG(8, 8))
			for range 60 {
				q := randomQuery(r)
				if got, want := loaded.Search(q), ix.Search(q); !reflect.DeepEqual(got, want) {
					t.Fatalf("%d documents, query %+v: %s", n, q, differ(got, want))
				}
			}
		}
	}
}

// TestOpen_searchesAFileThatIsGone also lets go of the index between searches, so
// that one which is unmapped too early is found out.
func TestOpen_searchesAFileThatIsGone(t *testing.T) {
	for _, n := range []int{0, 1, 900} {
		ix := randomIndex(4, n)
		block, _ := ix.MarshalBinary()
		r := rand.New(rand.NewPCG(8, 8))
		for range 20 {
			path := filepath.Join(t.TempDir(), "index")
			if err := os.WriteFile(path, block, 0o600); err != nil {
				t.Fatal(err)
			}
			loaded, err := Open(path)
			if err != nil {
				t.Fatalf("%d documents: %v", n, err)
			}
			if err := os.Remove(path); err != nil && runtime.GOOS != "windows" {
				t.Error(err)
			}
			q := randomQuery(r)
			got, want := loaded.Search(q), ix.Search(q)
			runtime.GC()
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("%d documents, query %+v: %s", n, q, differ(got, want))
			}
		}
	}
}

func TestOpen_refusesDamage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index")
	if _, err := Open(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	block, _ := randomIndex(4, 20).MarshalBinary()
	for _, damaged := range [][]byte{{}, block[:len(block)/2], append(slices.Clone(block), 0)} {
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path); !errors.Is(err, ErrDamaged) {
			t.Errorf("%d of %d bytes: %v", len(damaged), len(block), err)
		}
	}
}

func TestLoad_refusesDamage(t *testing.T) {
	block, _ := randomIndex(4, 20).MarshalBinary()
	for i := range block {
		damaged := slices.Clone(block)
		damaged[i] ^= 1 << (i % 8)
		if _, err := Load(damaged); !errors.Is(err, ErrDamaged) {
			t.Fatalf("byte %d changed: %v", i, err)
		}
	}
	for n := range len(block) {
		if _, err := Load(block[:n]); !errors.Is(err, ErrDamaged) {
			t.Fatalf("cut to %d bytes: %v", n, err)
		}
	}
}

// TestLoad_refusesWrongLengths gives lengths that go beyond the end, with a
// checksum that is right.
func TestLoad_refusesWrongLengths(t *testing.T) {
	block, _ := randomIndex(4, 20).MarshalBinary()
	for i := range (&Index{}).sections() {
		for _, size := range []uint64{uint64(len(block)), 1 << 40, ^uint64(0)} {
			wrong := slices.Clone(block)
			binary.LittleEndian.PutUint64(wrong[headSize+8*i:], size)
			binary.LittleEndian.PutUint32(wrong[8:], crc32.Checksum(wrong[12:], castagnoli))
			if _, err := Load(wrong); !errors.Is(err, ErrDamaged) {
				t.Errorf("section %d of %d bytes: %v", i, size, err)
			}
		}
	}
}
