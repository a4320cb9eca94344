package oci

import (
	"bytes"
	"context"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/opencontainers/go-digest"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/internal/faults"
)

// A module is the same artifact in a registry and in a layout, and Pull returns it from both.
func TestPushThenPull(t *testing.T) {
	r := newRegistry(t)
	content := module(300_000)
	file, layout := writeFile(t, content), "oci:"+filepath.Join(t.TempDir(), "new", "layout")
	var first Artifact
	for i, ref := range []string{r.host + "/m", r.host + "/n/o:v2", layout + ":v1", layout + ":v1"} {
		got, err := Push(context.Background(), file, ref, Job{Options: standard})
		must(t, err)
		if i == 0 {
			first = got
		}
		if got.Digest != first.Digest || got.MediaType != ocispec.MediaTypeImageManifest || got.Layout != "cncf" ||
			got.ModuleDigest != digest.FromBytes(content).String() || got.ModuleSize != int64(len(content)) {
			t.Errorf("%s: %+v", ref, got)
		}
		out := filepath.Join(t.TempDir(), "o")
		pulled, err := Pull(context.Background(), ref, out, Job{Options: standard})
		must(t, err)
		resolved, err := Resolve(context.Background(), ref, Job{Options: standard})
		must(t, err)
		if pulled.Digest != got.Digest || resolved.ModuleDigest != got.ModuleDigest {
			t.Errorf("pulled %+v, resolved %+v", pulled, resolved)
		}
		wantBytes(t, out, content)
	}
	_, err := Push(context.Background(), file, r.host+"/m@"+first.Digest, Job{Options: standard})
	must(t, err)
	other := r.host + "/m@" + digest.FromString("other").String()
	_, err = Push(context.Background(), file, other, Job{Options: standard})
	wantKind(t, err, errkind.DigestMismatch, "use a tag instead")
}

// Each blob is reported: first 0, then growing, last the total. Blobs that exist are not sent.
func TestPushReports(t *testing.T) {
	r := newRegistry(t)
	content := module(300_000)
	file := writeFile(t, content)
	var uploads atomic.Int32
	r.Set(faults.On(http.MethodPost, "/blobs/uploads/", faults.Times(0, &uploads, nil)))
	for i, tag := range []string{"v1", "v2"} {
		seen := map[string][]int64{}
		job := Job{Options: standard, Report: func(blob string, done, total int64) bool {
			if len(seen[blob]) == 0 && done != 0 {
				t.Errorf("%s begins with %d", blob, done)
			}
			seen[blob] = append(seen[blob], done)
			if done > total {
				t.Errorf("%d of %d", done, total)
			}
			return true
		}}
		_, err := Push(context.Background(), file, r.host+"/m:"+tag, job)
		must(t, err)
		reported := seen[digest.FromBytes(content).String()]
		if i == 0 && (len(seen) != 2 || uploads.Load() != 2 || !slices.IsSorted(reported) || len(reported) < 4 ||
			reported[len(reported)-1] != int64(len(content))) {
			t.Errorf("%d blobs, %d uploads, module %v", len(seen), uploads.Load(), reported)
		}
		if i == 1 && (len(seen) != 0 || uploads.Load() != 2) {
			t.Errorf("again: %v, %d uploads", slices.Collect(maps.Keys(seen)), uploads.Load())
		}
	}
}

func TestPushStoppedByReport(t *testing.T) {
	r := newRegistry(t)
	file := writeFile(t, module(5_000_000))
	after := 0
	job := Job{Options: standard, Report: func(_ string, done, total int64) bool {
		if done >= 100_000 {
			after++
		}
		return done < 100_000
	}}
	_, err := Push(context.Background(), file, r.host+"/m:v1", job)
	wantKind(t, err, errkind.Host, "stopped by the progress callback")
	if after != 1 {
		t.Errorf("%d reports after the stop", after)
	}
	_, err = Resolve(context.Background(), r.host+"/m:v1", Job{Options: standard})
	wantKind(t, err, errkind.NotFound, "not found")
}

