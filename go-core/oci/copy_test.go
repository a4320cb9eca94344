package oci

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/opencontainers/go-digest"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/internal/faults"
)

func copyStd(from, to string) (Artifact, error) {
	return Copy(context.Background(), from, to, Job{Options: standard})
}

// strange pushes a manifest with unknown fields and unusual white space; its blobs are in the repository.
func (r *testRegistry) strange(t *testing.T, repository, tag, content string) digest.Digest {
	t.Helper()
	r.push(t, repository, "base", []byte(content), "application/x-config", "application/x-layer")
	blob := func(mediaType, body string) string {
		return `{ "mediaType":"` + mediaType + `" ,"size":` + string(mustJSON(len(body))) + `,"digest":"` +
			digest.FromString(body).String() + `"}`
	}
	return r.pushManifest(t, repository, tag, ocispec.MediaTypeImageManifest, []byte("{ \"zzz\" : [1, 2],\n"+
		`"schemaVersion":2,"mediaType":"`+ocispec.MediaTypeImageManifest+`","config":`+blob("application/x-config", "{}")+
		`,"layers":[`+blob("application/x-layer", content)+`],"annotations":{"b":"2","a":"1"}}`))
}

func mustJSON(value any) []byte {
	body, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return body
}

// index pushes an index of manifests, with one platform each ("" is none).
func (r *testRegistry) index(t *testing.T, repository, tag string, entries map[string]digest.Digest, order ...string) digest.Digest {
	t.Helper()
	index := ocispec.Index{MediaType: ocispec.MediaTypeImageIndex}
	index.SchemaVersion = 2
	for _, name := range order {
		response, err := http.Head("http://" + r.host + "/v2/" + repository + "/manifests/" + entries[name].String())
		must(t, err)
		response.Body.Close()
		entry := ocispec.Descriptor{
			MediaType: response.Header.Get("Content-Type"), Digest: entries[name], Size: response.ContentLength,
		}
		if parts := strings.Split(name, "/"); len(parts) > 1 {
			entry.Platform = &ocispec.Platform{OS: parts[0], Architecture: parts[1]}
			if len(parts) > 2 {
				entry.Platform.Variant = parts[2]
			}
		}
		index.Manifests = append(index.Manifests, entry)
	}
	return r.pushManifest(t, repository, tag, ocispec.MediaTypeImageIndex, mustJSON(index))
}

// Every kind of artifact keeps its digest, for every pair of registry and layout.
func TestCopyKeepsEveryByte(t *testing.T) {
	one, other := newRegistry(t), newRegistry(t)
	strange := one.strange(t, "m", "strange", "some layer")
	wasm := one.push(t, "m", "wasm", module(200_000), wasmToOCIConfig, wasmToOCILayer)
	inner := one.index(t, "m", "inner", map[string]digest.Digest{"wasi/wasm": wasm}, "wasi/wasm")
	outer := one.index(t, "m", "outer", map[string]digest.Digest{"": strange, "any/any": inner}, "", "any/any")
	layouts := t.TempDir()
	for tag, want := range map[string]digest.Digest{"strange": strange, "wasm": wasm, "outer": outer} {
		from := one.host + "/m:" + tag
		for _, to := range []string{
			"oci:" + filepath.Join(layouts, "a") + ":" + tag, other.host + "/n/o:x-" + tag,
			"oci:" + filepath.Join(layouts, "b") + ":" + tag, one.host + "/again:" + tag,
			other.host + "/p@" + want.String(),
		} {
			got, err := copyStd(from, to)
			must(t, err)
			resolved, err := Resolve(context.Background(), to, Job{Options: standard})
			must(t, err)
			if got.Digest != want.String() || resolved.Digest != want.String() || got.Layout != resolved.Layout ||
				(got.Layout == "wasm-to-oci") != (tag == "wasm") {
				t.Errorf("%s to %s: %+v, then %+v", from, to, got, resolved)
			}
			from = to
		}
	}
	artifact, err := Resolve(context.Background(), "oci:"+filepath.Join(layouts, "b")+":strange", Job{Options: standard})
	must(t, err)
	if artifact.Annotations["a"] != "1" || len(artifact.Annotations) != 2 || artifact.ModuleDigest != "" {
		t.Errorf("%+v", artifact)
	}
	out := filepath.Join(t.TempDir(), "o")
	_, err = pullStd(context.Background(), "oci:"+filepath.Join(layouts, "b")+":outer", out, nil)
	wantKind(t, err, errkind.Unsupported, "no Wasm artifact in the index; it has "+strange.String()+", any/any")
	o := standard
	o.Platform = &ocispec.Platform{OS: "any", Architecture: "any"}
	_, err = pull(context.Background(), other.host+"/n/o:x-outer", out, nil, o)
	wantKind(t, err, errkind.NotFound, "no manifest for platform 'any/any'; the index has wasi/wasm")
}

