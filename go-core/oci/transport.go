package oci

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"syscall"
	"time"

	"oras.land/oras-go/v2/registry/remote/auth"
	"oras.land/oras-go/v2/registry/remote/retry"

	"github.com/stowage/stowage/go-core/messages"
)

// limits is how long a peer may be silent.
type limits struct{ connect, idle time.Duration }

var defaultLimits = limits{connect: 10 * time.Second, idle: 30 * time.Second}

// newClient makes the HTTP client of one pull and what closes its connections: between pulls the core
// holds no socket. Anonymous; it fetches a token where the registry asks for one.
//
// HTTP/1.1 only: a connection is then read exactly when its one body is read, so a slow progress
// callback does not run into the idle limit.
func newClient(l limits) (client *auth.Client, closeIdle func()) {
	dialer := &net.Dialer{Timeout: l.connect}
	transport := &http.Transport{
		Proxy: http.ProxyFromEnvironment,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			conn, err := dialer.DialContext(ctx, network, address)
			if err != nil {
				return nil, err
			}
			return &idleConn{conn, l.idle}, nil
		},
		TLSHandshakeTimeout: l.connect,
		DisableCompression:  true, // a blob's Content-Length is compared with the manifest
		MaxIdleConns:        2,
	}
	return &auth.Client{
		Client: &http.Client{
			Transport:     &retry.Transport{Base: loopbackOnly{transport}, Policy: retries},
			CheckRedirect: checkRedirect,
		},
		Cache: auth.NewCache(),
	}, transport.CloseIdleConnections
}

// retries asks again, three times within two seconds, when a registry is busy or has dropped the
// connection before it answered. Silence is not asked again: its limit is a promise.
func retries() retry.Policy {
	return &retry.GenericPolicy{
		Retryable: func(response *http.Response, err error) (bool, error) {
			if err != nil {
				return errors.Is(err, syscall.ECONNRESET) || errors.Is(err, io.ErrUnexpectedEOF), nil
			}
			return response.StatusCode == http.StatusTooManyRequests || response.StatusCode >= 500, nil
		},
		Backoff:  retry.DefaultBackoff,
		MinWait:  200 * time.Millisecond,
		MaxWait:  time.Second,
		MaxRetry: 3,
	}
}

// idleConn fails when the peer is silent for longer than the limit, counted from the last read or write.
type idleConn struct {
	net.Conn
	limit time.Duration
}

func (c *idleConn) Read(p []byte) (int, error) {
	if err := c.SetReadDeadline(time.Now().Add(c.limit)); err != nil {
		return 0, err
	}
	return c.Conn.Read(p)
}

func (c *idleConn) Write(p []byte) (int, error) {
	if err := c.SetDeadline(time.Now().Add(c.limit)); err != nil {
		return 0, err
	}
	return c.Conn.Write(p)
}

// loopbackOnly refuses plain HTTP to anything else, wherever the address came from: a reference, a
// redirect, or the token service that a registry names.
type loopbackOnly struct{ base http.RoundTripper }

func (t loopbackOnly) RoundTrip(request *http.Request) (*http.Response, error) {
	if request.URL.Scheme != "https" && !isLoopback(request.URL.Hostname()) {
		if request.Body != nil {
			request.Body.Close()
		}
		return nil, NewError(Network, messages.PlainHTTP(request.URL.Host))
	}
	return t.base.RoundTrip(request)
}

// checkRedirect keeps a registry that was asked over TLS from sending us to a service of this machine.
func checkRedirect(request *http.Request, via []*http.Request) error {
	if len(via) >= 10 {
		return NewError(Network, messages.TooManyRedirects(len(via)))
	}
	if request.URL.Scheme != "https" && via[0].URL.Scheme == "https" {
		return NewError(Network, messages.PlainRedirect(request.URL.Host))
	}
	return nil
}

func isLoopback(host string) bool {
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}