// A failed upload is started again, unless it cannot succeed.
func TestPushToFaultyRegistry(t *testing.T) {
	content := module(2_000_000)
	file := writeFile(t, content)
	for name, c := range map[string]struct {
		fault func(hits *atomic.Int32) faults.Behavior
		kind  errkind.Kind
		text  string
	}{
		"503 at the start": {func(h *atomic.Int32) faults.Behavior {
			return faults.On("POST", "", faults.Times(1, h, faults.Answer(503)))
		}, 0, ""},
		"500 at the end": {func(h *atomic.Int32) faults.Behavior {
			return faults.On("PUT", "", faults.Times(2, h, faults.Answer(500)))
		}, 0, ""},
		"manifest 500": {func(h *atomic.Int32) faults.Behavior {
			return faults.On("PUT", "/manifests/v1", faults.Times(1, h, faults.Answer(500)))
		}, 0, ""},
		"dropped": {func(h *atomic.Int32) faults.Behavior {
			return faults.On("PUT", "", faults.Times(1, h, func(w http.ResponseWriter, _ *http.Request, _ http.Handler) { faults.Drop(w) }))
		}, 0, ""},
		"always 500": {func(h *atomic.Int32) faults.Behavior { return faults.On("PUT", "", faults.Answer(500)) }, errkind.Network, "failed with status 500: Internal Server Error; tried 2 times"},
		"403":        {func(h *atomic.Int32) faults.Behavior { return faults.On("POST", "", faults.Answer(403)) }, errkind.Forbidden, "forbidden (403)"},
		"404":        {func(h *atomic.Int32) faults.Behavior { return faults.On("POST", "", faults.Answer(404)) }, errkind.NotFound, "repository not found"},
		"413":        {func(h *atomic.Int32) faults.Behavior { return faults.On("PUT", "", faults.Answer(413)) }, errkind.TooLarge, "failed with status 413"},
		"upload elsewhere": {func(h *atomic.Int32) faults.Behavior {
			return faults.On("POST", "", faults.Answer(202, "Location", "http://evil.example/u?token=s3cret"))
		}, errkind.Network, "different host"},
		"exists says 500": {func(h *atomic.Int32) faults.Behavior { return faults.On("HEAD", "", faults.Answer(500)) }, errkind.Network, "HEAD http://"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRegistry(t)
			var hits atomic.Int32
			r.Set(c.fault(&hits))
			o := standard
			o.Retries = 1
			if strings.HasPrefix(name, "500") {
				o.Retries = 3
			}
			_, err := Push(context.Background(), file, r.host+"/m:v1", Job{Options: o})
			if c.text != "" {
				wantKind(t, err, c.kind, c.text)
				if strings.Contains(err.Error(), "s3cret") {
					t.Error(err)
				}
				return
			}
			must(t, err)
			r.Set(nil)
			out := filepath.Join(t.TempDir(), "o")
			_, err = pullStd(context.Background(), r.host+"/m:v1", out, nil)
			must(t, err)
			wantBytes(t, out, content)
		})
	}
}

// A file that changes during a push is not pushed with a mix of old and new bytes.
func TestPushOfChangingFile(t *testing.T) {
	content := module(5_000_000)
	for name, change := range map[string]func(path string) error{
		"overwritten": func(path string) error {
			file, err := os.OpenFile(path, os.O_WRONLY, 0)
			if err == nil {
				_, err = file.WriteAt([]byte("x"), int64(len(content)-1))
			}
			return err
		},
		"longer":  func(path string) error { return os.WriteFile(path, append(bytes.Clone(content), 1), 0o644) },
		"shorter": func(path string) error { return os.Truncate(path, 2_000_000) },
	} {
		t.Run(name, func(t *testing.T) {
			r := newRegistry(t)
			file := writeFile(t, content)
			changed := false
			job := Job{Options: standard, Report: func(_ string, done, _ int64) bool {
				if done > 100_000 && !changed {
					changed = true
					must(t, change(file))
				}
				return true
			}}
			_, err := Push(context.Background(), file, r.host+"/m:v1", job)
			if kind := errkind.Of(err); kind != errkind.DigestMismatch && kind != errkind.Truncated {
				t.Errorf("kind %d: %v", kind, err)
			}
			_, err = Resolve(context.Background(), r.host+"/m:v1", Job{Options: standard})
			wantKind(t, err, errkind.NotFound, "not found")
		})
	}
}

func TestConcurrentPushesAndPullsOfOneTag(t *testing.T) {
	r := newRegistry(t)
	contents := [][]byte{module(100_000), module(150_000)}
	files := []string{writeFile(t, contents[0]), writeFile(t, contents[1])}
	layout := "oci:" + filepath.Join(t.TempDir(), "layout")
	for _, ref := range []string{r.host + "/m:v1", layout + ":v1"} {
		_, err := Push(context.Background(), files[0], ref, Job{Options: standard})
		must(t, err)
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				for range 3 {
					if _, err := Push(context.Background(), files[i%2], ref, Job{Options: standard}); err != nil {
						t.Error(err)
					}
					out := filepath.Join(t.TempDir(), "o")
					if _, err := pullStd(context.Background(), ref, out, nil); err != nil {
						t.Error(err)
					}
					body, err := os.ReadFile(out)
					if err != nil || !bytes.Equal(body, contents[0]) && !bytes.Equal(body, contents[1]) {
						t.Errorf("%d bytes, %v", len(body), err)
					}
				}
			})
		}
		all.Wait()
	}
}
