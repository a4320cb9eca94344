package oci

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/opencontainers/go-digest"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"

	"github.com/stowage/stowage/go-core/errkind"
)

func TestPullFromRegistry(t *testing.T) {
	r := newRegistry(t)
	content := module(300_000)
	pinned := r.push(t, "cncf", "v1", content, cncfConfig, cncfLayer)
	r.push(t, "cncf", "latest", content, cncfConfig, "text/plain", cncfLayer)
	r.push(t, "old", "v1", content, wasmToOCIConfig, wasmToOCILayer)
	for _, ref := range []string{
		"/cncf:v1", "/cncf", "/old:v1", "/cncf@" + pinned.String(), "/cncf:other@" + pinned.String(),
	} {
		t.Run(ref, func(t *testing.T) {
			dir := t.TempDir()
			out := filepath.Join(dir, "out.wasm")
			must(t, os.WriteFile(out, []byte("old"), 0o600))
			got, err := pullStd(context.Background(), r.host+ref, out, nil)
			must(t, err)
			if want := digest.FromBytes(content).String(); got != want {
				t.Errorf("digest %s, want %s", got, want)
			}
			wantBytes(t, out, content)
			wantOnly(t, dir, "out.wasm")
		})
	}
}

func TestPullReports(t *testing.T) {
	r := newRegistry(t)
	for _, size := range []int{0, 10, 64 << 10, 300_000} {
		content := module(size)
		r.push(t, "m", "v1", content, cncfConfig, cncfLayer)
		var seen []int64
		_, err := pullStd(context.Background(), r.host+"/m:v1", filepath.Join(t.TempDir(), "o"),
			func(done, total int64) bool {
				if total != int64(len(content)) {
					t.Errorf("total %d, want %d", total, len(content))
				}
				seen = append(seen, done)
				return true
			})
		must(t, err)
		if seen[0] != 0 || seen[len(seen)-1] != int64(len(content)) {
			t.Errorf("reports %v, want 0 first and %d last", seen, len(content))
		}
		for i := 1; i < len(seen); i++ {
			if seen[i] <= seen[i-1] {
				t.Errorf("reports %v do not grow", seen)
			}
		}
	}
}

func TestPullStoppedByReport(t *testing.T) {
	r := newRegistry(t)
	content := module(300_000)
	r.push(t, "m", "v1", content, cncfConfig, cncfLayer)
	for _, at := range []int64{0, 64 << 10, int64(len(content))} {
		dir, after := t.TempDir(), 0
		_, err := pullStd(context.Background(), r.host+"/m:v1", filepath.Join(dir, "o"), func(done, _ int64) bool {
			if done >= at {
				after++
			}
			return done < at
		})
		wantKind(t, err, errkind.Host, "stopped by the progress callback")
		wantOnly(t, dir)
		if after != 1 {
			t.Errorf("%d reports from %d on, want 1", after, at)
		}
	}
}

func TestPullRefusesOtherArtifacts(t *testing.T) {
	r := newRegistry(t)
	content := module(10)
	r.push(t, "image", "v1", content, ocispec.MediaTypeImageConfig, ocispec.MediaTypeImageLayer)
	r.push(t, "crossed", "v1", content, cncfConfig, wasmToOCILayer)
	r.push(t, "two", "v1", content, cncfConfig, cncfLayer, cncfLayer)
	r.push(t, "none", "v1", content, cncfConfig)
	r.pushManifest(t, "index", "v1", ocispec.MediaTypeImageIndex, []byte(`{"schemaVersion":2,"manifests":[]}`))
	r.pushManifest(t, "typed", "v1", ocispec.MediaTypeImageManifest, []byte(`{"schemaVersion":2,"mediaType":[]}`))
	r.pushManifest(t, "cut", "v1", ocispec.MediaTypeImageManifest, []byte(`{"schemaVersion":2,`))
	r.pushManifest(t, "minus", "v1", ocispec.MediaTypeImageManifest, []byte(`{"mediaType":"`+
		ocispec.MediaTypeImageManifest+`","config":{"mediaType":"`+cncfConfig+`"},"layers":[{"mediaType":"`+
		cncfLayer+`","size":-1,"digest":"`+digest.FromString("x").String()+`"}]}`))
	r.pushManifest(t, "algorithm", "v1", ocispec.MediaTypeImageManifest, []byte(`{"mediaType":"`+
		ocispec.MediaTypeImageManifest+`","config":{"mediaType":"`+cncfConfig+`"},"layers":[{"mediaType":"`+
		cncfLayer+`","size":1,"digest":"md5:00"}]}`))
	r.pushManifest(t, "large", "v1", ocispec.MediaTypeImageManifest, bytes.Repeat([]byte(" "), maxMetadata+1))
	for repository, text := range map[string]string{
		"image":   "found config '" + ocispec.MediaTypeImageConfig + "' with layers [" + ocispec.MediaTypeImageLayer + "]",
		"crossed": wasmToOCILayer, "two": cncfLayer + ", " + cncfLayer, "none": "with layers []",
		"index": "no Wasm artifact in the index; it has nothing",
		"typed": "'mediaType' must not be a JSON array", "cut": "the manifest is not well formed",
		"minus": "a descriptor has size -1", "algorithm": "digest 'md5:00'; only sha256",
		"large": "more than 4194304 bytes",
	} {
		t.Run(repository, func(t *testing.T) {
			dir := t.TempDir()
			_, err := pullStd(context.Background(), r.host+"/"+repository+":v1", filepath.Join(dir, "o"), nil)
			wantKind(t, err, errkind.Unsupported, text)
			wantOnly(t, dir)
		})
	}
}

func TestPullRefusesBadReferences(t *testing.T) {
	for _, c := range []struct {
		ref  string
		kind errkind.Kind
		text string
	}{
		{"", errkind.InvalidArgument, "the reference is empty"},
		{"name", errkind.InvalidReference, "invalid reference 'name': missing registry or repository; write host[:port]/"},
		{"host.test/UPPER:v1", errkind.InvalidReference, "invalid reference 'host.test/UPPER:v1': invalid repository 'UPPER'; write "},
		{"host.test/a:", errkind.InvalidReference, ""},
		{"host.test/a@sha256:12", errkind.InvalidReference, ""},
		{"user@host.test/a:v1", errkind.InvalidReference, ""},
		{"host.test/a b:v1", errkind.InvalidReference, ""},
		{"http://host.test/a:v1", errkind.InvalidReference, ""},
		{"oci:", errkind.InvalidReference, "the tag or the directory is missing"},
		{"oci:dir", errkind.InvalidReference, ""},
		{"oci:dir:", errkind.InvalidReference, ""},
		{"oci::tag", errkind.InvalidReference, ""},
		{"oci:dir:-x", errkind.InvalidReference, "invalid reference 'oci:dir:-x': '-x' is not a tag; write "},
		{"oci:a\x00b:v1", errkind.InvalidArgument, "NUL"},
		{"oci:/does-not-exist-anywhere:v1", errkind.NotFound, "not an OCI image layout"},
	} {
		t.Run(c.ref, func(t *testing.T) {
			dir := t.TempDir()
			_, err := pullStd(context.Background(), c.ref, filepath.Join(dir, "o"), nil)
			wantKind(t, err, c.kind, c.text)
			wantOnly(t, dir)
		})
	}
}
