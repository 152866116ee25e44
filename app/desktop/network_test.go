package desktop

import (
	"context"
	"net"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// testNetwork is a network that a test makes and breaks.
type testNetwork struct {
	*Network
	routes, answers atomic.Bool
	checks          atomic.Int64
	verdicts        chan verdict
	told            []bool
}

// watched runs story in a world of its own time with hosts a and b.
func watched(t *testing.T, hosts []string, story func(n *testNetwork)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		n := &testNetwork{Network: NewNetwork(func() []string { return hosts }), verdicts: make(chan verdict)}
		n.routes.Store(true)
		n.answers.Store(true)
		n.routed = n.routes.Load
		n.reach = func(context.Context, string) reached {
			n.checks.Add(1)
			if n.answers.Load() {
				return answered
			}
			return silent
		}
		n.system = func(ctx context.Context, tell func(verdict)) {
			for {
				select {
				case <-ctx.Done():
					return
				case v := <-n.verdicts:
					tell(v)
				}
			}
		}
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			n.Watch(ctx, func(online bool) { n.told = append(n.told, online) })
		}()
		synctest.Wait()
		story(n)
		stop()
		<-ended
	})
}

// pass lets time go by, and wants what has been told so far.
func (n *testNetwork) pass(t *testing.T, when string, span time.Duration, told ...bool) {
	t.Helper()
	time.Sleep(span) // of the test's own time
	synctest.Wait()
	if !slices.Equal(n.told, told) {
		t.Errorf("%s: told %v, want %v", when, n.told, told)
	}
}

var two = []string{"a.example", "b.example"}

func TestNetwork_cableAndBack(t *testing.T) {
	watched(t, two, func(n *testNetwork) {
		n.pass(t, "at first", time.Minute, true)
		n.routes.Store(false)
		n.pass(t, "without a route", 2*time.Second, true, false)
		n.routes.Store(true)
		n.pass(t, "with one", 2*time.Second, true, false, true)
		if n.checks.Load() != 0 {
			t.Errorf("%d hosts were asked without a doubt", n.checks.Load())
		}
	})
}

func TestNetwork_aWayThatLeadsNowhere(t *testing.T) {
	watched(t, two, func(n *testNetwork) {
		n.Doubt()
		n.pass(t, "a provider was silent, the others answer", time.Second, true)
		n.answers.Store(false)
		n.pass(t, "nobody has noticed", time.Minute, true)
		n.Doubt()
		n.pass(t, "nobody answers", time.Second, true, false)
		n.pass(t, "still nobody", time.Hour, true, false)
		n.answers.Store(true)
		n.pass(t, "they answer again", 6*time.Second, true, false, true)
		if n.checks.Load() > 2*(2+600+1) {
			t.Errorf("%d checks in an hour", n.checks.Load())
		}
	})
}

func TestNetwork_anotherNetworkIsAnotherMatter(t *testing.T) {
	watched(t, two, func(n *testNetwork) {
		n.answers.Store(false)
		n.Doubt()
		n.pass(t, "nobody answers", time.Second, true, false)
		n.routes.Store(false)
		n.pass(t, "the cable is out", 3*time.Second, true, false)
		n.routes.Store(true)
		n.pass(t, "and in another socket", 2*time.Second, true, false, true)
	})
}

func TestNetwork_systemKnows(t *testing.T) {
	watched(t, two, func(n *testNetwork) {
		n.verdicts <- captive
		n.pass(t, "behind a sign-in page", time.Second, true, false)
		n.verdicts <- unknown
		n.pass(t, "signed in", time.Second, true, false, true)
		n.verdicts <- doubtful
		n.pass(t, "the system doubts, the hosts answer", time.Second, true, false, true)
		n.answers.Store(false)
		n.verdicts <- doubtful
		n.pass(t, "the system is right", time.Second, true, false, true, false)
	})
}

func TestNetwork_check(t *testing.T) {
	tests := []struct {
		name  string
		hosts map[string]reached
		want  bool
	}{
		{"nobody to ask", nil, true},
		{"the only one is silent: it may be down", map[string]reached{"a": silent}, true},
		{"nobody knows the only one's name", map[string]reached{"a": nameless}, false},
		{"one of two answers", map[string]reached{"a": silent, "b": answered}, true},
		{"both are silent", map[string]reached{"a": silent, "b": silent}, false},
		{"names are unknown", map[string]reached{"a": nameless, "b": nameless, "c": nameless, "d": answered}, false},
	}
	for _, tt := range tests {
		var hosts []string
		for host := range tt.hosts {
			hosts = append(hosts, host)
		}
		slices.Sort(hosts)
		n := NewNetwork(func() []string { return hosts })
		n.reach = func(_ context.Context, host string) reached { return tt.hosts[host] }
		if got := n.check(t.Context()); got != tt.want {
			t.Errorf("%s: online %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestReachAddress(t *testing.T) {
	proxy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	// What the program uses is read once per process, so the way there is tested by itself.
	if got := wayTo("a.example"); got != "a.example:443" {
		t.Errorf("without a proxy the way leads to %s", got)
	}
	_, port, _ := net.SplitHostPort(proxy.Addr().String())
	dial := func() reached { return reachAddress(t.Context(), net.JoinHostPort("127.0.0.1", port)) }
	if got := dial(); got != answered {
		t.Errorf("a host that listens is %v", got)
	}
	_ = proxy.Close()
	if got := dial(); got != answered {
		t.Errorf("a host that refuses is %v: it is there", got)
	}
}

func TestRouted(t *testing.T) {
	// A machine without any route still runs tests; what must hold is that asking
	// is quick and sends nothing that could block.
	began := time.Now()
	Routed()
	if took := time.Since(began); took > time.Second {
		t.Errorf("asking for a route took %v", took)
	}
}
