// Package web is how this module speaks HTTP to registries: connections, TLS, proxies, credentials, retries,
// and what became of a request in the user's words. The protocol of registries is not here.
package web

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"os"

	"oras.land/oras-go/v2/registry/remote/auth"

	"github.com/stowage/stowage/go-core/fail"
	"github.com/stowage/stowage/go-core/messages"
	"github.com/stowage/stowage/go-core/options"
)

// Session holds the connections and tokens of one operation. Between operations the core holds no socket
// and remembers no credential. Safe for concurrent use.
type Session struct {
	*auth.Client // asks for tokens and drops credentials where a redirect leaves the registry

	options   options.Options
	transport *http.Transport
	keys      *keys
}

// Open prepares a session; it connects nowhere yet.
func Open(o options.Options) (*Session, error) {
	s := &Session{options: o, keys: &keys{options: o}}
	roots, err := trusted(o.CAFile)
	if err != nil {
		return nil, err
	}
	if err := s.keys.check(); err != nil {
		return nil, err
	}
	s.transport = newTransport(o)
	s.transport.Proxy = s.proxy
	s.transport.TLSClientConfig = &tls.Config{RootCAs: roots}
	s.Client = &auth.Client{
		Client:     &http.Client{Transport: &rules{session: s, base: s.transport}, CheckRedirect: checkRedirect},
		Header:     http.Header{"User-Agent": {"stowage-wasm"}},
		Cache:      auth.NewCache(),
		ClientID:   "stowage-wasm",
		Credential: s.keys.credential,
	}
	return s, nil
}

// Close ends the connections. Bodies still open are for their readers to close.
func (s *Session) Close() { s.transport.CloseIdleConnections() }

// Plain says whether a registry is asked over plain HTTP.
func (s *Session) Plain(host string) bool {
	return isLoopback((&url.URL{Host: host}).Hostname()) || s.options.AllowsPlainHTTP(host)
}

func (s *Session) proxy(request *http.Request) (*url.URL, error) {
	switch {
	case isLoopback(request.URL.Hostname()) || s.options.ProxyOff:
		return nil, nil
	case s.options.Proxy != nil:
		return s.options.Proxy, nil
	}
	proxy, err := http.ProxyFromEnvironment(request)
	if err != nil { // err holds the whole URL, with its password
		return nil, fail.New(fail.InvalidArgument, messages.BadEnvironmentProxy())
	}
	return proxy, nil
}

// trusted is the system's certificate authorities and those of a file; nil means the system's.
func trusted(file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	pem, err := readOption(options.CAFile, file)
	if err != nil {
		return nil, err
	}
	roots, err := x509.SystemCertPool()
	if err != nil { // a system without any
		roots = x509.NewCertPool()
	}
	if !roots.AppendCertsFromPEM(pem) {
		return nil, fail.New(fail.InvalidArgument, messages.NoCertificates(file))
	}
	return roots, nil
}

// readOption reads the file that an option names, which must be a regular one: a FIFO would wait for ever.
func readOption(key, path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		return nil, fail.New(fail.IO, messages.OptionFile(key, path, messages.NotRegular()))
	}
	var content []byte
	if err == nil {
		content, err = os.ReadFile(path)
	}
	var onPath *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fail.Because(err, fail.NotFound, messages.OptionFile(key, path, messages.Missing()))
	case errors.As(err, &onPath):
		return nil, fail.Because(err, fail.IO, messages.OptionFile(key, path, onPath.Err.Error()))
	case err != nil:
		return nil, fail.Because(err, fail.IO, messages.OptionFile(key, path, err.Error()))
	}
	return content, nil
}
