package oci

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/opencontainers/go-digest"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"

	"github.com/stowage/stowage/go-core/messages"
)

// Writing into a layout: blobs first, each whole by rename, index.json by rename last. A process that is
// killed leaves a layout that is as good as before, and its parts are removed by the next that writes.
// Blobs need no lock, since a name says what is in it; those who change index.json take turns.

// Exists believes a blob only after reading it: writing it again heals one that lost its bytes in a power
// cut. A manifest is always looked into, so that its blobs are, too.
func (l *layout) Exists(ctx context.Context, d ocispec.Descriptor) (bool, error) {
	info, err := os.Stat(blobPath(l.dir, d.Digest))
	if isManifest(d.MediaType) || err != nil || info.Size() != d.Size {
		return false, nil
	}
	silent := &operation{}
	content, err := silent.open(ctx, l, l.text, d)
	if err != nil {
		return false, nil
	}
	defer content.Close()
	_, err = io.CopyBuffer(struct{ io.Writer }{io.Discard}, struct{ io.Reader }{content}, make([]byte, content.bufferBytes()))
	return err == nil, ctx.Err()
}

// Push trusts the stream, as [checked] ones may be.
func (l *layout) Push(_ context.Context, d ocispec.Descriptor, from io.Reader) error {
	blobs := filepath.Join(l.dir, ocispec.ImageBlobsDir, digest.SHA256.String())
	if err := os.MkdirAll(blobs, 0o755); err != nil {
		return ioError(messages.Create, l.dir, err)
	}
	return l.replace(blobPath(l.dir, d.Digest), from)
}

// replace puts a file into the layout whole.
func (l *layout) replace(path string, from io.Reader) error {
	part, err := stageInLayout(l.dir)
	if err != nil {
		return err
	}
	defer part.discard()
	if err := part.fill(from); err != nil {
		return err
	}
	return part.commit(path)
}

// accepts notices before a transfer what would fail at its end.
func (l *layout) accepts(digest.Digest) error {
	if err := os.MkdirAll(l.dir, 0o755); err != nil {
		return ioError(messages.Create, l.dir, err)
	}
	_, err := readIndex(l.dir)
	return err
}

func (l *layout) tag(ctx context.Context, m manifest) error {
	if err := l.Push(ctx, m.Descriptor, bytes.NewReader(m.body)); err != nil {
		return err
	}
	unlock, err := lockDirectory(ctx, l.dir)
	if err != nil {
		return err
	}
	defer unlock()
	removeParts(l.dir)
	return l.addToIndex(m.Descriptor)
}

// addToIndex gives the tag to a manifest; the caller holds the lock of the directory.
func (l *layout) addToIndex(m ocispec.Descriptor) error {
	file := filepath.Join(l.dir, ocispec.ImageLayoutFile)
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		if err := l.replaceJSON(file, ocispec.ImageLayout{Version: ocispec.ImageLayoutVersion}); err != nil {
			return err
		}
	}
	found, err := readIndex(l.dir)
	if err != nil {
		return err
	}
	if found == nil || found.fields == nil {
		found = &index{fields: map[string]json.RawMessage{
			"schemaVersion": json.RawMessage("2"),
			"mediaType":     json.RawMessage(`"` + ocispec.MediaTypeImageIndex + `"`),
		}}
	}
	m.Annotations = map[string]string{ocispec.AnnotationRefName: l.name}
	entry, err := json.Marshal(m)
	if err != nil {
		return err
	}
	found.fields["manifests"], err = json.Marshal(append(found.without(l.name), entry))
	if err != nil {
		return err
	}
	return l.replaceJSON(filepath.Join(l.dir, ocispec.ImageIndexFile), found.fields)
}

// without gives the entries that do not have the tag, as they were.
func (x *index) without(tag string) []json.RawMessage {
	kept := make([]json.RawMessage, 0, len(x.entries)+1)
	for _, raw := range x.entries {
		var d ocispec.Descriptor
		if decode(raw, &d) == nil && d.Annotations[ocispec.AnnotationRefName] == tag {
			continue
		}
		kept = append(kept, raw)
	}
	return kept
}

func (l *layout) replaceJSON(path string, value any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return l.replace(path, bytes.NewReader(body))
}
