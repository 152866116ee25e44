package connection

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/theory/jsonpath"

	"patchbay/app/fault"
	"patchbay/app/oauth"
	"patchbay/app/provider"
)

const (
	callDeadline = 30 * time.Second
	callLimit    = 5 << 20 // bytes of an answer that are read
)

// callClient is lent's transport under our own rules: a deadline, and no
// following of redirects, because Go would send headers along to other hosts.
func callClient(lent *http.Client) *http.Client {
	return &http.Client{
		Transport: lent.Transport,
		Timeout:   callDeadline,
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		},
	}
}

// reply is an answer of a provider's API.
type reply struct {
	status int
	header http.Header
	body   any // decoded JSON; nil when there was none
}

// callError is a call that was answered with a refusal.
type callError struct {
	status     int
	challenge  string // error code of the WWW-Authenticate header, RFC 6750
	retryAfter time.Duration
	failed     bool // a 200 that is a failure
}

func (e *callError) Error() string {
	if e.failed {
		return "the provider answered 200 with an error inside"
	}
	text := "the provider answered " + strconv.Itoa(e.status)
	if e.challenge != "" {
		text += " " + e.challenge
	}
	return text
}

// call makes the request of a listing with the connection's tokens. The
// addresses it goes to are those that the person saw when connecting.
func (s *Service) call(ctx context.Context, c Connection, tokens Tokens, r provider.Request) (reply, error) {
	return s.send(ctx, c, tokens, nil, r)
}

// send is call with further values for the request's places. Only a revocation
// has secrets among them.
func (s *Service) send(ctx context.Context, c Connection, tokens Tokens, more map[string]string, r provider.Request) (reply, error) {
	request, err := build(ctx, c, tokens, more, r)
	if err != nil {
		return reply{}, err
	}
	response, err := s.calls.Do(request)
	if err != nil {
		return reply{}, transportFault(c.App.Slug, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, callLimit))
	if err != nil {
		return reply{}, fault.Errorf(fault.Unavailable, "read the answer of %s: the connection broke", c.App.Slug)
	}
	out := reply{status: response.StatusCode, header: response.Header}
	_ = json.Unmarshal(body, &out.body) // an answer that is not JSON has no values
	return out, judge(out, r, s.Now())
}

// build fills r in. Secrets are added last, so that no template can move them.
func build(ctx context.Context, c Connection, tokens Tokens, more map[string]string, r provider.Request) (*http.Request, error) {
	fill := filler{values: places(c.Variables)}
	maps.Copy(fill.values, more)
	address := fill.url(r.URL)
	body := fill.with(r.Body, bodySafe(r.ContentType))
	headers := fill.each(r.Headers)
	common := fill.each(c.App.Provider.APIAuth.Headers)
	if fill.err != nil {
		return nil, fill.err
	}
	request, err := http.NewRequestWithContext(ctx, r.Method, address, strings.NewReader(body))
	if err != nil || !c.App.Provider.HostAllowed(request.URL.Hostname()) {
		return nil, fault.Errorf(fault.Untrusted, "a call of %s is not on a host that the listing declares", c.App.Slug)
	}
	if request.URL.Scheme != "https" && !c.App.Sandbox {
		return nil, fault.Errorf(fault.Untrusted, "a call of %s is not over https", c.App.Slug)
	}
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", ClientName)
	if body != "" {
		request.Header.Set("Content-Type", firstOf(r.ContentType, "application/json"))
	}
	for _, set := range []map[string]string{common, headers} {
		for name, value := range set {
			request.Header.Set(name, value)
		}
	}
	switch r.Auth {
	case "none":
	case "basic_client":
		request.SetBasicAuth(more["client_id"], more["client_secret"])
	default:
		authorize(request, c.App.Provider.APIAuth, tokens.Access)
	}
	return request, nil
}

// revocationPlaces are the values that only the request of a revocation may use.
func revocationPlaces(tokens Tokens, client oauth.Client) map[string]string {
	return map[string]string{
		"token":         firstOf(tokens.Refresh.Reveal(), tokens.Access.Reveal()),
		"access_token":  tokens.Access.Reveal(),
		"refresh_token": tokens.Refresh.Reveal(),
		"client_id":     client.ID,
		"client_secret": client.Secret.Reveal(),
	}
}

func usesClient(r provider.Request) bool {
	places := slices.Concat(provider.Places(r.URL), provider.Places(r.Body))
	return slices.Contains(places, "client_id") || slices.Contains(places, "client_secret")
}

