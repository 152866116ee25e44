package desktop

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"sync"
	"syscall"
	"time"
)

// Network knows whether this machine is online. Three things tell:
//
//   - the system's routes: without one that leads out there is no network;
//   - what the system itself has found out, where there is NetworkManager: behind a
//     page that wants a sign-in first, everything answers and nothing is reached;
//   - an own check, made only when a provider gives no answer at all ([Network.Doubt])
//     or the system is in doubt: whether the hosts of connected apps can be reached.
//     Nobody else is asked, so that nobody else learns that Patchbay runs.
type Network struct {
	// Hosts names hosts that are spoken to anyway.
	Hosts func() []string

	doubts chan struct{}
	routed func() bool
	reach  func(ctx context.Context, host string) reached
	system func(ctx context.Context, tell func(verdict))
	every  time.Duration
}

// NewNetwork returns a Network that is watched by [Network.Watch].
func NewNetwork(hosts func() []string) *Network {
	return &Network{
		Hosts: hosts, doubts: make(chan struct{}, 1),
		routed: Routed, reach: reachHost, system: watchSystemNetwork, every: 2 * time.Second,
	}
}

// verdict is what the system says of the network.
type verdict int

const (
	unknown  verdict = iota
	doubtful         // it may lead nowhere
	captive          // it leads to a sign-in page
)

// reached is how far a host could be spoken to.
type reached int

const (
	answered reached = iota // it is there, or something on the way that speaks for it
	silent                  // its name is known, but it does not answer
	nameless                // nobody answers for names
)

// Doubt says that somebody out there gave no answer. It returns at once.
func (n *Network) Doubt() {
	select {
	case n.doubts <- struct{}{}:
	default: // one doubt is enough
	}
}

// Routed reports whether this machine has a route that leads out. Nothing is sent:
// only the system's routes are asked, for addresses that are nobody's (RFC 5737,
// RFC 3849).
func Routed() bool {
	for network, address := range map[string]string{"udp4": "192.0.2.9:9", "udp6": "[2001:db8::9]:9"} {
		c, err := net.Dial(network, address)
		if err == nil {
			_ = c.Close()
			return true
		}
		if !errors.Is(err, syscall.ENETUNREACH) && !errors.Is(err, syscall.EHOSTUNREACH) && !errors.Is(err, syscall.EADDRNOTAVAIL) &&
			!errors.Is(err, syscall.EAFNOSUPPORT) {
			return true // not knowing is no reason to cry offline
		}
	}
	return false
}

// offlineRecheck is how many ticks lie between two own checks while they fail.
const offlineRecheck = 3

// Watch tells now, and at every change until ctx ends, whether this machine is
// online.
func (n *Network) Watch(ctx context.Context, tell func(online bool)) {
	verdicts := make(chan verdict)
	var listening sync.WaitGroup
	defer listening.Wait()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	listening.Go(func() { n.system(ctx, passOn(ctx, verdicts)) })

	tick := time.NewTicker(n.every)
	defer tick.Stop()
	w := watch{routed: n.routed(), reached: true}
	online := w.online()
	tell(online)
	for {
		check := false
		select {
		case <-ctx.Done():
			return
		case v := <-verdicts:
			w.verdict, check = v, v == doubtful
		case <-n.doubts:
			check = true
		case <-tick.C:
			check = w.pass(n.routed())
		}
		if check && w.routed {
			w.reached, w.ticks = n.check(ctx), 0
		}
		if now := w.online(); now != online && ctx.Err() == nil {
			online = now
			tell(online)
		}
	}
}

func passOn(ctx context.Context, to chan<- verdict) func(verdict) {
	return func(v verdict) {
		select {
		case to <- v:
		case <-ctx.Done():
		}
	}
}

// watch is what is known of the network at one moment.
type watch struct {
	routed, reached bool
	verdict         verdict
	ticks           int // since the own check failed
}

func (w *watch) online() bool { return w.routed && w.reached && w.verdict != captive }

// pass takes in what a tick shows, and reports whether it is time for an own check.
func (w *watch) pass(routed bool) bool {
	if routed != w.routed {
		// Another network: what was found out about the last one is void.
		w.routed, w.reached = routed, true
	}
	if w.reached {
		return false
	}
	w.ticks++
	return w.ticks >= offlineRecheck
}

// asked is how many hosts are tried at most.
const asked = 3

// check reports whether any of the known hosts can be reached. One host that is
// silent may be down itself, so then only names that nobody answers for count.
func (n *Network) check(ctx context.Context) bool {
	hosts := n.Hosts()
	hosts = hosts[:min(len(hosts), asked)]
	found := make(chan reached, len(hosts))
	for _, host := range hosts {
		go func() { found <- n.reach(ctx, host) }()
	}
	nobody := 0 // answers for names
	for range hosts {
		switch <-found {
		case answered:
			return true
		case nameless:
			nobody++
		case silent:
		}
	}
	return len(hosts) == 0 || len(hosts) == 1 && nobody == 0
}

// reachLimit is how long a host may take to answer an own check.
const reachLimit = 3 * time.Second

// reachHost opens a connection to host, or to the proxy that leads there, and
// says nothing over it.
func reachHost(ctx context.Context, host string) reached { return reachAddress(ctx, wayTo(host)) }

func reachAddress(ctx context.Context, address string) reached {
	ctx, done := context.WithTimeout(ctx, reachLimit)
	defer done()
	c, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
	var name *net.DNSError
	switch {
	case err == nil:
		_ = c.Close()
		return answered
	case errors.Is(err, syscall.ECONNREFUSED):
		return answered
	case errors.As(err, &name):
		if name.IsNotFound {
			return silent // whoever answers for names is there
		}
		return nameless
	}
	return silent
}

func wayTo(host string) string {
	proxy, err := http.ProxyFromEnvironment(&http.Request{URL: &url.URL{Scheme: "https", Host: host}})
	if err != nil || proxy == nil {
		return net.JoinHostPort(host, "443")
	}
	port := proxy.Port()
	if port == "" {
		port = map[string]string{"https": "443", "socks5": "1080"}[proxy.Scheme]
	}
	if port == "" {
		port = "80"
	}
	return net.JoinHostPort(proxy.Hostname(), port)
}
