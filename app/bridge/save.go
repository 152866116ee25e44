package bridge

import (
	"os"

	"patchbay/app/fault"
)

// save writes a file where the person chooses, asked with the words that id names.
func (b *Bridge) save(id, name string, write func(*os.File) error) (string, error) {
	path, err := b.frame().Save(b.Words.Say(b.Language(), id, nil), name)
	if err != nil || path == "" {
		return "", err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return "", fault.Errorf(fault.StorageFailed, "save the file: %w", err)
	}
	if err := write(file); err != nil {
		_ = file.Close()
		return "", fault.Errorf(fault.StorageFailed, "save the file: %w", err)
	}
	if err := file.Close(); err != nil {
		return "", fault.Errorf(fault.StorageFailed, "save the file: %w", err)
	}
	return path, nil
}
