package oci

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-containerregistry/pkg/registry"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/internal/faults"
)

// authority is a certificate authority for tests: its PEM file, and the PEM files of a key and a certificate for
// loopback and registry.example.
type authority struct{ file, key, certificate string }

func newAuthority(t *testing.T) *authority {
	t.Helper()
	dir := t.TempDir()
	write := func(name, kind string, der []byte) string {
		path := filepath.Join(dir, name)
		must(t, os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600))
		return path
	}
	template := func(serial int64, name string) *x509.Certificate {
		return &x509.Certificate{
			SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: name},
			NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		}
	}
	caKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	ca := template(1, "test authority")
	ca.IsCA, ca.BasicConstraintsValid, ca.KeyUsage = true, true, x509.KeyUsageCertSign
	caDER, err := x509.CreateCertificate(rand.Reader, ca, ca, &caKey.PublicKey, caKey)
	must(t, err)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	leaf := template(2, "test registry")
	leaf.DNSNames, leaf.IPAddresses = []string{"localhost", "registry.example"}, []net.IP{net.IPv4(127, 0, 0, 1)}
	der, err := x509.CreateCertificate(rand.Reader, leaf, ca, &key.PublicKey, caKey)
	must(t, err)
	keyDER, err := x509.MarshalPKCS8PrivateKey(key)
	must(t, err)
	return &authority{
		file: write("ca.pem", "CERTIFICATE", caDER), key: write("key.pem", "PRIVATE KEY", keyDER),
		certificate: write("certificate.pem", "CERTIFICATE", der),
	}
}

// serveTLS starts an empty registry in memory that requires TLS.
func (a *authority) serveTLS(t *testing.T) *testRegistry {
	t.Helper()
	pair, err := tls.LoadX509KeyPair(a.certificate, a.key)
	must(t, err)
	quiet := log.New(io.Discard, "", 0)
	r := &testRegistry{Handler: faults.NewHandler(registry.New(registry.Logger(quiet)))}
	server := httptest.NewUnstartedServer(r)
	server.Config.ErrorLog = quiet
	server.TLS = &tls.Config{Certificates: []tls.Certificate{pair}}
	server.StartTLS()
	t.Cleanup(server.Close)
	r.host = strings.TrimPrefix(server.URL, "https://")
	return r
}

// Every operation detects that a registry on loopback requires TLS, with and without credentials.
func TestTLSOnLoopback(t *testing.T) {
	ca := newAuthority(t)
	content := module(1000)
	file := writeFile(t, content)
	for _, gate := range []faults.Behavior{nil, basic} {
		r := ca.serveTLS(t)
		r.Set(gate)
		o := standard
		o.CAFile = ca.file
		if gate != nil {
			o.Username, o.Password = user, secret
		}
		ref := strings.Replace(r.host, "127.0.0.1", "localhost", 1) + "/m:v1"
		_, err := Push(context.Background(), file, ref, Job{Options: o})
		must(t, err)
		out := filepath.Join(t.TempDir(), "o")
		_, err = pull(context.Background(), r.host+"/m:v1", out, nil, o)
		must(t, err)
		wantBytes(t, out, content)
		tags, err := Tags(context.Background(), r.host+"/m", Job{Options: o})
		must(t, err)
		_, err = Copy(context.Background(), ref, r.host+"/n:v1", Job{Options: standard})
		wantKind(t, err, errkind.Network, "certificate signed by unknown authority; if the registry uses its own certificate authority, name the authority's PEM file in option 'ca-file'")
		if len(tags) != 1 {
			t.Error(tags)
		}
	}
}

func TestCAFile(t *testing.T) {
	r := newRegistry(t)
	r.push(t, "m", "v1", module(1), cncfConfig, cncfLayer)
	o := standard
	for path, c := range map[string]struct {
		kind errkind.Kind
		text string
	}{
		filepath.Join(t.TempDir(), "none"): {errkind.NotFound, "file not found"},
		t.TempDir():                        {errkind.IO, "it is not a regular file"},
		writeFile(t, []byte("no PEM")):     {errkind.InvalidArgument, "it contains no PEM certificate"},
	} {
		o.CAFile = path
		_, err := pull(context.Background(), r.host+"/m:v1", filepath.Join(t.TempDir(), "o"), nil, o)
		wantKind(t, err, c.kind, "option 'ca-file': "+path+": "+c.text)
	}
}
