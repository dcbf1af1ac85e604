package main

import (
	"net/http/httptest"
	"strings"
	"testing"
)

func TestGreetsWithoutTally(t *testing.T) {
	t.Setenv("TALLY_URL", "http://127.0.0.1:1")
	answer := httptest.NewRecorder()
	greet(answer, httptest.NewRequest("GET", "/greet?name=you", nil))
	if answer.Code != 200 || !strings.Contains(answer.Body.String(), `"Hello, you!"`) {
		t.Fatal(answer.Code, answer.Body)
	}
}
