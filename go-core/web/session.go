// Package web is how this module speaks HTTP to registries: connections, TLS, proxies, credentials, retries,
// and what became of a request in the user's words. The protocol of registries is not here.
package web

import (
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

// Session holds the credentials and tokens of one operation, and with it they are forgotten. Safe for
// concurrent use.
type Session struct {
	*auth.Client // asks for tokens and drops credentials where a redirect leaves the registry

	options options.Options
	release func()
	keys    *keys
}

// Open prepares a session; it connects nowhere yet.
func Open(o options.Options) (*Session, error) {
	s := &Session{options: o, keys: &keys{options: o}}
	if err := s.keys.check(); err != nil {
		return nil, err
	}
	transport, release, err := connections.take(o)
	if err != nil {
		return nil, err
	}
	s.release = release
	s.Client = &auth.Client{
		Client:     &http.Client{Transport: &rules{session: s, base: transport}, CheckRedirect: checkRedirect},
		Header:     http.Header{"User-Agent": {"stowage-wasm"}},
		Cache:      auth.NewCache(),
		ClientID:   "stowage-wasm",
		Credential: s.keys.credential,
	}
	return s, nil
}

// Close gives the connections back. Bodies still open are for their readers to close.
func (s *Session) Close() { s.release() }

// Plain says whether a registry is asked over plain HTTP.
func (s *Session) Plain(host string) bool {
	return isLoopback((&url.URL{Host: host}).Hostname()) || s.options.AllowsPlainHTTP(host)
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
