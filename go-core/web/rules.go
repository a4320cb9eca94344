package web

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/stowage/stowage/go-core/fail"
	"github.com/stowage/stowage/go-core/messages"
)

// rules stands before every request, wherever its address came from: a reference, a redirect, an upload
// location, or the token service that a registry names.
//
// Plain HTTP goes only where it may. A registry that may be asked over plain HTTP but turns out to speak
// TLS, as one on loopback with a certificate of its own does, is asked over HTTPS from then on.
type rules struct {
	session *Session
	base    http.RoundTripper
	secure  sync.Map // host -> true: was asked over plain HTTP and speaks TLS
}

func (r *rules) RoundTrip(request *http.Request) (*http.Response, error) {
	if request.URL.Scheme == "https" {
		return r.note(r.base.RoundTrip(request))
	}
	if !r.session.Plain(request.URL.Host) {
		if request.Body != nil {
			request.Body.Close()
		}
		return nil, fail.New(fail.Network, messages.PlainHTTP(request.URL.Host))
	}
	if _, known := r.secure.Load(request.URL.Host); known {
		return r.overTLS(request)
	}
	response, err := r.base.RoundTrip(request)
	if err == nil && response.StatusCode == http.StatusBadRequest && request.Body == nil && r.wantsTLS(response) {
		response.Body.Close()
		r.secure.Store(request.URL.Host, true)
		return r.overTLS(request)
	}
	return r.note(response, err)
}

// overTLS sends a request over HTTPS. The answer still names the request that was made: the session's
// client compares origins, and this is one.
func (r *rules) overTLS(request *http.Request) (*http.Response, error) {
	secured := request.Clone(request.Context())
	secured.URL.Scheme = "https"
	response, err := r.note(r.base.RoundTrip(secured))
	if err == nil {
		response.Request = request
	}
	return response, err
}

// wantsTLS recognises the answer of a TLS server to plain HTTP: Go's, nginx's and Apache's all say 400
// and name HTTPS in the body, so a HEAD, which has none, is repeated as a GET.
func (r *rules) wantsTLS(response *http.Response) bool {
	if response.Request.Method == http.MethodHead {
		again := response.Request.Clone(response.Request.Context())
		again.Method = http.MethodGet
		answer, err := r.base.RoundTrip(again)
		if err != nil {
			return false
		}
		defer answer.Body.Close()
		return answer.StatusCode == http.StatusBadRequest && r.wantsTLS(answer)
	}
	head, _ := io.ReadAll(io.LimitReader(response.Body, 1<<10))
	rest := response.Body
	response.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(head), rest), rest}
	return bytes.Contains(head, []byte("HTTPS"))
}

// note keeps what a busy registry said about when to come back, for [Session.Repeat].
func (r *rules) note(response *http.Response, err error) (*http.Response, error) {
	if err == nil {
		if asked, ok := response.Request.Context().Value(pauseKey{}).(*pause); ok && again(response.StatusCode) {
			asked.set(response.Header.Get("Retry-After"), time.Now())
		}
	}
	return response, err
}

type pauseKey struct{}

// pause is how long the last answer of one try asked us to wait.
type pause struct {
	mu    sync.Mutex
	asked time.Duration
}

func withPause(ctx context.Context) (context.Context, *pause) {
	p := &pause{}
	return context.WithValue(ctx, pauseKey{}, p), p
}

// set reads a Retry-After header, RFC 9110 section 10.2.3: seconds or a date.
func (p *pause) set(header string, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if seconds, err := strconv.ParseUint(header, 10, 31); err == nil {
		p.asked = time.Duration(seconds) * time.Second
	} else if date, err := http.ParseTime(header); err == nil {
		p.asked = max(0, date.Sub(now))
	} else {
		p.asked = 0
	}
}

func (p *pause) get() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked
}
