package index

import (
	"errors"
	"fmt"
	"os"
	"runtime"

	"github.com/edsrzf/mmap-go"
)

// Open returns the index in a file that holds what [Index.MarshalBinary] returned.
// The file is mapped into memory, so an index of many listings takes up only what
// searches have touched, and the system may have even that back. It must not be
// written to as long as the index is in use; it may be removed. Errors wrap
// [ErrDamaged], or are those of reading.
func Open(path string) (*Index, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("load index: %w", err)
	}
	defer file.Close()
	// Read, not mapped: a page that the checksum alone touches is not to stay.
	if err := verify(file); err != nil {
		return nil, err
	}
	block, err := mmap.Map(file, mmap.RDONLY, 0)
	if err != nil {
		return nil, fmt.Errorf("load index: %w", err)
	}
	ix, err := load(block)
	if err != nil {
		return nil, errors.Join(err, block.Unmap())
	}
	runtime.AddCleanup(ix, func(block mmap.MMap) { _ = block.Unmap() }, block)
	return ix, nil
}
