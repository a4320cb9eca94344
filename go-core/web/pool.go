package web

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"sync"
	"time"

	"github.com/stowage/stowage/go-core/fail"
	"github.com/stowage/stowage/go-core/messages"
	"github.com/stowage/stowage/go-core/options"
)

// connections are kept for the next operation that would make the same ones, for as long as the option Keep
// says: to connect costs as much as to pull a small module. They carry no credentials of registries.
var connections pool

type pool struct {
	mu     sync.Mutex
	shared map[kind]*shared
}

// kind is all that connections depend on.
type kind struct {
	authorities   [sha256.Size]byte
	proxy         string
	proxyOff      bool
	connect, idle time.Duration
}

type shared struct {
	*http.Transport
	users int
	end   *time.Timer
}

// take gives the transport for these options; release must be called when the operation is over.
func (p *pool) take(o options.Options) (transport *http.Transport, release func(), err error) {
	pem, err := authorities(o.CAFile)
	if err != nil {
		return nil, nil, err
	}
	key := kind{sha256.Sum256(pem), "", o.ProxyOff, o.Connect, o.Idle}
	if o.Proxy != nil {
		if o.Proxy.User != nil { // a password is not kept
			transport = newTransport(o, pem)
			return transport, transport.CloseIdleConnections, nil
		}
		key.proxy = o.Proxy.String()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	one := p.shared[key]
	if one == nil {
		one = &shared{Transport: newTransport(o, pem)}
		if p.shared == nil {
			p.shared = map[kind]*shared{}
		}
		p.shared[key] = one
	}
	one.users++
	if one.end != nil {
		one.end.Stop()
	}
	return one.Transport, func() { p.release(key, one, o.Keep) }, nil
}

func (p *pool) release(key kind, one *shared, keep time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if one.users--; one.users > 0 {
		return
	}
	if one.end == nil {
		one.end = time.AfterFunc(keep, func() { p.drop(key, one) })
	} else {
		one.end.Reset(keep)
	}
}

// drop ends connections that nobody has asked for meanwhile.
func (p *pool) drop(key kind, one *shared) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if one.users == 0 {
		delete(p.shared, key)
		one.CloseIdleConnections()
	}
}

// authorities reads the option ca-file; without it there is nothing.
func authorities(file string) ([]byte, error) {
	if file == "" {
		return nil, nil
	}
	pem, err := readOption(options.CAFile, file)
	if err == nil && !x509.NewCertPool().AppendCertsFromPEM(pem) {
		err = fail.New(fail.InvalidArgument, messages.NoCertificates(file))
	}
	return pem, err
}

// trust is the system's certificate authorities and those of the option; nil means the system's alone.
func trust(pem []byte) *tls.Config {
	if pem == nil {
		return &tls.Config{}
	}
	roots, err := x509.SystemCertPool()
	if err != nil { // a system without any
		roots = x509.NewCertPool()
	}
	roots.AppendCertsFromPEM(pem)
	return &tls.Config{RootCAs: roots}
}
