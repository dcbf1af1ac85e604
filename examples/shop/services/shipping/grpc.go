package main

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"log"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"
)

// This file is the same in every Go service: unary gRPC and HTTP health on one port, on the standard library alone.

const (
	okay            = 0
	invalidArgument = 3
)

// method answers one request message with one message and a gRPC status.
type method func(request []byte) (reply []byte, status int)

func serve(methods map[string]method) {
	mux := http.NewServeMux()
	plain := func(text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, text) }
	}
	mux.HandleFunc("/livez", plain(`{"live":true}`))
	mux.HandleFunc("/readyz", plain(`{"ready":true}`))
	// SERVING, for those who ask in gRPC
	mux.Handle("/grpc.health.v1.Health/Check", unary(func([]byte) ([]byte, int) { return []byte{8, 1}, okay }))
	for path, m := range methods {
		mux.Handle(path, unary(m))
	}
	port := os.Getenv("PORT")
	if port == "" {
		port = "9090"
	}
	server := &http.Server{Addr: ":" + port, Handler: mux, Protocols: new(http.Protocols), ReadHeaderTimeout: 5 * time.Second}
	server.Protocols.SetHTTP1(true)
	server.Protocols.SetUnencryptedHTTP2(true)
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	finished := make(chan struct{})
	go func() { <-ctx.Done(); server.Shutdown(context.Background()); close(finished) }()
	log.Printf("serving version %s on port %s", version, port)
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		log.Fatal(err)
	}
	<-finished
}

// unary frames one message each way: a flag, a length of four bytes, the message; the status is a trailer.
func unary(m method) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
		w.Header().Set("content-type", "application/grpc")
		w.Header().Set("trailer", "grpc-status")
		status, reply := invalidArgument, []byte(nil)
		if err == nil && len(body) >= 5 && body[0] == 0 && int(binary.BigEndian.Uint32(body[1:])) == len(body)-5 {
			reply, status = m(body[5:])
		}
		if status == okay {
			w.Write(append(binary.BigEndian.AppendUint32([]byte{0}, uint32(len(reply))), reply...))
		}
		w.Header().Set("grpc-status", strconv.Itoa(status))
	})
}

// field is one field of a protobuf message: a number or bytes.
type field struct {
	number uint64
	value  uint64
	bytes  []byte
}

var errMessage = errors.New("not a message of varints and lengths")

func decode(data []byte) (fields []field, err error) {
	next := func() uint64 {
		v, n := binary.Uvarint(data)
		if n <= 0 {
			err, data = errMessage, nil
			return 0
		}
		data = data[n:]
		return v
	}
	for len(data) > 0 && err == nil {
		key := next()
		f := field{number: key >> 3, value: next()}
		switch {
		case key&7 == 0:
		case key&7 == 2 && f.value <= uint64(len(data)):
			f.bytes, data = data[:f.value], data[f.value:]
		default:
			return nil, errMessage
		}
		fields = append(fields, f)
	}
	return fields, err
}

func varint(out []byte, number, value uint64) []byte {
	return binary.AppendUvarint(binary.AppendUvarint(out, number<<3), value)
}
