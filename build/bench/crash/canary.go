package crash

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// start of a secret by which it is recognised; no secret is shorter.
const known = 12

// search looks for every secret in every file of the folder: databases with their
// journals, logs, temporary files, what the program said.
func (m *matrix) search() error {
	secrets, err := m.secrets()
	if err != nil {
		return err
	}
	w := newWatch(secrets)
	m.tally.Secrets, m.tally.Bytes = len(secrets), 0
	return filepath.WalkDir(m.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || strings.HasPrefix(d.Name(), keychainFile) {
			return err
		}
		data, err := os.ReadFile(path)
		m.tally.Bytes += len(data)
		for _, secret := range w.in(data) {
			m.tally.Found++
			m.tally.Trouble = append(m.tally.Trouble, fmt.Sprintf("round %d: %.*s… is in %s", m.tally.Rounds, known, secret, path))
		}
		return err
	})
}

// secrets are the provider's and the key that the keychain holds.
func (m *matrix) secrets() ([]string, error) {
	all := m.provider.known()
	text, err := os.ReadFile(filepath.Join(m.dir, keychainFile))
	if err != nil {
		return all, err
	}
	items := map[string]string{}
	err = json.Unmarshal(text, &items)
	for _, secret := range items {
		all = append(all, secret)
	}
	return all, err
}

// watch finds any of many secrets in one pass.
type watch struct {
	first [1 << 16]bool // the first two bytes of a secret
	begin map[[known]byte][]string
}

func newWatch(secrets []string) *watch {
	w := &watch{begin: map[[known]byte][]string{}}
	for _, s := range secrets {
		if len(s) < known {
			continue // an empty one was never given
		}
		w.first[uint16(s[0])<<8|uint16(s[1])] = true
		begin := [known]byte([]byte(s))
		w.begin[begin] = append(w.begin[begin], s)
	}
	return w
}

func (w *watch) in(data []byte) (found []string) {
	for i := 0; i+known <= len(data); i++ {
		if !w.first[uint16(data[i])<<8|uint16(data[i+1])] {
			continue
		}
		for _, s := range w.begin[[known]byte(data[i:])] {
			if strings.HasPrefix(string(data[i:min(len(data), i+len(s))]), s) {
				found = append(found, s)
			}
		}
	}
	return found
}
