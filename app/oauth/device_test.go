package oauth_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"patchbay/app/fault"
	"patchbay/app/oauth"
	"patchbay/app/oauth/oauthtest"
)

// direct hands requests to a server without a network, so that time in a
// synctest bubble can pass.
type direct struct{ handler http.Handler }

func (d direct) RoundTrip(r *http.Request) (*http.Response, error) {
	answered := make(chan *http.Response, 1)
	go func() {
		w := httptest.NewRecorder()
		d.handler.ServeHTTP(w, r)
		answered <- w.Result()
	}()
	select {
	case resp := <-answered:
		return resp, nil
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
}

// polled runs one device sign-in in a bubble and returns when it was asked.
func polled(t *testing.T, run func(s *oauthtest.Server, p *oauth.Protocol) error) (asked []time.Duration, err error) {
	t.Helper()
	s := oauthtest.New(t)
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		note := func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == oauthtest.Token {
				asked = append(asked, time.Since(start))
			}
			s.Config.Handler.ServeHTTP(w, r)
		}
		p := protocolWith(oauth.Options{HTTP: &http.Client{Transport: direct{http.HandlerFunc(note)}}})
		err = run(s, p)
	})
	return asked, err
}

func startDevice(s *oauthtest.Server, p *oauth.Protocol) (*oauth.DeviceAttempt, error) {
	return p.StartDevice(context.Background(), providerOf(s), clientOf(s), []string{"a"})
}

func seconds(n ...int) (d []time.Duration) {
	for _, s := range n {
		d = append(d, time.Duration(s)*time.Second)
	}
	return d
}

func TestV09_PollsAtTheProvidersPace(t *testing.T) {
	asked, err := polled(t, func(s *oauthtest.Server, p *oauth.Protocol) error {
		d, err := startDevice(s, p)
		if err != nil {
			return err
		}
		if d.UserCode != "WDJB-MJHT" || d.VerificationURI != s.URL+"/activate" || d.Host() != s.Host() ||
			d.VerificationURIComplete == "" || time.Until(d.Expires) != 10*time.Minute {
			t.Errorf("got %q %q %q %s", d.UserCode, d.VerificationURI, d.VerificationURIComplete, d.Expires)
		}
		pending := oauthtest.Failure(400, "authorization_pending")
		slower := oauthtest.Failure(400, "slow_down")
		// Every fault keeps the pace or slows it, and never for the last time only.
		s.Next(oauthtest.Token, pending, slower, pending, oauthtest.Body(503, "text/html", ""), pending)
		s.Decide("approved")
		g, err := d.Wait(context.Background())
		if err == nil && !s.Alive(g.AccessToken.Reveal()) {
			t.Error("the token does not work")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := seconds(5, 10, 20, 30, 50, 70); !slices.Equal(asked, want) {
		t.Errorf("asked at %s, want %s", asked, want)
	}
}

func TestV09_Endings(t *testing.T) {
	tests := []struct {
		name string
		set  func(s *oauthtest.Server)
		kind oauth.Kind
		code fault.Code
		asks int
	}{
		{"declined", func(s *oauthtest.Server) { s.Decide("denied") }, oauth.Denied, fault.Denied, 1},
		{"expired there", func(s *oauthtest.Server) { s.Next(oauthtest.Token, oauthtest.Failure(400, "expired_token")) }, oauth.Expired, fault.Timeout, 1},
		{"expired here", func(*oauthtest.Server) {}, oauth.Expired, fault.Timeout, 119},
		{"refused", func(s *oauthtest.Server) { s.Next(oauthtest.Token, oauthtest.Failure(401, "invalid_client")) }, oauth.InvalidClient, fault.ClientMisconfigured, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			asked, err := polled(t, func(s *oauthtest.Server, p *oauth.Protocol) error {
				d, err := startDevice(s, p)
				if err != nil {
					return err
				}
				tt.set(s)
				_, err = d.Wait(context.Background())
				return err
			})
			wantError(t, err, tt.kind, tt.code)
			if len(asked) != tt.asks {
				t.Errorf("asked %d times, want %d", len(asked), tt.asks)
			}
		})
	}
}

func TestV09_CancelStopsAtOnce(t *testing.T) {
	asked, err := polled(t, func(s *oauthtest.Server, p *oauth.Protocol) error {
		d, err := startDevice(s, p)
		if err != nil {
			return err
		}
		ctx, cancel := context.WithTimeout(context.Background(), 12*time.Second)
		defer cancel()
		began := time.Now()
		_, err = d.Wait(ctx)
		if took := time.Since(began); took != 12*time.Second {
			t.Errorf("Wait ended after %s", took)
		}
		return err
	})
	wantError(t, err, oauth.Closed, fault.Timeout)
	if len(asked) != 2 {
		t.Errorf("asked %d times, want 2", len(asked))
	}
}

func TestV09_OnlyTheListingsHostIsShown(t *testing.T) {
	for name, body := range map[string]string{
		"other host":            `{"device_code":"d","user_code":"u","verification_uri":"https://evil.example/a"}`,
		"other host, with code": `{"device_code":"d","user_code":"u","verification_uri":"SELF/a","verification_uri_complete":"https://evil.example/a"}`,
		"not a page":            `{"device_code":"d","user_code":"u","verification_uri":"javascript:alert(1)"}`,
	} {
		t.Run(name, func(t *testing.T) {
			s := oauthtest.New(t)
			s.Next(oauthtest.Device, func(w http.ResponseWriter, r *http.Request) {
				oauthtest.JSON(replaceSelf(body, s.URL))(w, r)
			})
			_, err := startDevice(s, protocolWith(oauth.Options{}))
			wantError(t, err, oauth.Untrusted, fault.Untrusted)
		})
	}
}

func TestV09_AnswersWithoutACode(t *testing.T) {
	for _, body := range []string{`{}`, `{"device_code":"d","verification_uri":"SELF/a"}`, `{"user_code":"u","verification_uri":"SELF/a"}`, `{"device_code":"d","user_code":"u"}`} {
		s := oauthtest.New(t)
		s.Next(oauthtest.Device, oauthtest.JSON(replaceSelf(body, s.URL)))
		_, err := startDevice(s, protocolWith(oauth.Options{}))
		wantError(t, err, oauth.NotJSON, fault.Unavailable)
	}
}
