package main

import "testing"

func TestWhatIsNoMessageIsRefused(t *testing.T) {
	if answer, code := forecast([]byte{0xff}); code != invalidArgument || answer != nil {
		t.Fatalf("%v, code %d", answer, code)
	}
}
