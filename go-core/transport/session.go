// Package transport sends HTTP requests to registries: connections, TLS, proxies, credentials, retries, and
// error texts for users. The registry protocol itself is in package oci.
package transport

import (
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"os"

	"oras.land/oras-go/v2/registry/remote/auth"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/messages"
	"github.com/stowage/stowage/go-core/options"
)

// Session holds the credentials and tokens of one operation; no other operation sees them. It is safe for
// concurrent use.
type Session struct {
	*auth.Client // gets tokens, and drops credentials when a redirect leaves the registry

	options     options.Options
	release     func()
	credentials *credentialFinder
}

// Open returns a new session. It opens no connection yet.
func Open(o options.Options) (*Session, error) {
	s := &Session{options: o, credentials: &credentialFinder{options: o}}
	if err := s.credentials.check(); err != nil {
		return nil, err
	}
	transport, release, err := connections.acquire(o)
	if err != nil {
		return nil, err
	}
	s.release = release
	s.Client = &auth.Client{
		Client:     &http.Client{Transport: &policy{session: s, base: transport}, CheckRedirect: checkRedirect},
		Header:     http.Header{"User-Agent": {"stowage-wasm"}},
		Cache:      auth.NewCache(),
		ClientID:   "stowage-wasm",
		Credential: s.credentials.credential,
	}
	return s, nil
}

// Close returns the connections to the pool. Readers must still close their open response bodies.
func (s *Session) Close() { s.release() }

// UsesPlainHTTP reports whether requests to a host are first sent over plain HTTP.
func (s *Session) UsesPlainHTTP(host string) bool {
	return isLoopback((&url.URL{Host: host}).Hostname()) || s.options.AllowsPlainHTTP(host)
}

// readOptionFile reads the file that an option names. It must be a regular file: opening a FIFO would block
// until somebody writes to it.
func readOptionFile(key, path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		return nil, errkind.New(errkind.IO, messages.OptionFile(key, path, messages.NotRegular()))
	}
	var content []byte
	if err == nil {
		content, err = os.ReadFile(path)
	}
	var onPath *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errkind.Wrap(err, errkind.NotFound, messages.OptionFile(key, path, messages.FileNotFound()))
	case errors.As(err, &onPath):
		return nil, errkind.Wrap(err, errkind.IO, messages.OptionFile(key, path, onPath.Err.Error()))
	case err != nil:
		return nil, errkind.Wrap(err, errkind.IO, messages.OptionFile(key, path, err.Error()))
	}
	return content, nil
}
