// Package faults wraps a test registry and alters its responses the way faulty networks and registries do.
package faults

import (
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

// Behavior handles a request instead of the registry, or alters the response of the registry.
type Behavior func(w http.ResponseWriter, r *http.Request, registry http.Handler)

// Handler passes requests to a registry, through a fault if one is set.
type Handler struct {
	registry http.Handler
	current  atomic.Value
}

// NewHandler returns a handler for a registry, without a fault.
func NewHandler(registry http.Handler) *Handler {
	h := &Handler{registry: registry}
	h.Set(nil)
	return h
}

// Set replaces the fault, also while requests run; nil removes it.
func (h *Handler) Set(fault Behavior) { h.current.Store(fault) }

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if fault := h.current.Load().(Behavior); fault != nil {
		fault(w, r, h.registry)
		return
	}
	h.registry.ServeHTTP(w, r)
}

// On applies a fault to requests with this method and this end of the path; "" matches any.
func On(method, suffix string, fault Behavior) Behavior {
	return func(w http.ResponseWriter, r *http.Request, registry http.Handler) {
		if (method == "" || r.Method == method) && strings.HasSuffix(r.URL.Path, suffix) {
			fault(w, r, registry)
			return
		}
		registry.ServeHTTP(w, r)
	}
}

// Times applies a fault to the first n requests. It counts all requests in hits.
func Times(n int32, hits *atomic.Int32, fault Behavior) Behavior {
	return func(w http.ResponseWriter, r *http.Request, registry http.Handler) {
		if hits.Add(1) <= n {
			fault(w, r, registry)
			return
		}
		registry.ServeHTTP(w, r)
	}
}

// Answer responds with a status, headers (name, value, ...) and no content.
func Answer(status int, headers ...string) Behavior {
	return func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
	}
}

// Hang does not respond until the client disconnects or the time is over.
func Hang(d time.Duration) Behavior {
	return func(_ http.ResponseWriter, r *http.Request, _ http.Handler) {
		io.Copy(io.Discard, r.Body) // net/http notices a disconnect only after the body is read
		select {
		case <-time.After(d):
		case <-r.Context().Done():
		}
	}
}

// Cut ends the connection after this many bytes of content. If ranges is false, the Range header is removed,
// so the registry sends the whole content.
func Cut(after int64, ranges bool) Behavior {
	return alterResponse(func(r *http.Request) {
		if !ranges {
			r.Header.Del("Range")
		}
	}, func(w http.ResponseWriter) http.ResponseWriter {
		left := after
		return &alteredWriter{w, func(p []byte) []byte {
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

// Slow sends the content in pieces of 16 KiB and pauses before each.
func Slow(pause time.Duration) Behavior {
	return alterResponse(nil, func(w http.ResponseWriter) http.ResponseWriter {
		return &alteredWriter{w, func(p []byte) []byte {
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

// Corrupt changes a byte of the content.
func Corrupt() Behavior {
	return alterResponse(nil, func(w http.ResponseWriter) http.ResponseWriter {
		return &alteredWriter{w, func(p []byte) []byte {
			changed := append([]byte(nil), p...)
			changed[len(changed)-1]++
			return changed
		}}
	})
}

// Drop ends the connection before the response begins.
func Drop(w http.ResponseWriter) {
	if conn, _, err := w.(http.Hijacker).Hijack(); err == nil {
		conn.Close()
	}
}

func alterResponse(before func(*http.Request), wrap func(http.ResponseWriter) http.ResponseWriter) Behavior {
	return func(w http.ResponseWriter, r *http.Request, registry http.Handler) {
		if before != nil {
			r = r.Clone(r.Context())
			before(r)
		}
		registry.ServeHTTP(wrap(w), r)
	}
}

// alteredWriter passes written bytes through a function.
type alteredWriter struct {
	http.ResponseWriter
	alter func([]byte) []byte
}

func (f *alteredWriter) Write(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	_, err := f.ResponseWriter.Write(f.alter(p))
	return len(p), err
}