func TestCopySendsABlobOnce(t *testing.T) {
	from, to := newRegistry(t), newRegistry(t)
	content := module(100_000)
	a := from.push(t, "m", "a", content, cncfConfig, cncfLayer)
	b := from.push(t, "m", "b", content, cncfConfig, "text/plain", cncfLayer)
	from.index(t, "m", "both", map[string]digest.Digest{"a/a": a, "b/b": b}, "a/a", "b/b")
	var downloads, uploads atomic.Int32
	from.Set(faults.On(http.MethodGet, "/blobs/"+digest.FromBytes(content).String(), faults.Times(0, &downloads, nil)))
	to.Set(faults.On(http.MethodPost, "", faults.Times(0, &uploads, nil)))
	for _, tag := range []string{"v1", "v2"} {
		_, err := copyStd(from.host+"/m:both", to.host+"/n:"+tag)
		must(t, err)
	}
	if downloads.Load() != 1 || uploads.Load() != 2 { // the module and {}
		t.Errorf("%d downloads, %d uploads", downloads.Load(), uploads.Load())
	}
	tags, err := Tags(context.Background(), to.host+"/n", Job{Options: standard})
	must(t, err)
	if strings.Join(tags, " ") != "v1 v2" {
		t.Error(tags)
	}
}

func TestCopyOfOnePlatform(t *testing.T) {
	r := newRegistry(t)
	a := r.push(t, "m", "a", module(1), cncfConfig, cncfLayer)
	b := r.push(t, "m", "b", module(2), cncfConfig, cncfLayer)
	r.index(t, "m", "both", map[string]digest.Digest{"a/a": a, "b/b/v2": b}, "a/a", "b/b/v2")
	dir := t.TempDir()
	o := standard
	o.Platform = &ocispec.Platform{OS: "b", Architecture: "b"}
	got, err := Copy(context.Background(), r.host+"/m:both", "oci:"+dir+":v1", Job{Options: o})
	must(t, err)
	blobs, err := os.ReadDir(filepath.Join(dir, "blobs", "sha256"))
	must(t, err)
	if got.Digest != b.String() || len(blobs) != 3 {
		t.Errorf("%+v with %d blobs", got, len(blobs))
	}
}

