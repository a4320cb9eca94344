package oci

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/opencontainers/go-digest"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
	"oras.land/oras-go/v2"
	ocilayout "oras.land/oras-go/v2/content/oci"
	"oras.land/oras-go/v2/registry/remote"

	"github.com/stowage/stowage/go-core/errkind"
)

func TestPackThenPull(t *testing.T) {
	content := module(100_000)
	file, dir := writeFile(t, content), filepath.Join(t.TempDir(), "new", "layout")
	want := digest.FromBytes(content).String()
	var indexes []string
	for range 2 { // the second time changes nothing
		got, err := pack(file, dir, "v1")
		must(t, err)
		if got != want {
			t.Errorf("digest %s, want %s", got, want)
		}
		body, err := os.ReadFile(filepath.Join(dir, "index.json"))
		must(t, err)
		indexes = append(indexes, string(body))
		wantOnly(t, dir, "blobs", "index.json", "oci-layout")
	}
	if indexes[0] != indexes[1] {
		t.Errorf("packed again, the index is\n%s, not\n%s", indexes[1], indexes[0])
	}
	out := filepath.Join(t.TempDir(), "o")
	got, err := pullStd(context.Background(), "oci:"+dir+":v1", out, nil)
	must(t, err)
	if got != want {
		t.Errorf("pulled %s, want %s", got, want)
	}
	wantBytes(t, out, content)
}

// oras-go copies a layout that Push wrote to a registry, and Pull returns the module from there.
func TestPackedLayoutGoesThroughORAS(t *testing.T) {
	content := module(1000)
	dir := t.TempDir()
	_, err := pack(writeFile(t, content), dir, "v1")
	must(t, err)
	store, err := ocilayout.New(dir)
	must(t, err)
	r := newRegistry(t)
	to, err := remote.NewRepository(r.host + "/m")
	must(t, err)
	to.PlainHTTP = true
	_, err = oras.Copy(context.Background(), store, "v1", to, "v2", oras.DefaultCopyOptions)
	must(t, err)
	out := filepath.Join(t.TempDir(), "o")
	_, err = pullStd(context.Background(), r.host+"/m:v2", out, nil)
	must(t, err)
	wantBytes(t, out, content)
}

func TestPackKeepsWhatItDoesNotKnow(t *testing.T) {
	dir := t.TempDir()
	foreign := `{"mediaType":"x/y","digest":"sha256:00","size":1,"unknown":[1,2],"annotations":{"org.opencontainers.image.ref.name":"theirs"}}`
	must(t, os.WriteFile(filepath.Join(dir, "index.json"),
		[]byte(`{"schemaVersion":2,"annotations":{"a":"b"},"manifests":[`+foreign+`,7]}`), 0o644))
	must(t, os.WriteFile(filepath.Join(dir, layoutPrefix+"KILLED"+partSuffix), []byte("junk"), 0o644))
	file := writeFile(t, module(1))
	for _, tag := range []string{"v1", "v2", "v1"} {
		_, err := pack(file, dir, tag)
		must(t, err)
	}
	body, err := os.ReadFile(filepath.Join(dir, "index.json"))
	must(t, err)
	var found struct {
		Annotations map[string]string
		Manifests   []json.RawMessage
	}
	must(t, json.Unmarshal(body, &found))
	if len(found.Manifests) != 4 || string(found.Manifests[0]) != foreign ||
		string(found.Manifests[1]) != "7" || found.Annotations["a"] != "b" {
		t.Errorf("index.json is now %s", body)
	}
	wantOnly(t, dir, "blobs", "index.json", "oci-layout")
	_, err = pullStd(context.Background(), "oci:"+dir+":v9", filepath.Join(dir, "o"), nil)
	wantKind(t, err, errkind.NotFound, "tag 'v9' not found; it has theirs, v2, v1")
}

// The temporary file of a pull into the layout directory does not count as left behind by a push.
func TestPackLeavesARunningPullAlone(t *testing.T) {
	dir := t.TempDir()
	file := writeFile(t, module(8<<20))
	_, err := pack(file, dir, "v1")
	must(t, err)
	packed := false
	_, err = pullStd(context.Background(), "oci:"+dir+":v1", filepath.Join(dir, "out.wasm"), func(_, _ int64) bool {
		if !packed {
			packed = true
			_, err := pack(file, dir, "v2")
			must(t, err)
		}
		return true
	})
	must(t, err)
	wantOnly(t, dir, "blobs", "index.json", "oci-layout", "out.wasm")
}

