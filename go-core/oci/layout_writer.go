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

// This file writes layouts: first the blobs, then index.json, each with an atomic rename. A killed process leaves
// a valid layout, and the next writer removes its temporary files. Blobs need no lock, because their name is
// their digest. Processes that change index.json take turns.

// Exists reads a blob to verify it, so that a blob that lost its bytes in a power failure is written again. For a
// manifest it returns false, so that the copy also visits the manifest's blobs.
func (l *layout) Exists(ctx context.Context, d ocispec.Descriptor) (bool, error) {
	info, err := os.Stat(blobPath(l.dir, d.Digest))
	if isManifest(d.MediaType) || err != nil || info.Size() != d.Size {
		return false, nil
	}
	silent := &operation{}
	content, err := silent.openVerified(ctx, l, l.userRef, d)
	if err != nil {
		return false, nil
	}
	defer content.Close()
	_, err = io.CopyBuffer(struct{ io.Writer }{io.Discard}, struct{ io.Reader }{content}, make([]byte, content.bufferBytes()))
	return err == nil, ctx.Err()
}

// Push does not verify the content; a [verifiedReader] does.
func (l *layout) Push(_ context.Context, d ocispec.Descriptor, from io.Reader) error {
	blobs := filepath.Join(l.dir, ocispec.ImageBlobsDir, digest.SHA256.String())
	if err := os.MkdirAll(blobs, 0o755); err != nil {
		return ioError(messages.Create, l.dir, err)
	}
	return l.writeFile(blobPath(l.dir, d.Digest), from)
}

// writeFile writes a file of the layout atomically.
func (l *layout) writeFile(path string, from io.Reader) error {
	part, err := createInLayout(l.dir)
	if err != nil {
		return err
	}
	defer part.discard()
	if err := part.copyFrom(from); err != nil {
		return err
	}
	return part.commit(path)
}

// checkAccepts reports before a transfer an error that would occur at its end.
func (l *layout) checkAccepts(digest.Digest) error {
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

// addToIndex assigns the tag to a manifest. The caller holds the lock of the directory.
func (l *layout) addToIndex(m ocispec.Descriptor) error {
	file := filepath.Join(l.dir, ocispec.ImageLayoutFile)
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		if err := l.writeJSON(file, ocispec.ImageLayout{Version: ocispec.ImageLayoutVersion}); err != nil {
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
	found.fields["manifests"], err = json.Marshal(append(found.entriesWithout(l.name), entry))
	if err != nil {
		return err
	}
	return l.writeJSON(filepath.Join(l.dir, ocispec.ImageIndexFile), found.fields)
}

// entriesWithout returns the entries that do not have the tag, unchanged.
func (x *index) entriesWithout(tag string) []json.RawMessage {
	kept := make([]json.RawMessage, 0, len(x.entries)+1)
	for _, raw := range x.entries {
		var d ocispec.Descriptor
		if decodeJSON(raw, &d) == nil && d.Annotations[ocispec.AnnotationRefName] == tag {
			continue
		}
		kept = append(kept, raw)
	}
	return kept
}

func (l *layout) writeJSON(path string, value any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return l.writeFile(path, bytes.NewReader(body))
}
