package oci

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"github.com/opencontainers/go-digest"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"

	"github.com/stowage/stowage/go-core/fail"
	"github.com/stowage/stowage/go-core/messages"
)

// layout is a [place] in an OCI image layout directory. Its writing half is in store.go.
type layout struct{ text, dir, name string }

func (l *layout) String() string { return l.text }

func (l *layout) root(ctx context.Context) (manifest, error) {
	index, err := l.index()
	if err != nil {
		return manifest{}, err
	}
	entry, have := index.find(l.name)
	if entry == nil {
		return manifest{}, fail.New(fail.NotFound, messages.NoTag(l.dir, l.name, have))
	}
	if err := checkDigest(l.text, entry.Digest); err != nil {
		return manifest{}, err
	}
	file, err := l.file(entry.Digest, messages.ManifestName())
	if err != nil {
		return manifest{}, err
	}
	defer file.Close()
	body, err := readMetadata(l.text, file)
	if err != nil {
		return manifest{}, err
	}
	if int64(len(body)) < entry.Size {
		return manifest{}, fail.New(fail.Truncated,
			messages.Truncated(l.text, entry.Digest.String(), int64(len(body)), entry.Size))
	}
	return newManifest(l.text, body, entry.MediaType, entry.Digest)
}

// index is that of the layout, which must be there.
func (l *layout) index() (*index, error) {
	found, err := readIndex(l.dir)
	if err == nil && found == nil {
		err = fail.New(fail.NotFound, messages.NoLayout(l.dir))
	}
	return found, err
}

func (l *layout) tags(context.Context) ([]string, error) {
	index, err := l.index()
	if err != nil {
		return nil, err
	}
	_, names := index.find("")
	slices.Sort(names)
	return slices.Compact(names), nil
}

func (l *layout) Fetch(_ context.Context, d ocispec.Descriptor) (io.ReadCloser, error) {
	return l.file(d.Digest, messages.BlobName(d.Digest.String()))
}

func (l *layout) file(d digest.Digest, what string) (io.ReadCloser, error) {
	file, err := openRegular(blobPath(l.dir, d))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fail.New(fail.NotFound, messages.NotFound(l.text, what))
	}
	if err != nil {
		return nil, err
	}
	return reading{file, l.dir}, nil
}

// reading names a path of the user's in read errors.
type reading struct {
	*os.File
	path string
}

func (r reading) Read(p []byte) (int, error) {
	n, err := r.File.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = ioError(messages.Read, r.path, err)
	}
	return n, err
}

// index is an image index that keeps the fields and entries it does not know.
type index struct {
	fields  map[string]json.RawMessage
	entries []json.RawMessage
}

// readIndex gives nil when the directory has no index.json.
func readIndex(dir string) (*index, error) {
	file, err := openRegular(filepath.Join(dir, ocispec.ImageIndexFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	body, err := readMetadata(dir, reading{file, file.Name()})
	if err != nil {
		return nil, err
	}
	found := &index{}
	if err := decode(body, &found.fields); err != nil {
		return nil, fail.New(fail.Unsupported, messages.BadIndex(dir, err.Error()))
	}
	if manifests, ok := found.fields["manifests"]; ok {
		if err := decode(manifests, &found.entries); err != nil {
			return nil, fail.New(fail.Unsupported, messages.BadIndex(dir, err.Error()))
		}
	}
	return found, nil
}

// find gives the entry with a tag, or the tags there are. The last one wins, as an appended one is newer.
func (x *index) find(tag string) (entry *ocispec.Descriptor, have []string) {
	for _, raw := range x.entries {
		var d ocispec.Descriptor
		if decode(raw, &d) != nil {
			continue // somebody else's entry; its tag, if any, is not ours to guess
		}
		switch name := d.Annotations[ocispec.AnnotationRefName]; name {
		case "":
		case tag:
			entry = &d
		default:
			have = append(have, name)
		}
	}
	return entry, have
}

func blobPath(dir string, d digest.Digest) string {
	return filepath.Join(dir, ocispec.ImageBlobsDir, d.Algorithm().String(), d.Encoded())
}

// openRegular refuses what is not a file; it opens without waiting, because a FIFO waits for ever. A
// missing file is fs.ErrNotExist, everything else a [fail.Error].
func openRegular(path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err != nil {
		return nil, ioError(messages.Read, path, err)
	}
	info, err := file.Stat()
	if err == nil && info.Mode().IsRegular() {
		return file, nil
	}
	file.Close()
	if err != nil {
		return nil, ioError(messages.Read, path, err)
	}
	return nil, fail.New(fail.IO, messages.IO(messages.Read, path, messages.NotRegular()))
}
