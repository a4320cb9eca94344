package oci

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
)

// addToIndex gives a tag to a manifest; the caller holds the lock of the directory.
func addToIndex(dir, tag string, manifest ocispec.Descriptor) error {
	layoutFile := filepath.Join(dir, ocispec.ImageLayoutFile)
	if _, err := os.Stat(layoutFile); errors.Is(err, fs.ErrNotExist) {
		layout := ocispec.ImageLayout{Version: ocispec.ImageLayoutVersion}
		if err := replaceJSON(dir, layoutFile, layout); err != nil {
			return err
		}
	}
	found, err := readIndex(dir)
	if err != nil {
		return err
	}
	if found == nil || found.fields == nil {
		found = &index{fields: map[string]json.RawMessage{
			"schemaVersion": json.RawMessage("2"),
			"mediaType":     json.RawMessage(`"` + ocispec.MediaTypeImageIndex + `"`),
		}}
	}
	entry, err := json.Marshal(manifest)
	if err != nil {
		return err
	}
	entries, err := json.Marshal(append(found.without(tag), entry))
	if err != nil {
		return err
	}
	found.fields["manifests"] = entries
	return replaceJSON(dir, filepath.Join(dir, ocispec.ImageIndexFile), found.fields)
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

func replaceJSON(dir, path string, value any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return err
	}
	part, err := stage(packPrefix, dir, path)
	if err != nil {
		return err
	}
	defer part.discard()
	if _, err := part.Write(body); err != nil {
		return err
	}
	return part.commit(path)
}

// removeParts removes what a killed pack left; with the lock held no pack is at work. What cannot be
// listed or removed costs room, not correctness.
func removeParts(dir string) {
	entries, _ := os.ReadDir(dir)
	for _, entry := range entries {
		if name := entry.Name(); strings.HasPrefix(name, packPrefix) && strings.HasSuffix(name, partSuffix) {
			os.Remove(filepath.Join(dir, name))
		}
	}
}
