package oci

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/opencontainers/go-digest"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"

	"github.com/stowage/stowage/go-core/messages"
)

// layoutSource reads an OCI image layout directory and never writes to it.
type layoutSource struct{ text, dir, tag string }

func (s *layoutSource) manifest(ctx context.Context) ([]byte, string, error) {
	index, err := readIndex(s.dir)
	if err != nil {
		return nil, "", err
	}
	if index == nil {
		return nil, "", NewError(NotFound, messages.NoLayout(s.dir))
	}
	entry, have := index.find(s.tag)
	if entry == nil {
		return nil, "", NewError(NotFound, messages.NoTag(s.dir, s.tag, have))
	}
	if err := checkDigest(s.text, entry.Digest); err != nil {
		return nil, "", err
	}
	file, err := s.open(entry.Digest, messages.ManifestName())
	if err != nil {
		return nil, "", err
	}
	defer file.Close()
	body, err := readMetadata(s.text, file)
	if err != nil {
		return nil, "", s.readError(err)
	}
	if int64(len(body)) < entry.Size {
		return nil, "", NewError(Truncated,
			messages.Truncated(s.text, entry.Digest.String(), int64(len(body)), entry.Size))
	}
	return body, entry.MediaType, checkBytes(s.text, body, entry.Digest)
}

func (s *layoutSource) blob(_ context.Context, want ocispec.Descriptor) (io.ReadCloser, error) {
	return s.open(want.Digest, messages.BlobName(want.Digest.String()))
}

func (s *layoutSource) open(d digest.Digest, what string) (io.ReadCloser, error) {
	file, err := openRegular(blobPath(s.dir, d))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, NewError(NotFound, messages.NotFound(s.text, what))
	}
	return file, err
}

func (s *layoutSource) readError(err error) error {
	var known *Error
	if errors.As(err, &known) {
		return err
	}
	return ioError(messages.Read, s.dir, err)
}

func (s *layoutSource) close() {}

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
	body, err := readMetadata(dir, file)
	if KindOf(err) == Unsupported {
		return nil, err
	}
	if err != nil {
		return nil, ioError(messages.Read, file.Name(), err)
	}
	found := &index{}
	if err := decode(body, &found.fields); err != nil {
		return nil, NewError(Unsupported, messages.BadIndex(dir, err.Error()))
	}
	if manifests, ok := found.fields["manifests"]; ok {
		if err := decode(manifests, &found.entries); err != nil {
			return nil, NewError(Unsupported, messages.BadIndex(dir, err.Error()))
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
// missing file is fs.ErrNotExist, everything else an [Error].
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
	return nil, NewError(IO, messages.IO(messages.Read, path, messages.NotRegular()))
}
