package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"patchbay/app/fault"
	"patchbay/app/listing"
)

var _ listing.Store = (*Catalogue)(nil)

// Catalogue is the file of what feeds sent. Losing it costs a download; which
// feeds there are is kept beside it as well. It is safe for concurrent use, and
// reads go on while a feed is taken in.
type Catalogue struct {
	write *sql.DB
	read  *sql.DB // a pool of its own: a transaction that takes minutes holds up nobody
	cards *sql.Stmt
	dir   string
}

const (
	catalogueFile = "catalog.db"
	readers       = 4
)

// OpenCatalogue opens catalog.db in the folder dir. One that is damaged, or that a
// newer version has written, is set aside and made anew with the same feeds, their
// listings to be fetched again; rebuilt says so.
func OpenCatalogue(ctx context.Context, dir string, now func() time.Time) (c *Catalogue, rebuilt bool, err error) {
	c = &Catalogue{dir: dir}
	err = c.open(ctx)
	if errors.Is(err, errDamaged) || errors.Is(err, errNewer) {
		rebuilt = true
		err = c.rebuild(ctx, now)
	}
	if err != nil {
		return nil, rebuilt, err
	}
	return c, rebuilt, nil
}

func (c *Catalogue) open(ctx context.Context) error {
	path := filepath.Join(c.dir, catalogueFile)
	if _, err := os.Stat(path + metDamage); err == nil {
		return errDamaged
	}
	db, err := open(ctx, path, replaceable, nil)
	if err != nil {
		return err
	}
	read, err := reading(path, replaceable)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	c.write, c.read = db, read
	if c.cards, err = read.PrepareContext(ctx, cardsOf); err != nil {
		return errors.Join(unusable("read the listings", err), c.Close())
	}
	return nil
}

// rebuild starts over with the feeds of the old file. Of files set aside only the
// last is kept: they are large, and all that they hold can be fetched again.
func (c *Catalogue) rebuild(ctx context.Context, now func() time.Time) error {
	path := filepath.Join(c.dir, catalogueFile)
	older, err := asides(c.dir)
	if err != nil {
		return err
	}
	if _, err := setAside(path, now()); err != nil {
		return err
	}
	for _, file := range append(older, path+metDamage) {
		if err := os.Remove(file); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fault.Errorf(fault.StorageFailed, "remove an old catalogue: %w", err)
		}
	}
	if err := c.open(ctx); err != nil {
		return err
	}
	return in(ctx, c.write, func(tx *sql.Tx) error {
		for _, f := range recall(c.dir) {
			if err := saveFeed(ctx, tx, f); err != nil {
				return err
			}
		}
		return nil
	})
}

// asides lists catalogues that were set aside earlier.
func asides(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fault.Errorf(fault.StorageFailed, "look for old catalogues: %w", err)
	}
	var found []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), catalogueFile+damagedSuffix) {
			found = append(found, filepath.Join(dir, e.Name()))
		}
	}
	return found, nil
}

// metDamage ends the name of a file that says that damage was met while the
// catalogue was in use, so that the next start sets it aside.
const metDamage = ".damaged"

// noted passes err on, and leaves word when it speaks of damage.
func (c *Catalogue) noted(err error) error {
	if isDamage(err) {
		// Failing to leave word costs no more than meeting the damage again.
		_ = os.WriteFile(filepath.Join(c.dir, catalogueFile+metDamage), nil, 0o600)
	}
	return coded(err)
}

// Close ends all access.
func (c *Catalogue) Close() error { return errors.Join(c.read.Close(), c.write.Close()) }