// bodySafe returns how a value is written into a body of that type.
func bodySafe(contentType string) func(string) string {
	if strings.HasPrefix(contentType, "application/x-www-form-urlencoded") {
		return url.QueryEscape
	}
	return jsonSafe
}

// authorize adds the access token or key as the provider wants it.
func authorize(request *http.Request, auth provider.APIAuth, access oauth.Secret) {
	token := access.Reveal()
	switch auth.In {
	case "query":
		query := request.URL.Query()
		query.Set(auth.Name, token)
		request.URL.RawQuery = query.Encode()
	case "basic":
		pair := strings.ReplaceAll(firstOf(auth.Template, "{{token}}:"), "{{token}}", token)
		request.Header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(pair)))
	case "none":
	default:
		prefix := "Bearer "
		if auth.Prefix != nil {
			prefix = *auth.Prefix
		}
		request.Header.Set(firstOf(auth.Name, "Authorization"), prefix+token)
	}
}

// judge turns an answer that is not a success into an error.
func judge(r reply, asked provider.Request, now time.Time) error {
	switch {
	case r.status >= 200 && r.status < 300:
		if asked.Failed != "" && r.has(asked.Failed) {
			return &callError{status: r.status, failed: true}
		}
		return nil
	default:
		return &callError{status: r.status, challenge: challenge(r.header), retryAfter: retryAfter(r.header, now)}
	}
}

// challenge reads the error code of a Bearer challenge (RFC 6750 §3).
func challenge(h http.Header) string {
	_, rest, ok := strings.Cut(h.Get("WWW-Authenticate"), " ")
	if !ok {
		return ""
	}
	_, parameters, err := mime.ParseMediaType("x/x; " + strings.ReplaceAll(rest, ",", ";"))
	if err != nil || len(parameters["error"]) > 60 {
		return ""
	}
	return parameters["error"]
}

// retryAfter reads the Retry-After header (RFC 9110 §10.2.3), at most a day.
func retryAfter(h http.Header, now time.Time) time.Duration {
	value := h.Get("Retry-After")
	wait := time.Duration(0)
	if seconds, err := strconv.Atoi(value); err == nil {
		wait = time.Duration(seconds) * time.Second
	} else if at, err := http.ParseTime(value); err == nil {
		wait = at.Sub(now)
	}
	return min(max(wait, 0), 24*time.Hour)
}

// has reports whether path selects anything in the answer.
func (r reply) has(path string) bool {
	p, err := jsonpath.Parse(path)
	return err == nil && len(p.Select(r.body)) > 0
}

// text returns the value at path as text; nothing there is "".
func (r reply) text(path string) (string, error) {
	p, err := jsonpath.Parse(path)
	if err != nil {
		return "", fault.Errorf(fault.Internal, "path %q: %w", path, err)
	}
	for value := range p.Select(r.body).All() {
		switch v := value.(type) {
		case string:
			return clean(v), nil
		case float64:
			return strconv.FormatFloat(v, 'f', -1, 64), nil
		case bool:
			return strconv.FormatBool(v), nil
		}
	}
	return "", nil
}

// joined reads paths and {{variables.name}} places joined with " + ".
func (r reply) joined(expression string, variables map[string]string) string {
	var parts []string
	for _, part := range strings.Split(expression, " + ") {
		value := ""
		if strings.HasPrefix(part, "$") {
			value, _ = r.text(part)
		} else if part != "" {
			value, _ = provider.Expand(part, places(variables), func(v string) string { return v })
		}
		if value != "" {
			parts = append(parts, value)
		}
	}
	return strings.Join(parts, " / ")
}

// transportFault hides the address, whose query may be secret, and keeps the kind.
func transportFault(slug string, err error) error {
	if code := fault.CodeOf(err); code == fault.Timeout || code == fault.Canceled {
		return fault.Errorf(code, "call %s: no answer in time", slug)
	}
	var e *url.Error
	if ok := asURLError(err, &e); ok && e.Timeout() {
		return fault.Errorf(fault.Timeout, "call %s: no answer in time", slug)
	}
	return fault.Errorf(fault.Unavailable, "call %s: no connection to the provider", slug)
}

// jsonSafe makes a value safe inside a JSON string.
func jsonSafe(value string) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(value) != nil {
		return ""
	}
	return strings.Trim(strings.TrimSuffix(b.String(), "\n"), `"`)
}