func TestCopyRefuses(t *testing.T) {
	r := newRegistry(t)
	wasm := r.push(t, "m", "wasm", module(1), cncfConfig, cncfLayer)
	r.pushManifest(t, "m", "unknown", "application/vnd.docker.distribution.manifest.v1+prettyjws", []byte(`{"x":1}`))
	r.pushManifest(t, "m", "typed", ocispec.MediaTypeImageManifest, []byte(`{"mediaType":"`+ocispec.MediaTypeImageManifest+`","layers":7}`))
	r.pushManifest(t, "m", "sha512", ocispec.MediaTypeImageManifest, []byte(`{"mediaType":"`+ocispec.MediaTypeImageManifest+
		`","config":{"mediaType":"a/b","size":1,"digest":"sha512:`+strings.Repeat("0", 128)+`"}}`))
	r.pushManifest(t, "m", "path", ocispec.MediaTypeImageManifest, []byte(`{"mediaType":"`+ocispec.MediaTypeImageManifest+
		`","config":{"mediaType":"a/b","size":1,"digest":"sha256:../../../../x"}}`))
	missing := `{"mediaType":"` + ocispec.MediaTypeImageManifest + `","config":{"mediaType":"a/b","size":1,"digest":"` + digest.FromString("gone").String() + `"}}`
	r.pushManifest(t, "m", "missing", ocispec.MediaTypeImageManifest, []byte(missing))
	dir := t.TempDir()
	file := writeFile(t, module(1))
	for name, c := range map[string]struct {
		from, to string
		kind     errkind.Kind
		text     string
	}{
		"unknown":      {r.host + "/m:unknown", "oci:" + dir + ":v1", errkind.Unsupported, "found media type 'application/vnd.docker.distribution.manifest.v1+prettyjws'"},
		"typed":        {r.host + "/m:typed", "oci:" + dir + ":v1", errkind.Unsupported, "the manifest is not well formed"},
		"sha512":       {r.host + "/m:sha512", "oci:" + dir + ":v1", errkind.Unsupported, "only sha256"},
		"path":         {r.host + "/m:path", "oci:" + dir + ":v1", errkind.Unsupported, "only sha256"},
		"missing":      {r.host + "/m:missing", "oci:" + dir + ":v1", errkind.NotFound, "blob " + digest.FromString("gone").String() + " not found"},
		"no source":    {r.host + "/none:v1", "oci:" + dir + ":v1", errkind.NotFound, "manifest not found"},
		"bad source":   {"oci:" + dir, "oci:" + dir + ":v1", errkind.InvalidReference, "invalid reference"},
		"bad target":   {r.host + "/m:wasm", "a b", errkind.InvalidReference, "invalid reference 'a b'"},
		"other digest": {r.host + "/m:wasm", r.host + "/n@" + digest.FromString("x").String(), errkind.DigestMismatch, wasm.String()},
		"to a file":    {r.host + "/m:wasm", "oci:" + file + ":v1", errkind.IO, "not a directory"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := copyStd(c.from, c.to)
			wantKind(t, err, c.kind, c.text)
		})
	}
	if _, err := os.Stat(filepath.Join(dir, "index.json")); err == nil {
		t.Error("a tag was made")
	}
	o := standard
	o.Username, o.Password = "u", "hunter2"
	_, err := Copy(context.Background(), r.host+"/m:wasm", "localhost:1/m:v1", Job{Options: o})
	wantKind(t, err, errkind.InvalidArgument, "would go to both '"+r.host+"' and 'localhost:1'")
}

func TestConcurrentCopiesIntoOneLayout(t *testing.T) {
	r := newRegistry(t)
	dir := t.TempDir()
	tags := strings.Split("abcdefgh", "")
	for i, tag := range tags {
		r.push(t, "m", tag, module(50_000*(i/2)), cncfConfig, cncfLayer)
	}
	must(t, os.WriteFile(filepath.Join(dir, layoutPrefix+"DEAD"+partSuffix), []byte("junk"), 0o644))
	var all sync.WaitGroup
	for _, tag := range tags {
		all.Go(func() {
			for range 3 {
				if _, err := copyStd(r.host+"/m:"+tag, "oci:"+dir+":"+tag); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	wantOnly(t, dir, "blobs", "index.json", "oci-layout")
	got, err := Tags(context.Background(), "oci:"+dir, Job{Options: standard})
	must(t, err)
	if strings.Join(got, "") != "abcdefgh" {
		t.Error(got)
	}
	for i, tag := range tags {
		out := filepath.Join(t.TempDir(), "o")
		_, err := pullStd(context.Background(), "oci:"+dir+":"+tag, out, nil)
		must(t, err)
		wantBytes(t, out, module(50_000*(i/2)))
	}
}

// A blob that lost its bytes is written again; a complete one is not.
func TestCopyHealsALayout(t *testing.T) {
	r := newRegistry(t)
	content := module(100_000)
	r.push(t, "m", "v1", content, cncfConfig, cncfLayer)
	dir := t.TempDir()
	var downloads atomic.Int32
	r.Set(faults.On(http.MethodGet, "/blobs/"+digest.FromBytes(content).String(), faults.Times(0, &downloads, nil)))
	blob := blobPath(dir, digest.FromBytes(content))
	for i, damage := range []func() error{
		nil, func() error { return nil },
		func() error { return os.WriteFile(blob, bytes.Repeat([]byte{0}, len(content)), 0o644) },
		func() error { return os.Truncate(blob, 5) },
	} {
		if damage != nil {
			must(t, damage())
		}
		_, err := copyStd(r.host+"/m:v1", "oci:"+dir+":v1")
		must(t, err)
		wantBytes(t, blob, content)
		if want := []int32{1, 1, 2, 3}[i]; downloads.Load() != want {
			t.Errorf("step %d: %d downloads, want %d", i, downloads.Load(), want)
		}
	}
}
