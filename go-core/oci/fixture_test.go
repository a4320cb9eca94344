package oci

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-containerregistry/pkg/registry"
	"github.com/opencontainers/go-digest"
	"github.com/opencontainers/image-spec/specs-go"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
	"oras.land/oras-go/v2/registry/remote"

	"io"
	"log"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/internal/faults"
	"github.com/stowage/stowage/go-core/options"
)

// testRegistry is a registry on a loopback port that can have one fault.
type testRegistry struct {
	*faults.Handler
	host   string
	server *httptest.Server
}

// serve starts a registry behind a fault handler on a loopback port.
func serve(t *testing.T, registry http.Handler) *testRegistry {
	t.Helper()
	r := &testRegistry{Handler: faults.NewHandler(registry)}
	r.server = httptest.NewServer(r)
	t.Cleanup(r.server.Close)
	r.host = strings.TrimPrefix(r.server.URL, "http://")
	return r
}

// newRegistry starts an empty registry in memory.
func newRegistry(t *testing.T) *testRegistry {
	t.Helper()
	return serve(t, registry.New(registry.Logger(log.New(io.Discard, "", 0))))
}

// onBlob applies a fault to GET requests for one blob.
func onBlob(d digest.Digest, answer func(w http.ResponseWriter)) faults.Behavior {
	return faults.On(http.MethodGet, "/blobs/"+d.String(), func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		answer(w)
	})
}

// push stores an artifact with one layer per type, all with these bytes, and returns the digest of its manifest.
func (r *testRegistry) push(t *testing.T, repository, tag string, content []byte, config string, layers ...string) digest.Digest {
	t.Helper()
	to, err := remote.NewRepository(r.host + "/" + repository)
	must(t, err)
	to.PlainHTTP = true
	put := func(mediaType string, body []byte) ocispec.Descriptor {
		d := ocispec.Descriptor{MediaType: mediaType, Digest: digest.FromBytes(body), Size: int64(len(body))}
		must(t, to.Push(context.Background(), d, bytes.NewReader(body)))
		return d
	}
	manifest := ocispec.Manifest{
		Versioned: specs.Versioned{SchemaVersion: 2}, MediaType: ocispec.MediaTypeImageManifest,
		Config: put(config, []byte("{}")), Layers: []ocispec.Descriptor{},
	}
	for _, mediaType := range layers {
		manifest.Layers = append(manifest.Layers, put(mediaType, content))
	}
	body, err := json.Marshal(manifest)
	must(t, err)
	return r.pushManifest(t, repository, tag, ocispec.MediaTypeImageManifest, body)
}

func (r *testRegistry) pushManifest(t *testing.T, repository, tag, mediaType string, body []byte) digest.Digest {
	t.Helper()
	request, err := http.NewRequest(http.MethodPut,
		"http://"+r.host+"/v2/"+repository+"/manifests/"+tag, bytes.NewReader(body))
	must(t, err)
	request.Header.Set("Content-Type", mediaType)
	response, err := http.DefaultClient.Do(request)
	must(t, err)
	defer response.Body.Close()
	if response.StatusCode != http.StatusCreated {
		t.Fatalf("PUT manifest: %s", response.Status)
	}
	return digest.FromBytes(body)
}

// module returns a valid module that is empty except for a custom section of n bytes.
func module(n int) []byte {
	body := append([]byte("\x01x"), bytes.Repeat([]byte{7}, n)...)
	size := []byte{0}
	for v, i := len(body), 0; ; i++ {
		b := byte(v & 0x7f)
		if v >>= 7; v == 0 {
			size = append(size, b)
			break
		}
		size = append(size, b|0x80)
	}
	return append(append(bytes.Clone(moduleHeader), size...), body...)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wantKind checks kind and text of a failure, and that no output or temporary file is left in dir.
func wantKind(t *testing.T, err error, kind errkind.Kind, text string) {
	t.Helper()
	if err == nil || errkind.Of(err) != kind || !strings.Contains(err.Error(), text) {
		t.Errorf("got kind %d: %v\nwant kind %d with %q", errkind.Of(err), err, kind, text)
	}
}

func wantOnly(t *testing.T, dir string, names ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	must(t, err)
	got := []string{}
	for _, entry := range entries {
		got = append(got, entry.Name())
	}
	if strings.Join(got, " ") != strings.Join(names, " ") {
		t.Errorf("%s holds %q, want %q", dir, got, names)
	}
}

func wantBytes(t *testing.T, path string, want []byte) {
	t.Helper()
	got, err := os.ReadFile(path)
	must(t, err)
	if !bytes.Equal(got, want) {
		t.Errorf("%s: %d bytes, want %d others", path, len(got), len(want))
	}
}

func writeFile(t *testing.T, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "module.wasm")
	must(t, os.WriteFile(path, content, 0o644))
	return path
}

// standard returns the options of most tests. They do not use the Docker configuration of the machine.
var standard = func() options.Options {
	o := options.Default()
	o.DockerConfig = options.None
	return o
}()

// quick returns options with short limits and without retries.
var quick = func() options.Options {
	o := standard
	o.Connect, o.Idle, o.Retries = 300*time.Millisecond, 300*time.Millisecond, 0
	return o
}()

func pull(ctx context.Context, ref, out string, report func(done, total int64) bool, o options.Options) (string, error) {
	job := Job{Options: o}
	if report != nil {
		job.Report = func(_ string, done, total int64) bool { return report(done, total) }
	}
	artifact, err := Pull(ctx, ref, out, job)
	return artifact.ModuleDigest, err
}

func pullStd(ctx context.Context, ref, out string, report func(done, total int64) bool) (string, error) {
	return pull(ctx, ref, out, report, standard)
}

// pack pushes a module into a layout.
func pack(file, dir, tag string) (string, error) {
	artifact, err := Push(context.Background(), file, "oci:"+dir+":"+tag, Job{Options: standard})
	return artifact.ModuleDigest, err
}
