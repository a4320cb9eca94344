package oci

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/opencontainers/go-digest"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/internal/faults"
)

func send(w http.ResponseWriter, length string, content []byte) {
	if length != "" {
		w.Header().Set("Content-Length", length)
	}
	w.Write(content)
	w.(http.Flusher).Flush()
}

// After every fault the old file is unchanged and there is no other file beside it.
func TestPullFromFaultyRegistry(t *testing.T) {
	content := module(200_000)
	blob := digest.FromBytes(content)
	wrong := append(module(199_999), 1)
	for _, c := range []struct {
		name  string
		fault faults.Behavior
		kind  errkind.Kind
		text  string
	}{
		{"other bytes", onBlob(blob, func(w http.ResponseWriter) { send(w, "", wrong[:len(content)]) }),
			errkind.DigestMismatch, "the content has digest sha256:"},
		{"short, honest length", onBlob(blob, func(w http.ResponseWriter) { send(w, "1000", content[:1000]) }),
			errkind.Truncated, "ends after 1000 of "},
		{"short, chunked", onBlob(blob, func(w http.ResponseWriter) { send(w, "", content[:70_000]) }),
			errkind.Truncated, "ends after 70000 of "},
		{"long", onBlob(blob, func(w http.ResponseWriter) { send(w, "", append(content[:len(content):len(content)], 0)) }),
			errkind.DigestMismatch, "more than"},
		{"cut in the body", onBlob(blob, func(w http.ResponseWriter) {
			send(w, "200014", content[:70_000])
			faults.Drop(w)
		}), errkind.Network, "the connection broke after 70000 of 200014 bytes"},
		{"cut before the answer", onBlob(blob, faults.Drop), errkind.Network, "EOF"},
		{"blob 404", onBlob(blob, func(w http.ResponseWriter) { w.WriteHeader(404) }),
			errkind.NotFound, "blob " + blob.String() + " not found"},
		{"blob 403", onBlob(blob, func(w http.ResponseWriter) {
			w.WriteHeader(403)
			w.Write([]byte(`{"errors":[{"code":"DENIED","message":"no entry"}]}`))
		}), errkind.Forbidden, "no entry"},
		{"silent", onBlob(blob, func(w http.ResponseWriter) {
			send(w, "", content[:70_000])
			time.Sleep(2 * quick.Idle)
		}), errkind.Timeout, "the peer sent nothing for 300ms"},
		{"redirect to plain HTTP elsewhere", onBlob(blob, func(w http.ResponseWriter) {
			w.Header().Set("Location", "http://registry.example/x")
			w.WriteHeader(307)
		}), errkind.Network, `plain HTTP to 'registry.example' refused`},
		{"token service over plain HTTP elsewhere", onBlob(blob, func(w http.ResponseWriter) {
			w.Header().Set("Www-Authenticate", `Bearer realm="http://tokens.example/t",service="s"`)
			w.WriteHeader(401)
		}), errkind.Network, `plain HTTP to 'tokens.example' refused`},
		{"manifest 404", faults.Answer(404),
			errkind.NotFound, "manifest not found"},
		{"manifest with another digest in the header", func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
			w.Header().Set("Docker-Content-Digest", blob.String())
			send(w, "", []byte("{}"))
		}, errkind.DigestMismatch, "requires " + blob.String()},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRegistry(t)
			r.push(t, "m", "v1", content, cncfConfig, cncfLayer)
			r.Set(c.fault)
			dir := t.TempDir()
			out := filepath.Join(dir, "out.wasm")
			must(t, os.WriteFile(out, []byte("old"), 0o600))
			_, err := pull(context.Background(), r.host+"/m:v1", out, nil, quick)
			wantKind(t, err, c.kind, c.text)
			wantBytes(t, out, []byte("old"))
			wantOnly(t, dir, "out.wasm")
		})
	}
}

