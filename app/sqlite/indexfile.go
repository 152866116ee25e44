package sqlite

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"patchbay/app/fault"
)

// indexFiles is what the files beside the catalogue are called that hold a search
// index. The catalogue names the one that counts, so that it changes and goes in
// one transaction with the listings; any other is what a kill has left.
const indexFiles = "search-*.index"

// Index implements listing.IndexStore.
func (c *Catalogue) Index(ctx context.Context) (stamp, path string, err error) {
	err = c.read.QueryRowContext(ctx, `SELECT stamp, file FROM search_index`).Scan(&stamp, &path)
	return stamp, filepath.Join(c.dir, path), c.noted(err)
}

// SaveIndex implements listing.IndexStore.
func (c *Catalogue) SaveIndex(ctx context.Context, stamp string, data []byte) error {
	file, err := os.CreateTemp(c.dir, indexFiles)
	if err != nil {
		return fault.Errorf(fault.StorageFailed, "store the search index: %w", err)
	}
	name := filepath.Base(file.Name())
	defer c.removeIndexes(ctx)
	// Not brought to the disk at once: what a power cut tears is found out by whoever
	// opens it, and made again.
	if _, err := file.Write(data); err != nil {
		return fault.Errorf(fault.StorageFailed, "store the search index: %w", errors.Join(err, file.Close()))
	}
	if err := file.Close(); err != nil {
		return fault.Errorf(fault.StorageFailed, "store the search index: %w", err)
	}
	_, err = c.write.ExecContext(ctx, `
		INSERT INTO search_index (id, stamp, file)
		VALUES (1, $1, $2)
		ON CONFLICT (id) DO UPDATE SET stamp = excluded.stamp, file = excluded.file`, stamp, name)
	return c.noted(err)
}

// removeIndexes removes all index files but the one that counts. One that is in
// use can stay on some systems; the next time takes it along.
func (c *Catalogue) removeIndexes(ctx context.Context) {
	_, current, err := c.Index(ctx)
	if err != nil && fault.CodeOf(err) != fault.NotFound {
		return
	}
	files, _ := filepath.Glob(filepath.Join(c.dir, indexFiles))
	for _, file := range files {
		if file != current {
			_ = os.Remove(file)
		}
	}
}
