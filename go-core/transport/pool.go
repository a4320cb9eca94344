package transport

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"sync"
	"time"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/messages"
	"github.com/stowage/stowage/go-core/options"
)

// connections keeps idle connections for the next operation with equal settings, for the duration of option
// Keep: connecting costs as much time as pulling a small module. It holds no credentials of registries.
var connections pool

type pool struct {
	mu         sync.Mutex
	transports map[poolKey]*sharedTransport
}

// poolKey holds every setting that a connection depends on.
type poolKey struct {
	authorities   [sha256.Size]byte
	proxy         string
	proxyOff      bool
	connect, idle time.Duration
}

type sharedTransport struct {
	*http.Transport
	users  int
	expiry *time.Timer
}

// acquire returns the transport for these options. The caller calls release at the end of the operation.
func (p *pool) acquire(o options.Options) (transport *http.Transport, release func(), err error) {
	pem, err := readAuthorities(o.CAFile)
	if err != nil {
		return nil, nil, err
	}
	key := poolKey{sha256.Sum256(pem), "", o.ProxyOff, o.Connect, o.Idle}
	if o.Proxy != nil {
		if o.Proxy.User != nil { // the pool must not keep a password
			transport = newTransport(o, pem)
			return transport, transport.CloseIdleConnections, nil
		}
		key.proxy = o.Proxy.String()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	entry := p.transports[key]
	if entry == nil {
		entry = &sharedTransport{Transport: newTransport(o, pem)}
		if p.transports == nil {
			p.transports = map[poolKey]*sharedTransport{}
		}
		p.transports[key] = entry
	}
	entry.users++
	if entry.expiry != nil {
		entry.expiry.Stop()
	}
	return entry.Transport, func() { p.release(key, entry, o.Keep) }, nil
}

func (p *pool) release(key poolKey, entry *sharedTransport, keep time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if entry.users--; entry.users > 0 {
		return
	}
	if entry.expiry == nil {
		entry.expiry = time.AfterFunc(keep, func() { p.expire(key, entry) })
	} else {
		entry.expiry.Reset(keep)
	}
}

// expire closes the connections unless another operation has acquired them meanwhile.
func (p *pool) expire(key poolKey, entry *sharedTransport) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if entry.users == 0 {
		delete(p.transports, key)
		entry.CloseIdleConnections()
	}
}

// readAuthorities reads the file of option ca-file; it returns nil if the option is not set.
func readAuthorities(file string) ([]byte, error) {
	if file == "" {
		return nil, nil
	}
	pem, err := readOptionFile(options.CAFile, file)
	if err == nil && !x509.NewCertPool().AppendCertsFromPEM(pem) {
		err = errkind.New(errkind.InvalidArgument, messages.NoCertificates(file))
	}
	return pem, err
}

// tlsConfig trusts the certificate authorities of the system and those in pem. A nil pem means the system's
// only.
func tlsConfig(pem []byte) *tls.Config {
	if pem == nil {
		return &tls.Config{}
	}
	roots, err := x509.SystemCertPool()
	if err != nil { // the system has none
		roots = x509.NewCertPool()
	}
	roots.AppendCertsFromPEM(pem)
	return &tls.Config{RootCAs: roots}
}
