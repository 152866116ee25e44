package desktop

import (
	"os"
	"path/filepath"
)

func browsers() []string {
	var found []string
	for _, base := range []string{os.Getenv("ProgramFiles"), os.Getenv("ProgramFiles(x86)"), os.Getenv("LocalAppData")} {
		if base == "" {
			continue // a relative path would run what lies in the working folder
		}
		for _, program := range []string{
			`Google\Chrome\Application\chrome.exe`, `Microsoft\Edge\Application\msedge.exe`,
			`BraveSoftware\Brave-Browser\Application\brave.exe`, `Chromium\Application\chrome.exe`,
			`Vivaldi\Application\vivaldi.exe`,
		} {
			found = append(found, filepath.Join(base, program))
		}
	}
	return found
}
