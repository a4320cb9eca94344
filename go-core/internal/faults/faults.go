// Package faults stands before a registry in tests and does to its answers what networks and registries do.
package faults

import (
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

// Fault answers in place of the registry, or lets it answer and spoils that.
type Fault func(w http.ResponseWriter, r *http.Request, registry http.Handler)

// Handler is a registry behind a fault.
type Handler struct {
	registry http.Handler
	current  atomic.Value
}

// Before puts a place for one fault before a registry.
func Before(registry http.Handler) *Handler {
	h := &Handler{registry: registry}
	h.Set(nil)
	return h
}

// Set puts a fault in its place, also while a request runs; nil takes it away.
func (h *Handler) Set(fault Fault) { h.current.Store(fault) }

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if fault := h.current.Load().(Fault); fault != nil {
		fault(w, r, h.registry)
		return
	}
	h.registry.ServeHTTP(w, r)
}

// On is a fault of requests with this method and end of path; "" is any.
func On(method, suffix string, fault Fault) Fault {
	return func(w http.ResponseWriter, r *http.Request, registry http.Handler) {
		if (method == "" || r.Method == method) && strings.HasSuffix(r.URL.Path, suffix) {
			fault(w, r, registry)
			return
		}
		registry.ServeHTTP(w, r)
	}
}

// Times is a fault that happens n times, counted in hits; then it is over.
func Times(n int32, hits *atomic.Int32, fault Fault) Fault {
	return func(w http.ResponseWriter, r *http.Request, registry http.Handler) {
		if hits.Add(1) <= n {
			fault(w, r, registry)
			return
		}
		registry.ServeHTTP(w, r)
	}
}

// Answer answers with a status, headers (name, value, ...) and no content.
func Answer(status int, headers ...string) Fault {
	return func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
	}
}

// Hang does not answer until the client goes away or the time is over.
func Hang(d time.Duration) Fault {
	return func(_ http.ResponseWriter, r *http.Request, _ http.Handler) {
		io.Copy(io.Discard, r.Body) // or nobody notices that the client went away
		select {
		case <-time.After(d):
		case <-r.Context().Done():
		}
	}
}

// Cut ends the connection: before the answer, or after so many bytes of its content. Without ranges the
// registry is not told that only a part is wanted, and sends all.
func Cut(after int64, ranges bool) Fault {
	return spoil(func(r *http.Request) {
		if !ranges {
			r.Header.Del("Range")
		}
	}, func(w http.ResponseWriter) http.ResponseWriter {
		left := after
		return &filter{w, func(p []byte) []byte {
			if left -= int64(len(p)); left >= 0 {
				return p
			}
			w.Write(p[:int64(len(p))+left])
			w.(http.Flusher).Flush()
			Drop(w)
			panic(http.ErrAbortHandler)
		}}
	})
}

// Slow sends the content in pieces of 16 KiB, with a pause before each.
func Slow(pause time.Duration) Fault {
	return spoil(nil, func(w http.ResponseWriter) http.ResponseWriter {
		return &filter{w, func(p []byte) []byte {
			const piece = 16 << 10
			for ; len(p) > piece; p = p[piece:] {
				w.Write(p[:piece])
				w.(http.Flusher).Flush()
				time.Sleep(pause)
			}
			time.Sleep(pause)
			return p
		}}
	})
}

// Garble changes a byte of the content.
func Garble() Fault {
	return spoil(nil, func(w http.ResponseWriter) http.ResponseWriter {
		return &filter{w, func(p []byte) []byte {
			changed := append([]byte(nil), p...)
			changed[len(changed)-1]++
			return changed
		}}
	})
}

// Drop ends the connection of an answer that has not begun.
func Drop(w http.ResponseWriter) {
	if conn, _, err := w.(http.Hijacker).Hijack(); err == nil {
		conn.Close()
	}
}

func spoil(before func(*http.Request), wrap func(http.ResponseWriter) http.ResponseWriter) Fault {
	return func(w http.ResponseWriter, r *http.Request, registry http.Handler) {
		if before != nil {
			r = r.Clone(r.Context())
			before(r)
		}
		registry.ServeHTTP(wrap(w), r)
	}
}

// filter passes what is written through a function.
type filter struct {
	http.ResponseWriter
	through func([]byte) []byte
}

func (f *filter) Write(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	_, err := f.ResponseWriter.Write(f.through(p))
	return len(p), err
}
