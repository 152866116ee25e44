package event

import "testing"

func TestTopic(t *testing.T) {
	var topic Topic[string]
	topic.Publish("nobody listens")

	var heard []string
	stop := topic.Subscribe(func(s string) { heard = append(heard, s) })
	topic.Publish("one")
	stop()
	topic.Publish("two")

	if len(heard) != 1 || heard[0] != "one" {
		t.Errorf("heard %q, want only what was published while subscribed", heard)
	}
}

func TestTopic_listenerMayUnsubscribeItself(t *testing.T) {
	var topic Topic[int]
	calls := 0
	var stop func()
	stop = topic.Subscribe(func(int) { calls++; stop() })
	topic.Publish(1)
	topic.Publish(2)
	if calls != 1 {
		t.Errorf("listener was called %d times, want 1", calls)
	}
}