func TestPullOfPinnedManifestWithOtherBytes(t *testing.T) {
	r := newRegistry(t)
	pinned := r.push(t, "m", "v1", module(1), cncfConfig, cncfLayer)
	r.Set(func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		w.Header().Set("Docker-Content-Digest", pinned.String())
		send(w, "", []byte("{}"))
	})
	_, err := pullStd(context.Background(), r.host+"/m@"+pinned.String(), filepath.Join(t.TempDir(), "o"), nil)
	wantKind(t, err, errkind.DigestMismatch, "requires "+pinned.String())
}

func TestPullAsksABusyRegistryAgain(t *testing.T) {
	r := newRegistry(t)
	r.push(t, "m", "v1", module(1), cncfConfig, cncfLayer)
	var asked atomic.Int32
	r.Set(faults.Times(2, &asked, faults.Answer(503)))
	_, err := pullStd(context.Background(), r.host+"/m:v1", filepath.Join(t.TempDir(), "o"), nil)
	must(t, err)
	asked.Store(0)
	r.Set(faults.Times(1000, &asked, faults.Answer(503)))
	_, err = pullStd(context.Background(), r.host+"/m:v1", filepath.Join(t.TempDir(), "o"), nil)
	wantKind(t, err, errkind.Network, "503")
	if asked.Load() != 4 {
		t.Errorf("asked %d times, want 4", asked.Load())
	}
}

func TestPullWhereNobodyListens(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	host := listener.Addr().String()
	listener.Close()
	_, err = pullStd(context.Background(), host+"/m:v1", filepath.Join(t.TempDir(), "o"), nil)
	wantKind(t, err, errkind.Network, "connection refused")
}

// A peer accepts a connection and never responds. The limit ends one pull, a cancel the other.
func TestPullFromSilentPeer(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { listener.Close() })
	ref := listener.Addr().String() + "/m:v1"
	_, err = pull(context.Background(), ref, filepath.Join(t.TempDir(), "o"), nil, quick)
	wantKind(t, err, errkind.Timeout, "the peer sent nothing for 300ms")

	ctx, cancel := context.WithCancel(context.Background())
	start := time.Now()
	time.AfterFunc(50*time.Millisecond, cancel)
	_, err = pullStd(ctx, ref, filepath.Join(t.TempDir(), "o"), nil)
	wantKind(t, err, errkind.Canceled, "canceled")
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("cancel took %v", took)
	}
}

func TestPullCanceledInTheBody(t *testing.T) {
	r := newRegistry(t)
	content := module(200_000)
	r.push(t, "m", "v1", content, cncfConfig, cncfLayer)
	release := make(chan struct{})
	r.Set(onBlob(digest.FromBytes(content), func(w http.ResponseWriter) {
		send(w, "", content[:100_000])
		<-release
	}))
	defer close(release)
	ctx, cancel := context.WithCancel(context.Background())
	dir := t.TempDir()
	_, err := pullStd(ctx, r.host+"/m:v1", filepath.Join(dir, "o"), func(done, _ int64) bool {
		if done > 0 {
			time.AfterFunc(20*time.Millisecond, cancel)
		}
		return true
	})
	wantKind(t, err, errkind.Canceled, r.host+"/m:v1: canceled")
	wantOnly(t, dir)
}

func TestPullCanceledBefore(t *testing.T) {
	r := newRegistry(t)
	r.push(t, "m", "v1", module(1), cncfConfig, cncfLayer)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := pullStd(ctx, r.host+"/m:v1", filepath.Join(t.TempDir(), "o"), nil)
	wantKind(t, err, errkind.Canceled, "")
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v has no cause", err)
	}
}

func TestRegistryElsewhereIsAskedOverHTTPS(t *testing.T) {
	_, err := pull(context.Background(), "10.255.255.1:5000/m:v1", filepath.Join(t.TempDir(), "o"), nil, quick)
	if kind := errkind.Of(err); kind != errkind.Network && kind != errkind.Timeout {
		t.Error(kind, err)
	}
	if !strings.Contains(err.Error(), "https://10.255.255.1:5000/") || strings.Contains(err.Error(), "http://") {
		t.Error(err)
	}
}
