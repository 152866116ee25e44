package app

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
	"time"

	"patchbay/app/desktop"
	"patchbay/app/fault"
	"patchbay/app/listing"
	"patchbay/app/sqlite"
	"patchbay/app/wording"
)

// Sentence says, for the terminal, why Patchbay cannot open its window and what
// to do about it. The language is $PATCHBAY_LANG or the session's.
func Sentence(err error) string {
	language := os.Getenv("PATCHBAY_LANG")
	if language == "" {
		language = SystemLanguage()
	}
	dir, _ := desktop.DataFolder() // "" says less, but still says it
	args := wording.Args{"Folder": dir, "Reason": err.Error()}
	id := wording.StartFailed
	switch code := fault.CodeOf(err); {
	case sqlite.IsNewer(err):
		id = wording.StartWorkspaceNewer
	case errors.Is(err, desktop.ErrNoDisplay):
		id = wording.StartNoDisplay
	case errors.Is(err, syscall.ENOSPC):
		id = wording.StartDiskFull
	case code == fault.Conflict:
		id = wording.StartAlreadyRunning
	case code == fault.StorageFailed:
		id = wording.StartDataFolder
	}
	return wording.New(time.Local).Say(language, id, args)
}

// CheckListings prints what is wrong with each listing file, one problem a line as
// FILE:LINE: so that editors can jump to it, and returns the exit
// code: 0 when all are good, 1 when one is not, 2 when one cannot be read or none
// is named.
func CheckListings(w io.Writer, files []string) int {
	code := 0
	if len(files) == 0 {
		fmt.Fprintln(w, "usage: patchbay check-listing FILE...")
		return 2
	}
	for _, file := range files {
		document, err := os.ReadFile(file)
		if err != nil {
			fmt.Fprintln(w, err)
			code = 2
			continue
		}
		problems := listing.Check(document)
		for _, p := range problems {
			fmt.Fprintf(w, "%s:%d: %s\n", file, cmp.Or(p.Line, listing.Line(document, p.Path)), p)
		}
		switch {
		case len(problems) > 0:
			code = max(code, 1)
		default:
			fmt.Fprintf(w, "%s: good\n", file)
		}
	}
	return code
}
