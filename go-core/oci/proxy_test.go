package oci

import (
	"context"
	"encoding/base64"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stowage/stowage/go-core/errkind"
)

// proxy is an HTTP proxy that sends all requests to one registry, whatever their host, and records them.
type proxy struct {
	url  *url.URL
	mu   sync.Mutex
	seen []string
}

func newProxy(t *testing.T, registry string, credentials string) *proxy {
	t.Helper()
	p := &proxy{}
	forward := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: registry})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		p.seen = append(p.seen, r.Method+" "+r.Host)
		p.mu.Unlock()
		want := "Basic " + base64.StdEncoding.EncodeToString([]byte(credentials))
		switch {
		case credentials != "" && r.Header.Get("Proxy-Authorization") != want:
			w.Header().Set("Proxy-Authenticate", "Basic")
			w.WriteHeader(http.StatusProxyAuthRequired)
		case r.Method == http.MethodConnect:
			tunnel(t, w, registry)
		default:
			forward.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(server.Close)
	var err error
	p.url, err = url.Parse(server.URL)
	must(t, err)
	return p
}

func tunnel(t *testing.T, w http.ResponseWriter, to string) {
	out, err := net.Dial("tcp", to)
	if err != nil {
		t.Error(err)
		return
	}
	in, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		t.Error(err)
		return
	}
	io.WriteString(in, "HTTP/1.1 200 OK\r\n\r\n")
	go func() { io.Copy(out, in); out.Close() }()
	io.Copy(in, out)
	in.Close()
}

func (p *proxy) saw(what string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Contains(p.seen, what)
}

func TestProxy(t *testing.T) {
	ca := newAuthority(t)
	content := module(1000)
	plain, secure := newRegistry(t), ca.serveTLS(t)
	plain.push(t, "m", "v1", content, cncfConfig, cncfLayer)
	o := standard
	o.CAFile, o.Retries = ca.file, 0
	_, err := Push(context.Background(), writeFile(t, content), secure.host+"/m:v1", Job{Options: o})
	must(t, err)

	toPlain, toSecure := newProxy(t, plain.host, "p:pw"), newProxy(t, secure.host, "p:pw")
	for name, c := range map[string]struct {
		proxy       *proxy
		user        *url.Userinfo
		plain, want string
	}{
		"plain":            {toPlain, url.UserPassword("p", "pw"), "registry.example", "GET registry.example"},
		"tunnel":           {toSecure, url.UserPassword("p", "pw"), "", "CONNECT registry.example:443"},
		"plain, no login":  {toPlain, nil, "registry.example", ""},
		"tunnel, no login": {toSecure, url.UserPassword("p", "s3cret"), "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			o := o
			address := *c.proxy.url
			address.User = c.user
			o.Proxy = &address
			if c.plain != "" {
				o.PlainHTTP = []string{c.plain}
			}
			out := filepath.Join(t.TempDir(), "o")
			_, err := pull(context.Background(), "registry.example/m:v1", out, nil, o)
			if c.want == "" {
				wantKind(t, err, errkind.Network, "the proxy requires credentials (407)")
				if strings.Contains(err.Error(), "s3cret") {
					t.Error(err)
				}
				return
			}
			must(t, err)
			wantBytes(t, out, content)
			if !c.proxy.saw(c.want) {
				t.Errorf("the proxy saw %q, not %s", c.proxy.seen, c.want)
			}
			// Requests to loopback do not use the proxy.
			before := len(c.proxy.seen)
			_, err = pull(context.Background(), plain.host+"/m:v1", out, nil, o)
			must(t, err)
			if len(c.proxy.seen) != before {
				t.Error("the proxy was asked for loopback")
			}
		})
	}
}

func TestProxyThatIsNotThere(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	listener.Close()
	o := quick
	o.Proxy = &url.URL{Scheme: "http", Host: listener.Addr().String(), User: url.UserPassword("p", "s3cret")}
	_, err = pull(context.Background(), "registry.example/m:v1", filepath.Join(t.TempDir(), "o"), nil, o)
	wantKind(t, err, errkind.Network, "proxyconnect tcp: dial tcp "+o.Proxy.Host+": connect: connection refused")
	if strings.Contains(err.Error(), "s3cret") {
		t.Error(err)
	}
}

// A registry that is not on loopback gets no plain HTTP requests, even if it redirects to plain HTTP.
func TestPlainHTTPElsewhere(t *testing.T) {
	plain := newRegistry(t)
	o := quick
	o.Proxy = newProxy(t, plain.host, "").url
	_, err := pull(context.Background(), "registry.example/m:v1", filepath.Join(t.TempDir(), "o"), nil, o)
	wantKind(t, err, errkind.Network, "'registry.example' speaks plain HTTP, not HTTPS; to allow that, add it to option 'plain-http'")
}