func TestConcurrentPacksLoseNoTag(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "layout")
	var all sync.WaitGroup
	tags := strings.Split("abcdefghijklmnop", "")
	for i, tag := range tags {
		file := writeFile(t, module(1000*i))
		all.Go(func() {
			for range 5 {
				if _, err := pack(file, dir, tag); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	for i, tag := range tags {
		out := filepath.Join(t.TempDir(), "o")
		_, err := pullStd(context.Background(), "oci:"+dir+":"+tag, out, nil)
		must(t, err)
		wantBytes(t, out, module(1000*i))
	}
}

func TestConcurrentPullsToOneFile(t *testing.T) {
	r := newRegistry(t)
	contents := [][]byte{module(100_000), module(150_000)}
	r.push(t, "m", "v0", contents[0], cncfConfig, cncfLayer)
	r.push(t, "m", "v1", contents[1], cncfConfig, cncfLayer)
	dir := t.TempDir()
	out := filepath.Join(dir, "o")
	must(t, os.WriteFile(out, contents[0], 0o644))
	var pulls sync.WaitGroup
	for i := range 8 {
		pulls.Go(func() {
			for range 5 {
				if _, err := pullStd(context.Background(), r.host+"/m:v"+string(rune('0'+i%2)), out, nil); err != nil {
					t.Error(err)
				}
				body, err := os.ReadFile(out) // at any moment it is one of the two, whole
				if err != nil || !bytes.Equal(body, contents[0]) && !bytes.Equal(body, contents[1]) {
					t.Errorf("%d bytes, %v", len(body), err)
				}
			}
		})
	}
	pulls.Wait()
	wantOnly(t, dir, "o")
}

func TestPackRefuses(t *testing.T) {
	dir := t.TempDir()
	good := writeFile(t, module(1))
	bad := t.TempDir()
	must(t, os.WriteFile(filepath.Join(bad, "index.json"), []byte("[1]"), 0o644))
	for name, c := range map[string]struct {
		file, dir, tag string
		kind           errkind.Kind
		text           string
	}{
		"no file":      {filepath.Join(dir, "none"), dir, "v1", errkind.NotFound, "file not found"},
		"a directory":  {dir, dir, "v1", errkind.IO, "it is not a regular file"},
		"empty file":   {writeFile(t, nil), dir, "v1", errkind.Unsupported, "not a WebAssembly module"},
		"short file":   {writeFile(t, moduleHeader[:5]), dir, "v1", errkind.Unsupported, "starts with 00 61 73 6d 01, need"},
		"text file":    {writeFile(t, []byte("hello, world")), dir, "v1", errkind.Unsupported, "68 65 6c"},
		"component":    {writeFile(t, componentHeader), dir, "v1", errkind.Unsupported, "this is a WebAssembly component"},
		"no tag":       {good, dir, "", errkind.InvalidReference, "the tag or the directory is missing"},
		"bad tag":      {good, dir, "a/b", errkind.InvalidReference, "'a/b' is not a tag"},
		"long tag":     {good, dir, strings.Repeat("a", 129), errkind.InvalidReference, ""},
		"no directory": {good, "", "v1", errkind.InvalidReference, "the tag or the directory is missing"},
		"file as dir":  {good, good, "v1", errkind.IO, good + ": not a directory"},
		"bad index":    {good, bad, "v1", errkind.Unsupported, "index.json is not well formed"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := pack(c.file, c.dir, c.tag)
			wantKind(t, err, c.kind, c.text)
		})
	}
	wantOnly(t, dir)
}

func TestPullFromDamagedLayout(t *testing.T) {
	content := module(100_000)
	sum := digest.FromBytes(content)
	blob := filepath.Join("blobs", "sha256", sum.Encoded())
	file := writeFile(t, content)
	for name, c := range map[string]struct {
		damage func(dir string) error
		kind   errkind.Kind
		text   string
	}{
		"cut blob": {func(dir string) error { return os.Truncate(filepath.Join(dir, blob), 99) }, errkind.Truncated, "ends after 99 of"},
		"longer":   {func(dir string) error { return os.Truncate(filepath.Join(dir, blob), 1<<20) }, errkind.DigestMismatch, "more than"},
		"other blob": {func(dir string) error {
			return os.WriteFile(filepath.Join(dir, blob), make([]byte, len(content)), 0o644)
		}, errkind.DigestMismatch, sum.String()},
		"no blob":   {func(dir string) error { return os.Remove(filepath.Join(dir, blob)) }, errkind.NotFound, "blob " + sum.String()},
		"no index":  {func(dir string) error { return os.Remove(filepath.Join(dir, "index.json")) }, errkind.NotFound, "not an OCI image layout"},
		"cut index": {func(dir string) error { return os.Truncate(filepath.Join(dir, "index.json"), 20) }, errkind.Unsupported, "index.json"},
		"cut manifest": {func(dir string) error {
			found, err := readIndex(dir)
			if err != nil {
				return err
			}
			var entry ocispec.Descriptor
			if err := json.Unmarshal(found.entries[0], &entry); err != nil {
				return err
			}
			return os.Truncate(blobPath(dir, entry.Digest), 5)
		}, errkind.Truncated, "ends after 5 of"},
	} {
		t.Run(name, func(t *testing.T) {
			dir, to := t.TempDir(), t.TempDir()
			_, err := pack(file, dir, "v1")
			must(t, err)
			must(t, c.damage(dir))
			_, err = pullStd(context.Background(), "oci:"+dir+":v1", filepath.Join(to, "o"), nil)
			wantKind(t, err, c.kind, c.text)
			wantOnly(t, to)
			if name == "cut blob" || name == "other blob" || name == "no blob" || name == "cut manifest" {
				_, err = pack(file, dir, "v1") // packing again heals it
				must(t, err)
				_, err = pullStd(context.Background(), "oci:"+dir+":v1", filepath.Join(to, "o"), nil)
				must(t, err)
			}
		})
	}
}
