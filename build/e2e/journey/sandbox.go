package journey

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

// control is the JSON side of the sandbox's control page.
const control = "http://127.0.0.1:47600/control/api"

var web = &http.Client{Timeout: 10 * time.Second}

// Command breaks or mends the app at the sandbox ("revoke", "answer-503",
// "mend" and the like); it is in force when Command returns.
func Command(action string) error {
	body, err := json.Marshal(map[string]string{"app": Slug, "action": action})
	if err != nil {
		return err
	}
	answer, err := web.Post(control, "application/json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(io.LimitReader(answer.Body, 500))
		return fmt.Errorf("%s at the sandbox: %s: %s", action, answer.Status, text)
	}
	return nil
}

// Grants counts the sandbox's grants for the app.
func Grants() (int, error) {
	answer, err := web.Get(control)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	var state struct {
		Apps []struct {
			App    string            `json:"app"`
			Grants []json.RawMessage `json:"grants"`
		} `json:"apps"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&state); err != nil {
		return 0, err
	}
	for _, a := range state.Apps {
		if a.App == Slug {
			return len(a.Grants), nil
		}
	}
	return 0, fmt.Errorf("the sandbox knows no %s", Slug)
}
