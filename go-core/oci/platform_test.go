package oci

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/opencontainers/go-digest"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"

	"github.com/stowage/stowage/go-core/errkind"
)

func TestPlatformsOfAnIndex(t *testing.T) {
	r := newRegistry(t)
	entries := map[string]digest.Digest{
		"linux/amd64":    r.push(t, "m", "image", module(1), ocispec.MediaTypeImageConfig, ocispec.MediaTypeImageLayer),
		"wasi/wasm":      r.push(t, "m", "wasi", module(2), cncfConfig, cncfLayer),
		"wasip1/wasm/v1": r.push(t, "m", "one", module(3), cncfConfig, cncfLayer),
		"wasip1/wasm/v2": r.push(t, "m", "two", module(4), wasmToOCIConfig, wasmToOCILayer),
	}
	r.index(t, "m", "all", entries, "linux/amd64", "wasi/wasm", "wasip1/wasm/v1", "wasip1/wasm/v2")
	single := r.index(t, "m", "single", entries, "linux/amd64", "wasi/wasm")
	r.index(t, "m", "none", entries, "linux/amd64")
	nested := r.index(t, "m", "nested", map[string]digest.Digest{"wasi/wasm": single}, "wasi/wasm")
	deep := nested
	for range maxDepth {
		deep = r.index(t, "m", "deep", map[string]digest.Digest{"wasi/wasm": deep}, "wasi/wasm")
	}
	platform := func(os, architecture, variant string) *ocispec.Platform {
		return &ocispec.Platform{OS: os, Architecture: architecture, Variant: variant}
	}
	for _, c := range []struct {
		tag      string
		platform *ocispec.Platform
		size     int // of the payload; 0 is a failure
		kind     errkind.Kind
		text     string
	}{
		{"all", nil, 0, errkind.Unsupported, "several Wasm artifacts in the index: wasi/wasm, wasip1/wasm/v1, wasip1/wasm/v2; choose one with option 'platform'"},
		{"all", platform("wasi", "wasm", ""), 2, 0, ""},
		{"all", platform("wasip1", "wasm", ""), 3, 0, ""},
		{"all", platform("wasip1", "wasm", "v2"), 4, 0, ""},
		{"all", platform("wasip1", "wasm", "v3"), 0, errkind.NotFound, "no manifest for platform 'wasip1/wasm/v3'; the index has linux/amd64, wasi/wasm, wasip1/wasm/v1, wasip1/wasm/v2"},
		{"all", platform("linux", "amd64", ""), 0, errkind.Unsupported, "not a Wasm artifact"},
		{"single", nil, 2, 0, ""},
		{"none", nil, 0, errkind.Unsupported, "no Wasm artifact in the index; it has linux/amd64"},
		{"nested", platform("wasi", "wasm", ""), 2, 0, ""},
		{"deep", platform("wasi", "wasm", ""), 0, errkind.Unsupported, "indexes are nested more than 4 deep"},
		{"wasi", platform("any", "thing", ""), 2, 0, ""}, // not an index: nothing to select
	} {
		o := standard
		o.Platform = c.platform
		out := filepath.Join(t.TempDir(), "o")
		_, err := pull(context.Background(), r.host+"/m:"+c.tag, out, nil, o)
		if c.size == 0 {
			wantKind(t, err, c.kind, c.text)
			continue
		}
		must(t, err)
		wantBytes(t, out, module(c.size))
	}
}

func TestResolveOfAnIndex(t *testing.T) {
	r := newRegistry(t)
	wasm := r.push(t, "m", "wasm", module(2), cncfConfig, cncfLayer)
	index := r.index(t, "m", "index", map[string]digest.Digest{"wasi/wasm": wasm}, "wasi/wasm")
	got, err := Resolve(context.Background(), r.host+"/m:index", Job{Options: standard})
	must(t, err)
	if got.Digest != index.String() || got.MediaType != ocispec.MediaTypeImageIndex || got.Layout != "" || got.ModuleDigest != "" {
		t.Errorf("%+v", got)
	}
	o := standard
	o.Platform = &ocispec.Platform{OS: "wasi", Architecture: "wasm"}
	got, err = Resolve(context.Background(), r.host+"/m:index", Job{Options: o})
	must(t, err)
	if got.Digest != wasm.String() || got.Layout != "cncf" {
		t.Errorf("%+v", got)
	}
}

func TestTagsRefuse(t *testing.T) {
	r := newRegistry(t)
	for ref, c := range map[string]struct {
		kind errkind.Kind
		text string
	}{
		"":               {errkind.InvalidArgument, "the reference is empty"},
		r.host + "/m:v1": {errkind.InvalidReference, "without tag and digest"},
		r.host + "/m@" + digest.FromString("").String(): {errkind.InvalidReference, "without tag and digest"},
		r.host + "/m:":     {errkind.InvalidReference, "nothing follows ':'"},
		r.host + "/none":   {errkind.NotFound, "repository not found"},
		"oci:":             {errkind.InvalidReference, "without tag and digest"},
		"oci:/none/at/all": {errkind.NotFound, "not an OCI image layout"},
		"oci:/none:v1":     {errkind.InvalidReference, "without tag and digest"},
	} {
		_, err := Tags(context.Background(), ref, Job{Options: standard})
		wantKind(t, err, c.kind, c.text)
	}
}
