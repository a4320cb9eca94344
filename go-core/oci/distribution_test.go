package oci

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/opencontainers/go-digest"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/internal/faults"
	"github.com/stowage/stowage/go-core/options"
)

// requireRegistry is the environment variable that makes a missing registry an error instead of a skip.
const requireRegistry = "STOWAGE_REQUIRE_REGISTRY"

// passwords is an htpasswd file for user and secret. distribution supports bcrypt only.
const passwords = user + ":$2b$04$84YdmjLJbePDGpATqNeVRu5WyP5ns1RJ9bi4QIYC0QvwFeUSkthm2\n"

// distribution starts Debian's docker-registry on loopback, with a minimal configuration plus these settings, and
// returns its host. The registry ends with the test.
func distribution(t *testing.T, settings string) string {
	t.Helper()
	binary, err := exec.LookPath("docker-registry")
	if err != nil {
		if os.Getenv(requireRegistry) == "1" {
			t.Fatalf("%v; install the package docker-registry", err)
		}
		t.Skipf("no docker-registry here: %v", err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	host := listener.Addr().String()
	must(t, listener.Close())
	dir := t.TempDir()
	config := filepath.Join(dir, "config.yml")
	must(t, os.WriteFile(config, fmt.Appendf(nil, "version: 0.1\nlog:\n  level: error\n  accesslog:\n    disabled: true\n"+
		"storage:\n  filesystem:\n    rootdirectory: %s\nhttp:\n  addr: %s\n%s", filepath.Join(dir, "data"), host, settings), 0o600))
	command := exec.Command(binary, "serve", config)
	var said strings.Builder
	command.Stdout, command.Stderr = &said, &said
	must(t, command.Start())
	ended := make(chan struct{})
	go func() { command.Wait(); close(ended) }()
	t.Cleanup(func() { command.Process.Kill(); <-ended })
	for range 500 {
		if conn, err := net.Dial("tcp", host); err == nil {
			conn.Close()
			return host
		}
		select {
		case <-ended:
			t.Fatalf("docker-registry ended: %s", said.String())
		case <-time.After(20 * time.Millisecond):
		}
	}
	t.Fatal("docker-registry does not listen")
	return ""
}

// Every operation works with the reference implementation: open, with passwords, and with its own TLS certificate.
func TestDistribution(t *testing.T) {
	ca := newAuthority(t)
	htpasswd := filepath.Join(t.TempDir(), "htpasswd")
	must(t, os.WriteFile(htpasswd, []byte(passwords), 0o600))
	gate := "auth:\n  htpasswd:\n    realm: test\n    path: " + htpasswd + "\n"
	secure := "  tls:\n    certificate: " + ca.certificate + "\n    key: " + ca.key + "\n"
	login := standard
	login.CAFile, login.Username, login.Password = ca.file, user, secret
	for name, c := range map[string]struct {
		settings string
		options  options.Options
	}{
		"open": {"", standard}, "passwords": {gate, login}, "TLS and passwords": {secure + gate, login},
	} {
		t.Run(name, func(t *testing.T) {
			host := distribution(t, c.settings)
			roundTrip(t, host, c.options)
			if c.settings == "" {
				return
			}
			stranger := c.options
			stranger.Password = "s3cret"
			_, err := Resolve(context.Background(), host+"/a/b:v1", Job{Options: stranger})
			wantKind(t, err, errkind.Unauthorized, "the credentials from options 'username' and 'password' do not give access")
			stranger.Username = ""
			_, err = Push(context.Background(), writeFile(t, module(1)), host+"/a/b:v1", Job{Options: stranger})
			wantKind(t, err, errkind.Unauthorized, "no credentials were sent")
		})
	}
}

func roundTrip(t *testing.T, host string, o options.Options) {
	t.Helper()
	ctx, job := context.Background(), Job{Options: o}
	content := module(3_000_000)
	file, dir := writeFile(t, content), t.TempDir()
	pushed, err := Push(ctx, file, host+"/a/b:v1", job)
	must(t, err)
	_, err = Push(ctx, writeFile(t, module(5)), host+"/a/b:v2", job)
	must(t, err)
	copied, err := Copy(ctx, host+"/a/b:v1", "oci:"+dir+":x", job)
	must(t, err)
	back, err := Copy(ctx, "oci:"+dir+":x", host+"/c:v3", job)
	must(t, err)
	resolved, err := Resolve(ctx, host+"/c@"+pushed.Digest, job)
	must(t, err)
	for _, other := range []Artifact{copied, back, resolved} {
		if other.Digest != pushed.Digest || other.ModuleSize != int64(len(content)) {
			t.Errorf("%+v, want %+v", other, pushed)
		}
	}
	out := filepath.Join(dir, "out.wasm")
	_, err = Pull(ctx, host+"/c:v3", out, job)
	must(t, err)
	wantBytes(t, out, content)
	tags, err := Tags(ctx, host+"/a/b", job)
	must(t, err)
	if strings.Join(tags, " ") != "v1 v2" {
		t.Error(tags)
	}
	_, err = Pull(ctx, host+"/a/b:v9", out, job)
	wantKind(t, err, errkind.NotFound, "manifest not found")
	_, err = Tags(ctx, host+"/none", job)
	wantKind(t, err, errkind.NotFound, "repository not found")
}

// With faults in front of a real registry, broken downloads are resumed and failed uploads are started again, many
// at once.
func TestDistributionBehindFaults(t *testing.T) {
	host := distribution(t, "")
	r := serve(t, httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: host}))
	content := module(2_000_000)
	file := writeFile(t, content)
	blob := "/blobs/" + digest.FromBytes(content).String()
	var failed, cut atomic.Int32
	r.Set(faults.On("PUT", "", faults.Times(1, &failed, func(w http.ResponseWriter, _ *http.Request, _ http.Handler) { faults.Drop(w) })))
	_, err := Push(context.Background(), file, r.host+"/m:v1", Job{Options: standard})
	must(t, err)
	r.Set(faults.On("GET", blob, faults.Times(2, &cut, faults.Cut(700_000, true))))
	out := filepath.Join(t.TempDir(), "o")
	_, err = pullStd(context.Background(), r.host+"/m:v1", out, nil)
	must(t, err)
	wantBytes(t, out, content)
	if failed.Load() < 2 || cut.Load() != 3 {
		t.Errorf("%d uploads, %d downloads", failed.Load(), cut.Load())
	}
	r.Set(nil)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			if _, err := Push(context.Background(), file, fmt.Sprintf("%s/m:t%d", host, i%2), Job{Options: standard}); err != nil {
				t.Error(err)
			}
			if _, err := pullStd(context.Background(), host+"/m:v1", out, nil); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	wantBytes(t, out, content)
}
