package connection

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

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

// call makes the request of a listing with the connection's tokens. The hosts
// that it may go to are those that the person saw when connecting.
func (s *Service) call(ctx context.Context, c Connection, tokens Tokens, r provider.Request) (reply, error) {
	client := oauth.Client{}
	if r.ShowsClient() || (provider.Request{Headers: c.App.Provider.APIAuth.Headers}).ShowsClient() {
		var err error
		if _, client, err = s.endpointAndClient(ctx, c.App, c.Variables, tokens); err != nil {
			return reply{}, err
		}
	}
	return s.send(ctx, c, tokens, map[string]string{"client_id": client.ID}, r)
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
		return reply{}, transportFault(c.App.Slug, err)
	}
	out := reply{status: response.StatusCode, header: response.Header}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()           // ids may be longer than a float holds
	_ = decoder.Decode(&out.body) // an answer that is not JSON has no values
	return out, judge(out, r, c.App.Provider.Response.Error, s.Now())
}

// build fills r in. Secrets are added last, so that no template can move them.
func build(ctx context.Context, c Connection, tokens Tokens, more map[string]string, r provider.Request) (*http.Request, error) {
	values := places(c.Variables, tokens)
	allowed := reached(c.App.Provider, values)
	maps.Copy(values, more)
	fill := filler{values: values}
	address := fill.url(r.URL)
	body := fill.with(r.Body, bodySafe(r.ContentType))
	headers := fill.each(c.App.Provider.APIAuth.Headers)
	maps.Copy(headers, fill.each(r.Headers))
	if fill.err != nil {
		return nil, fill.err
	}
	request, err := http.NewRequestWithContext(ctx, r.Method, address, strings.NewReader(body))
	if err != nil || !allowed.HostAllowed(request.URL.Hostname()) {
		return nil, fault.Errorf(fault.Untrusted, "a call of %s is not on a host that the listing declares", c.App.Slug)
	}
	if request.URL.Scheme != "https" && !(c.App.Sandbox && onThisMachine(request.URL)) {
		return nil, fault.Errorf(fault.Untrusted, "a call of %s is not over https", c.App.Slug)
	}
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", ClientName)
	if body != "" {
		request.Header.Set("Content-Type", firstOf(r.ContentType, "application/json"))
	}
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	return request, authorize(request, r.Auth, c.App.Provider.APIAuth, tokens, values)
}

func onThisMachine(u *url.URL) bool {
	ip := net.ParseIP(u.Hostname())
	return ip != nil && ip.IsLoopback()
}

// bodySafe returns how a value is written into a body of that type.
func bodySafe(contentType string) func(string) string {
	if strings.HasPrefix(contentType, "application/x-www-form-urlencoded") {
		return url.QueryEscape
	}
	return jsonSafe
}

// jsonSafe makes a value safe inside a JSON string.
func jsonSafe(value string) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(value) != nil {
		return ""
	}
	quoted := strings.TrimSuffix(b.String(), "\n")
	return quoted[1 : len(quoted)-1]
}

// authorize adds the access token or key as the provider wants it, or what the
// request has in its place.
func authorize(request *http.Request, instead string, auth provider.APIAuth, tokens Tokens, values map[string]string) error {
	token := tokens.Access.Reveal()
	switch {
	case instead == "none" || auth.In == "none":
	case instead == "basic_client":
		request.SetBasicAuth(values["client_id"], values["client_secret"])
	case auth.In == "query":
		query := request.URL.Query()
		query.Set(auth.Name, token)
		request.URL.RawQuery = query.Encode()
	case auth.In == "basic":
		values := maps.Clone(values)
		values["token"] = token
		fill := filler{values: values}
		pair := fill.with(firstOf(auth.Template, "{{token}}:"), func(v string) string { return v })
		request.Header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(pair)))
		return fill.err
	default:
		prefix := "Bearer "
		if auth.Prefix != nil {
			prefix = *auth.Prefix
		}
		request.Header.Set(firstOf(auth.Name, "Authorization"), prefix+token)
	}
	return nil
}

// transportFault hides the address, whose query may be secret, and keeps the kind.
func transportFault(slug string, err error) error {
	var timeout net.Error
	switch {
	case errors.Is(err, context.Canceled):
		return fault.Errorf(fault.Canceled, "call %s: stopped here", slug)
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return fault.Errorf(fault.Timeout, "call %s: no answer in time", slug)
	}
	return fault.Errorf(fault.Unavailable, "call %s: no connection to the provider", slug)
}
