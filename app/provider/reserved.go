package provider

// Reserved are the parameters that the protocol sets itself, so that no listing
// can among AuthorizeParameters or TokenParameters: replacing one could undo what
// it protects.
var Reserved = []string{
	"response_type", "response_mode", "client_id", "client_secret", "client_assertion",
	"client_assertion_type", "redirect_uri", "scope", "state", "code", "code_challenge",
	"code_challenge_method", "code_verifier", "grant_type", "refresh_token", "device_code",
	"request", "request_uri", "resource", "token",
}
