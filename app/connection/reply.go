package connection

import (
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/theory/jsonpath"

	"patchbay/app/fault"
	"patchbay/app/provider"
)

// reply is an answer of a provider's API.
type reply struct {
	status int
	header http.Header
	body   any // decoded JSON; nil when there was none
}

// callError is a call that was answered with a refusal. Its text holds nothing
// that the provider wrote, except a code that looks like one.
type callError struct {
	// status is the answer's, or for a failure inside a 200 the one it should
	// have had.
	status     int
	code       string // the provider's error code; "" for none
	retryAfter time.Duration
}

func (e *callError) Error() string {
	text := "the provider answered " + strconv.Itoa(e.status)
	if e.code != "" {
		text += " " + e.code
	}
	return text
}

// answered returns the refusal in err, or nil.
func answered(err error) *callError {
	var refusal *callError
	if errors.As(err, &refusal) {
		return refusal
	}
	return nil
}

// refused reports whether the provider did not take the token.
func refused(err error) bool {
	refusal := answered(err)
	return refusal != nil && refusal.status == http.StatusUnauthorized
}

// insideStatus gives error codes that come inside a 200 the status that they mean;
// they are Slack's, the best known API of this kind, and RFC 6750's.
var insideStatus = map[string]int{
	"invalid_auth": 401, "not_authed": 401, "token_expired": 401, "token_revoked": 401, "invalid_token": 401,
	"account_inactive": 401, "missing_scope": 403, "insufficient_scope": 403, "no_permission": 403,
	"ratelimited": 429, "rate_limited": 429,
}

// judge turns an answer that is not a success into an error. errorPath is where
// a failure inside a 200 says its code; "" is $.error.
func judge(r reply, asked provider.Request, errorPath string, now time.Time) error {
	e := &callError{status: r.status, retryAfter: retryAfter(r.header, now)}
	switch {
	case r.status >= 200 && r.status < 300:
		if asked.Failed == "" || !r.has(asked.Failed) {
			return nil
		}
		code := r.text(firstOf(errorPath, "$.error"))
		e.code, e.status = cleanCode(code), http.StatusBadGateway
		if status, ok := insideStatus[e.code]; ok {
			e.status = status
		}
	default:
		e.code = challenge(r.header)
	}
	return fault.Errorf(e.fault(), "%w", e)
}

func (e *callError) fault() fault.Code {
	switch e.status {
	case http.StatusUnauthorized:
		return fault.SignInNeeded
	case http.StatusForbidden:
		return fault.Forbidden
	case http.StatusTooManyRequests:
		return fault.RateLimited
	}
	return fault.Unavailable
}

// challenge reads the error code of a Bearer challenge (RFC 6750 §3).
func challenge(h http.Header) string {
	_, rest, ok := strings.Cut(h.Get("WWW-Authenticate"), " ")
	if !ok {
		return ""
	}
	_, parameters, err := mime.ParseMediaType("x/x; " + strings.ReplaceAll(rest, ",", ";"))
	if err != nil {
		return ""
	}
	return cleanCode(parameters["error"])
}

// cleanCode keeps what looks like an error code and nothing else.
func cleanCode(text string) string {
	if len(text) > 60 || slices.ContainsFunc([]rune(text), func(r rune) bool {
		return r != '_' && r != '-' && r != '.' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	}) {
		return ""
	}
	return text
}

// longestPatience is the longest wait that a provider may ask for.
const longestPatience = 24 * time.Hour

// retryAfter reads the Retry-After header (RFC 9110 §10.2.3), at most a day.
func retryAfter(h http.Header, now time.Time) time.Duration {
	value := strings.TrimSpace(h.Get("Retry-After"))
	wait := time.Duration(0)
	if seconds, err := strconv.Atoi(value); err == nil {
		wait = time.Duration(min(seconds, int(longestPatience/time.Second))) * time.Second
	} else if at, err := http.ParseTime(value); err == nil {
		wait = at.Sub(now)
	}
	return min(max(wait, 0), longestPatience)
}

// has reports whether path selects anything in the answer.
func (r reply) has(path string) bool {
	p, err := jsonpath.Parse(path)
	return err == nil && len(p.Select(r.body)) > 0
}

// text returns the first value at path as cleaned text; nothing there is "".
func (r reply) text(path string) string { return firstOf(r.texts(path)...) }

// texts returns every value at path as cleaned text, "" for one that has none. A
// path that cannot be read selects nothing: the listing's check has refused it.
func (r reply) texts(path string) []string {
	p, err := jsonpath.Parse(path)
	if err != nil {
		return nil
	}
	var texts []string
	for value := range p.Select(r.body).All() {
		switch v := value.(type) {
		case string:
			texts = append(texts, clean(v))
		case json.Number:
			texts = append(texts, v.String())
		case bool:
			texts = append(texts, strconv.FormatBool(v))
		default:
			texts = append(texts, "")
		}
	}
	return texts
}

// identity reads whose account answered.
func (r reply) identity(where provider.Identity, values map[string]string) account {
	return account{ID: r.joined(where.ID, values), Name: r.joined(where.Name, values)}
}

// joined reads paths and {{variables.name}} places joined with " + ". A path may
// hold such places too, in quotes.
func (r reply) joined(expression string, values map[string]string) string {
	var parts []string
	for _, part := range strings.Split(expression, " + ") {
		value, _ := provider.Expand(part, values, func(v string) string { return v })
		if strings.HasPrefix(part, "$") {
			path, _ := provider.Expand(part, values, quotedSafe)
			value = r.text(path)
		}
		if value != "" {
			parts = append(parts, value)
		}
	}
	return strings.Join(parts, " / ")
}

// quotedSafe makes a value safe inside the quotes of a JSONPath (RFC 9535 §2.3.1).
func quotedSafe(value string) string {
	return strings.NewReplacer(`\`, `\\`, `'`, `\'`, `"`, `\"`).Replace(value)
}
