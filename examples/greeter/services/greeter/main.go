// greeter: one answer, with how often it was given if tally says so.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

var version = "dev"

// counted asks tally; without an answer in time the greeting goes without a number.
func counted(ctx context.Context) (int, bool) {
	ctx, cancel := context.WithTimeout(ctx, 200*time.Millisecond)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, os.Getenv("TALLY_URL")+"/tally", bytes.NewReader(nil))
	if err != nil {
		return 0, false
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, false
	}
	defer response.Body.Close()
	var body struct{ Count int }
	return body.Count, json.NewDecoder(response.Body).Decode(&body) == nil && response.StatusCode == http.StatusOK && body.Count > 0
}

func answer(w http.ResponseWriter, status int, kind string, value any) {
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(value)
}

func greet(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	if name == "" {
		name = "world"
	}
	text := map[string]any{"text": "Hello, " + name + "!"}
	if count, known := counted(r.Context()); known {
		text["count"] = count
	}
	answer(w, http.StatusOK, "application/json", text)
}

func main() {
	mux := http.NewServeMux()
	alive := func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, "application/json", map[string]string{"version": version})
	}
	mux.HandleFunc("GET /livez", alive)
	mux.HandleFunc("GET /readyz", alive)
	mux.HandleFunc("GET /greet", greet)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusNotFound, "application/problem+json", map[string]any{"status": 404, "title": "no such resource"})
	})
	server := &http.Server{Addr: ":8080", Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	go func() {
		<-ctx.Done()
		server.Shutdown(context.Background())
	}()
	if err := server.ListenAndServe(); err != http.ErrServerClosed {
		os.Exit(1)
	}
}
