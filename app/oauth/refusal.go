package oauth

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// kinds gives error codes their kind: those of RFC 6749, 6750, 7009 and 8628,
// and spellings of the same that providers are known to use.
var kinds = map[string]Kind{
	"access_denied":                Denied,
	"user_denied":                  Denied,
	"admin_policy_enforced":        AdminApproval,
	"admin_approval_required":      AdminApproval,
	"admin_consent_required":       AdminApproval,
	"approval_required":            AdminApproval,
	"invalid_grant":                InvalidGrant,
	"invalid_token":                InvalidGrant,
	"invalid_code":                 InvalidGrant,
	"code_already_used":            InvalidGrant,
	"code_expired":                 InvalidGrant,
	"bad_verification_code":        InvalidGrant,
	"bad_refresh_token":            InvalidGrant,
	"invalid_refresh_token":        InvalidGrant,
	"expired_token":                InvalidGrant,
	"token_expired":                InvalidGrant,
	"token_revoked":                InvalidGrant,
	"interaction_required":         InvalidGrant,
	"login_required":               InvalidGrant,
	"consent_required":             InvalidGrant,
	"invalid_client":               InvalidClient,
	"unauthorized_client":          InvalidClient,
	"invalid_client_id":            InvalidClient,
	"bad_client_secret":            InvalidClient,
	"incorrect_client_credentials": InvalidClient,
	"redirect_uri_mismatch":        InvalidClient,
	"bad_redirect_uri":             InvalidClient,
	"invalid_redirect_uri":         InvalidClient,
	"invalid_scope":                InvalidScope,
	"insufficient_scope":           InvalidScope,
	"temporarily_unavailable":      Transient,
	"server_error":                 Transient,
	"internal_error":               Transient,
	"service_unavailable":          Transient,
	"slow_down":                    RateLimited,
	"ratelimited":                  RateLimited,
	"rate_limited":                 RateLimited,
	"too_many_requests":            RateLimited,
}

func kindOf(code string) Kind {
	// Some providers write the words of a code apart.
	if kind, ok := kinds[strings.ReplaceAll(strings.ToLower(code), " ", "_")]; ok {
		return kind
	}
	return Refused
}

// refusal returns the error of an answer whose status is not 2xx, or nil. A
// status that speaks of the moment wins over any code in the body.
func (a *answer) refusal() error {
	switch {
	case a.status >= 200 && a.status <= 299:
		return nil
	case a.status == http.StatusTooManyRequests:
		return a.fail(RateLimited, "was asked to wait")
	case a.status == http.StatusProxyAuthRequired, a.status == http.StatusNetworkAuthenticationRequired:
		return a.fail(NoNetwork, "the network wants a sign-in of its own")
	case a.status >= 500, a.status == http.StatusRequestTimeout, a.status == http.StatusTooEarly:
		return a.fail(Transient, "failed there")
	}
	fields, err := a.fields()
	if err != nil {
		return a.undocumented()
	}
	code, description := providerError(fields, a.provider.Response)
	if code == "" {
		return a.undocumented()
	}
	return a.refused(code, description)
}

// undocumented judges a 4xx without a code by its status.
func (a *answer) undocumented() error {
	if a.status == http.StatusUnauthorized {
		return a.fail(InvalidClient, "the client was refused")
	}
	return a.fail(NotJSON, "answered without an error code")
}

// refused is the error for a code that the provider sent.
func (a *answer) refused(code, description string) error {
	safe := cleanCode(without(code, a.secrets()))
	kind := kindOf(safe)
	return wrap(&Error{
		Kind: kind, Code: safe, RetryAfter: a.retryAfter(),
		Description: clean(without(description, a.secrets())),
		text:        fmt.Sprintf("%s at %s: refused with %q", a.purpose, clean(a.host), safe),
	})
}

func (a *answer) fail(kind Kind, what string) error {
	return wrap(&Error{
		Kind: kind, RetryAfter: a.retryAfter(),
		text: fmt.Sprintf("%s at %s: %s (http %d)", a.purpose, clean(a.host), what, a.status),
	})
}

// unreadable is the error of an answer that makes no sense. With a status of
// 2xx the provider most likely did what it was asked.
func (a *answer) unreadable(format string, args ...any) error {
	return wrap(&Error{
		Kind: NotJSON, Ambiguous: a.status >= 200 && a.status <= 299, RetryAfter: a.retryAfter(),
		text: fmt.Sprintf("%s at %s: %s (http %d)", a.purpose, clean(a.host), fmt.Sprintf(format, args...), a.status),
	})
}

// longestWait bounds what a provider may ask for, in time and in trust.
const longestWait = 24 * time.Hour

// retryAfter reads both forms of Retry-After (RFC 9110 §10.2.3).
func (a *answer) retryAfter() time.Duration {
	value := strings.TrimSpace(a.header.Get("Retry-After"))
	if seconds, err := strconv.Atoi(value); err == nil {
		return min(max(time.Duration(min(seconds, int(longestWait/time.Second)))*time.Second, 0), longestWait)
	}
	if at, err := http.ParseTime(value); err == nil {
		return min(max(at.Sub(a.at), 0), longestWait)
	}
	return 0
}

// providerError finds the code and sentence of a failure: a string as RFC 6749
// has it, or the object with a code that some providers send instead.
func providerError(fields map[string]any, rule ResponseRule) (code, description string) {
	description, _ = fields["error_description"].(string)
	if code = text(first(rule.Error, fields)); code != "" {
		return code, description
	}
	switch e := fields["error"].(type) {
	case string:
		return e, description
	case map[string]any:
		if message, ok := e["message"].(string); ok && description == "" {
			description = message
		}
		for _, name := range []string{"code", "type", "status"} {
			if s := text(e[name]); s != "" {
				return s, description
			}
		}
		return "error", description
	}
	return "", description
}
