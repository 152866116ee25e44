package desktop

import (
	"encoding/xml"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// programs are paths that a person may have chosen.
var programs = []string{
	"/usr/bin/patchbay", "/opt/My Apps/patchbay", `/opt/50% "off"/$HOME/` + "`id`" + `/a\b/patchbay`, "/opt/żółw & <b>/patchbay",
}

// What the escapes must undo: first those of every string, then the quotes, then
// field codes (Desktop Entry Specification, "The Exec key").
func readExec(t *testing.T, line string) []string {
	t.Helper()
	text := strings.ReplaceAll(line, `\\`, `\`)
	var words []string
	var word strings.Builder
	quoted := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			quoted = !quoted
		case c == '\\' && quoted:
			i++
			word.WriteByte(text[i])
		case c == '%' && i+1 < len(text) && text[i+1] == '%':
			i++
			word.WriteByte('%')
		case c == ' ' && !quoted:
			words = append(words, word.String())
			word.Reset()
		default:
			word.WriteByte(c)
		}
	}
	return append(words, word.String())
}

func TestDesktopEntry_startsTheProgramHidden(t *testing.T) {
	for _, program := range programs {
		entry := desktopEntry(program)
		for line := range strings.Lines(entry) {
			exec, is := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "Exec=")
			if !is {
				continue
			}
			if words := readExec(t, exec); len(words) != 2 || words[0] != program || words[1] != "--background" {
				t.Errorf("Exec=%s means %q, want %q hidden", exec, words, program)
			}
		}
		if switchedOff(entry) {
			t.Errorf("a fresh entry is off:\n%s", entry)
		}
	}
}

// The tool that distributions check entries with has the last word, if it is here.
func TestDesktopEntry_isValid(t *testing.T) {
	tool, err := exec.LookPath("desktop-file-validate")
	if err != nil {
		t.Skip("desktop-file-validate is not installed")
	}
	for _, program := range programs {
		path := filepath.Join(t.TempDir(), "a.desktop")
		if err := os.WriteFile(path, []byte(desktopEntry(program)), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(tool, path).CombinedOutput(); err != nil {
			t.Errorf("%s: %s", program, out)
		}
	}
}

func TestSwitchedOff(t *testing.T) {
	tests := map[string]bool{
		"[Desktop Entry]\nName=x\n":                              false,
		"[Desktop Entry]\nHidden=true\n":                         true,
		"[Desktop Entry]\nHidden = true":                         true,
		"[Desktop Entry]\nHidden=false\n":                        false,
		"[Desktop Entry]\nX-GNOME-Autostart-enabled=false\r\n":   true,
		"[Desktop Entry]\nX-GNOME-Autostart-enabled=true\n":      false,
		"[Desktop Entry]\nComment=Hidden=true means not started": false,
	}
	for entry, want := range tests {
		if got := switchedOff(entry); got != want {
			t.Errorf("switchedOff(%q) = %v, want %v", entry, got, want)
		}
	}
}

func TestLaunchAgent_startsTheProgramHidden(t *testing.T) {
	for _, program := range programs {
		var texts []string
		d := xml.NewDecoder(strings.NewReader(launchAgent(program)))
		for {
			token, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if text, is := token.(xml.CharData); is && strings.TrimSpace(string(text)) != "" {
				texts = append(texts, string(text))
			}
		}
		want := "Label|app.patchbay.Patchbay|ProgramArguments|" + program + "|--background|RunAtLoad|ProcessType|Interactive"
		if got := strings.Join(texts, "|"); got != want {
			t.Errorf("the agent says %s, want %s", got, want)
		}
	}
}

func TestRunCommand(t *testing.T) {
	if got, want := runCommand(`C:\Program Files\Patchbay\patchbay.exe`), `"C:\Program Files\Patchbay\patchbay.exe" --background`; got != want {
		t.Errorf("runCommand = %s, want %s", got, want)
	}
}
