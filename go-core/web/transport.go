package web

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/stowage/stowage/go-core/fail"
	"github.com/stowage/stowage/go-core/messages"
	"github.com/stowage/stowage/go-core/options"
)

// newTransport makes connections as these options say.
//
// HTTP/1.1 only: a connection is then read exactly when its one body is read, so a slow progress
// callback does not run into the idle limit.
func newTransport(o options.Options, authorities []byte) *http.Transport {
	dialer := &net.Dialer{Timeout: o.Connect}
	return &http.Transport{
		Proxy:           func(request *http.Request) (*url.URL, error) { return proxy(o, request.URL) },
		TLSClientConfig: trust(authorities),
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			conn, err := dialer.DialContext(ctx, network, address)
			if err != nil {
				return nil, err
			}
			return &idleConn{Conn: conn, limit: o.Idle}, nil
		},
		OnProxyConnectResponse: func(_ context.Context, _ *url.URL, _ *http.Request, response *http.Response) error {
			if response.StatusCode == http.StatusProxyAuthRequired {
				return fail.New(fail.Network, messages.ProxyWantsCredentials())
			}
			return nil
		},
		TLSHandshakeTimeout: o.Connect,
		DisableCompression:  true, // a blob's Content-Length is compared with the manifest
		MaxIdleConnsPerHost: 4,

		MaxResponseHeaderBytes: 256 << 10,
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

// Write gives the answer its time, too: it is awaited while the request is still being written.
func (c *idleConn) Write(p []byte) (int, error) {
	if err := c.SetDeadline(time.Now().Add(c.limit)); err != nil {
		return 0, err
	}
	return c.Conn.Write(p)
}

func proxy(o options.Options, to *url.URL) (*url.URL, error) {
	switch {
	case isLoopback(to.Hostname()) || o.ProxyOff:
		return nil, nil
	case o.Proxy != nil:
		return o.Proxy, nil
	}
	found, err := http.ProxyFromEnvironment(&http.Request{URL: to})
	if err != nil { // err holds the whole URL, with its password
		return nil, fail.New(fail.InvalidArgument, messages.BadEnvironmentProxy())
	}
	return found, nil
}

// checkRedirect keeps a registry that was asked over TLS from sending us to a service of this machine.
func checkRedirect(request *http.Request, via []*http.Request) error {
	if len(via) >= 10 {
		return fail.New(fail.Network, messages.TooManyRedirects(len(via)))
	}
	if request.URL.Scheme != "https" && via[0].URL.Scheme == "https" {
		return fail.New(fail.Network, messages.PlainRedirect(request.URL.Host))
	}
	return nil
}

func isLoopback(host string) bool {
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}
