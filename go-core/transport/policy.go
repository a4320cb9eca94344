package transport

import (
	"bytes"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/messages"
)

// policy is an [http.RoundTripper] that decides between plain HTTP and HTTPS. It sees every request, whatever
// its URL comes from: a reference, a redirect, an upload location, or the token service of a registry.
//
// Plain HTTP is sent to allowed hosts only. An allowed host may still require TLS, for example a registry on
// loopback with its own certificate. Once its response shows that, it gets HTTPS requests only.
type policy struct {
	session  *Session
	base     http.RoundTripper
	tlsHosts sync.Map // keys are hosts that answered a plain HTTP request by requiring TLS
}

func (p *policy) RoundTrip(request *http.Request) (*http.Response, error) {
	if request.URL.Scheme == "https" {
		return p.noteRetryAfter(p.base.RoundTrip(request))
	}
	if !p.session.UsesPlainHTTP(request.URL.Host) {
		if request.Body != nil {
			request.Body.Close()
		}
		return nil, errkind.New(errkind.Network, messages.PlainHTTPRefused(request.URL.Host))
	}
	if _, known := p.tlsHosts.Load(request.URL.Host); known {
		return p.overTLS(request)
	}
	response, err := p.base.RoundTrip(request)
	if err == nil && response.StatusCode == http.StatusBadRequest && request.Body == nil && p.wantsTLS(response) {
		response.Body.Close()
		p.tlsHosts.Store(request.URL.Host, true)
		return p.overTLS(request)
	}
	return p.noteRetryAfter(response, err)
}

// overTLS sends a request over HTTPS. The response keeps the original request, because the session's client
// compares origins, and both schemes are one origin here.
func (p *policy) overTLS(request *http.Request) (*http.Response, error) {
	secured := request.Clone(request.Context())
	secured.URL.Scheme = "https"
	response, err := p.noteRetryAfter(p.base.RoundTrip(secured))
	if err == nil {
		response.Request = request
	}
	return response, err
}

// wantsTLS recognizes the response of a TLS server to a plain HTTP request: Go, nginx and Apache all answer
// with status 400 and mention HTTPS in the body. The response to a HEAD request has no body, so that request
// is repeated as a GET.
func (p *policy) wantsTLS(response *http.Response) bool {
	if response.Request.Method == http.MethodHead {
		again := response.Request.Clone(response.Request.Context())
		again.Method = http.MethodGet
		answer, err := p.base.RoundTrip(again)
		if err != nil {
			return false
		}
		defer answer.Body.Close()
		return answer.StatusCode == http.StatusBadRequest && p.wantsTLS(answer)
	}
	head, _ := io.ReadAll(io.LimitReader(response.Body, 1<<10))
	rest := response.Body
	response.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(head), rest), rest}
	return bytes.Contains(head, []byte("HTTPS"))
}

// noteRetryAfter records the Retry-After header of a busy registry for [Session.Retry].
func (p *policy) noteRetryAfter(response *http.Response, err error) (*http.Response, error) {
	if err == nil {
		if requested, ok := response.Request.Context().Value(retryAfterKey{}).(*retryAfter); ok && isRetryable(response.StatusCode) {
			requested.set(response.Header.Get("Retry-After"), time.Now())
		}
	}
	return response, err
}
