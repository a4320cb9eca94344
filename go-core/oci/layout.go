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

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/messages"
)

// layout is a [location] in an OCI image layout directory. layout_writer.go has the methods that write.
type layout struct{ userRef, dir, name string }

func (l *layout) String() string { return l.userRef }

func (l *layout) root(ctx context.Context) (manifest, error) {
	index, err := l.index()
	if err != nil {
		return manifest{}, err
	}
	entry, have := index.findTag(l.name)
	if entry == nil {
		return manifest{}, errkind.New(errkind.NotFound, messages.NoTag(l.dir, l.name, have))
	}
	if err := checkDigest(l.userRef, entry.Digest); err != nil {
		return manifest{}, err
	}
	file, err := l.openBlob(entry.Digest, messages.ManifestName())
	if err != nil {
		return manifest{}, err
	}
	defer file.Close()
	body, err := readMetadata(l.userRef, file)
	if err != nil {
		return manifest{}, err
	}
	if int64(len(body)) < entry.Size {
		return manifest{}, errkind.New(errkind.Truncated,
			messages.Truncated(l.userRef, entry.Digest.String(), int64(len(body)), entry.Size))
	}
	return newManifest(l.userRef, body, entry.MediaType, entry.Digest)
}

// index reads the index of the layout, which must exist.
func (l *layout) index() (*index, error) {
	found, err := readIndex(l.dir)
	if err == nil && found == nil {
		err = errkind.New(errkind.NotFound, messages.NoLayout(l.dir))
	}
	return found, err
}

func (l *layout) tags(context.Context) ([]string, error) {
	index, err := l.index()
	if err != nil {
		return nil, err
	}
	_, names := index.findTag("")
	slices.Sort(names)
	return slices.Compact(names), nil
}

func (l *layout) Fetch(_ context.Context, d ocispec.Descriptor) (io.ReadCloser, error) {
	return l.openBlob(d.Digest, messages.BlobName(d.Digest.String()))
}

func (l *layout) openBlob(d digest.Digest, what string) (io.ReadCloser, error) {
	file, err := openRegular(blobPath(l.dir, d))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errkind.New(errkind.NotFound, messages.NotFound(l.userRef, what))
	}
	if err != nil {
		return nil, err
	}
	return namedReader{file, l.dir}, nil
}

// namedReader is a file whose read errors name a path that the user knows.
type namedReader struct {
	*os.File
	path string
}

func (r namedReader) Read(p []byte) (int, error) {
	n, err := r.File.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = ioError(messages.Read, r.path, err)
	}
	return n, err
}

// index is an image index. It keeps unknown fields and entries.
type index struct {
	fields  map[string]json.RawMessage
	entries []json.RawMessage
}

// readIndex returns nil if the directory has no index.json.
func readIndex(dir string) (*index, error) {
	file, err := openRegular(filepath.Join(dir, ocispec.ImageIndexFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	body, err := readMetadata(dir, namedReader{file, file.Name()})
	if err != nil {
		return nil, err
	}
	found := &index{}
	if err := decodeJSON(body, &found.fields); err != nil {
		return nil, errkind.New(errkind.Unsupported, messages.BadIndex(dir, err.Error()))
	}
	if manifests, ok := found.fields["manifests"]; ok {
		if err := decodeJSON(manifests, &found.entries); err != nil {
			return nil, errkind.New(errkind.Unsupported, messages.BadIndex(dir, err.Error()))
		}
	}
	return found, nil
}

// findTag returns the entry with a tag, and all other tags. If several entries have the tag, the last one counts,
// because newer entries are appended.
func (x *index) findTag(tag string) (entry *ocispec.Descriptor, have []string) {
	for _, raw := range x.entries {
		var d ocispec.Descriptor
		if decodeJSON(raw, &d) != nil {
			continue // an entry that another tool wrote; its tag, if any, is unknown
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

// openRegular opens a regular file. It opens without blocking, because opening a FIFO would wait for a writer.
// The error for a missing file is [fs.ErrNotExist], every other error is an [errkind.Error].
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
	return nil, errkind.New(errkind.IO, messages.IO(messages.Read, path, messages.NotRegular()))
}
