package bridge

import (
	"encoding/csv"
	"os"
	"slices"
	"time"

	"patchbay/app/wording"
)

// Activity returns what happened, latest first.
func (c *Connections) Activity(f ActivityFilter) (_ []Activity, err error) {
	defer guard(&err)
	ctx, done := c.b.ctx()
	defer done()
	return c.b.activity(ctx, f)
}

// ExportActivity saves what happened as CSV where the person chooses, and
// returns the path; "" when they choose nowhere.
func (c *Connections) ExportActivity(f ActivityFilter) (path string, err error) {
	defer guard(&err)
	ctx, done := c.b.ctx()
	defer done()
	f.Limit = 100_000
	all, err := c.b.activity(ctx, f)
	if err != nil {
		return "", err
	}
	return c.b.save(wording.SaveActivity, "patchbay-activity.csv", func(file *os.File) error {
		// Spreadsheets take a file for Unicode only if it begins like this.
		_, _ = file.WriteString("\ufeff")
		w := csv.NewWriter(file)
		_ = w.Write([]string{"time", "what", "app", "account", "person", "note"}) // Error tells below
		for _, a := range all {
			at := time.UnixMilli(a.At).UTC().Format(time.RFC3339)
			_ = w.Write([]string{at, a.What, cell(a.App), cell(a.Account), cell(a.Person), cell(a.Note)})
		}
		w.Flush()
		return w.Error()
	})
}

// cell keeps a spreadsheet from taking a provider's text for a formula.
func cell(text string) string {
	if text != "" && slices.Contains([]byte("=+-@\t\r"), text[0]) {
		return "'" + text
	}
	return text
}
