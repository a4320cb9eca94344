package transport

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/messages"
	"github.com/stowage/stowage/go-core/options"
)

// newTransport returns a transport for these options.
//
// It uses HTTP/1.1 only: such a connection is read exactly when its only body is read, so a slow progress
// callback does not exceed the idle limit.
func newTransport(o options.Options, authorities []byte) *http.Transport {
	dialer := &net.Dialer{Timeout: o.Connect}
	return &http.Transport{
		Proxy:           func(request *http.Request) (*url.URL, error) { return proxyFor(o, request.URL) },
		TLSClientConfig: tlsConfig(authorities),
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			conn, err := dialer.DialContext(ctx, network, address)
			if err != nil {
				return nil, err
			}
			return &idleConn{Conn: conn, limit: o.Idle}, nil
		},
		OnProxyConnectResponse: func(_ context.Context, _ *url.URL, _ *http.Request, response *http.Response) error {
			if response.StatusCode == http.StatusProxyAuthRequired {
				return errkind.New(errkind.Network, messages.ProxyWantsCredentials())
			}
			return nil
		},
		TLSHandshakeTimeout: o.Connect,
		DisableCompression:  true, // a blob's Content-Length is compared with the manifest
		MaxIdleConnsPerHost: 4,

		MaxResponseHeaderBytes: 256 << 10,
	}
}

// idleConn is a connection that fails if the peer sends nothing for longer than the limit.
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

// Write extends the read deadline too, because net/http reads the response while it writes the request.
func (c *idleConn) Write(p []byte) (int, error) {
	if err := c.SetDeadline(time.Now().Add(c.limit)); err != nil {
		return 0, err
	}
	return c.Conn.Write(p)
}

func proxyFor(o options.Options, to *url.URL) (*url.URL, error) {
	switch {
	case isLoopback(to.Hostname()) || o.ProxyOff:
		return nil, nil
	case o.Proxy != nil:
		return o.Proxy, nil
	}
	found, err := http.ProxyFromEnvironment(&http.Request{URL: to})
	if err != nil { // err contains the whole URL with its password
		return nil, errkind.New(errkind.InvalidArgument, messages.BadEnvironmentProxy())
	}
	return found, nil
}

// checkRedirect prevents a registry that uses TLS from redirecting a request to a service on this machine.
func checkRedirect(request *http.Request, via []*http.Request) error {
	if len(via) >= 10 {
		return errkind.New(errkind.Network, messages.TooManyRedirects(len(via)))
	}
	if request.URL.Scheme != "https" && via[0].URL.Scheme == "https" {
		return errkind.New(errkind.Network, messages.PlainRedirectRefused(request.URL.Host))
	}
	return nil
}

func isLoopback(host string) bool {
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}
