package replay

import (
	"net/http"
	"slices"
)

// Providers are the 27 of our table of providers, in its order.
var Providers = slices.Concat(suites, talk, commerce, work)

// local lists the two spellings of this machine that people register.
var local = []string{"127.0.0.1", "localhost"}

// post and get are requests in the words of [Call].
func post(address string) string { return http.MethodPost + " " + address }
func get(address string) string  { return http.MethodGet + " " + address }
