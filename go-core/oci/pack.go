package oci

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/opencontainers/go-digest"
	"github.com/opencontainers/image-spec/specs-go"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"

	"github.com/stowage/stowage/go-core/messages"
)

// The WebAssembly core specification, "Modules" in the binary format; a component has layer 1 and
// version 13 in the same eight bytes (component model, Binary.md).
var (
	moduleHead    = []byte("\x00asm\x01\x00\x00\x00")
	componentHead = []byte("\x00asm\x0d\x00\x01\x00")
)

// wasmConfig is the CNCF layout's config for a core module. created is required there; it is the epoch,
// so that one module has one digest.
type wasmConfig struct {
	Created      string          `json:"created"`
	Architecture string          `json:"architecture"`
	OS           string          `json:"os"`
	LayerDigests []digest.Digest `json:"layerDigests"`
}

// Pack writes the module in file into the OCI image layout dir, under tag, and answers its digest.
func Pack(file, dir, tag string) (string, error) {
	if err := checkPath(messages.File, file); err != nil {
		return "", err
	}
	if err := checkPath(messages.LayoutDir, dir); err != nil {
		return "", err
	}
	if err := checkTag(tag); err != nil {
		return "", err
	}
	module, err := openModule(file)
	if err != nil {
		return "", err
	}
	defer module.Close()
	if err := os.MkdirAll(filepath.Join(dir, ocispec.ImageBlobsDir, string(digest.SHA256)), 0o755); err != nil {
		return "", ioError(messages.Create, dir, err)
	}
	unlock, err := lockDirectory(dir)
	if err != nil {
		return "", ioError(messages.Lock, dir, err)
	}
	defer unlock()
	removeParts(dir)
	layer, err := writeBlob(dir, cncfLayer, io.MultiReader(bytes.NewReader(moduleHead), reading{module, file}))
	if err != nil {
		return "", err
	}
	return layer.Digest.String(), writeMetadata(dir, tag, layer)
}

// openModule opens a file behind the eight bytes it has checked.
func openModule(path string) (*os.File, error) {
	file, err := openRegular(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, NewError(NotFound, messages.NoFile(path))
	}
	if err != nil {
		return nil, err
	}
	head := make([]byte, len(moduleHead))
	n, err := io.ReadFull(file, head)
	switch {
	case err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF):
		err = ioError(messages.Read, path, err)
	case bytes.Equal(head[:n], moduleHead):
		return file, nil
	case bytes.Equal(head[:n], componentHead):
		err = NewError(Unsupported, messages.Component(path))
	default:
		err = NewError(Unsupported, messages.NoModule(path, head[:n]))
	}
	file.Close()
	return nil, err
}

// reading names the user's file in read errors, among those of the blob that is written.
type reading struct {
	file *os.File
	path string
}

func (r reading) Read(p []byte) (int, error) {
	n, err := r.file.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = ioError(messages.Read, r.path, err)
	}
	return n, err
}

// writeMetadata writes config, manifest and, last, what makes them visible.
func writeMetadata(dir, tag string, layer ocispec.Descriptor) error {
	config, err := writeJSON(dir, cncfConfig, wasmConfig{
		Created: "1970-01-01T00:00:00Z", Architecture: "wasm", OS: "wasip1",
		LayerDigests: []digest.Digest{layer.Digest},
	})
	if err != nil {
		return err
	}
	manifest, err := writeJSON(dir, ocispec.MediaTypeImageManifest, ocispec.Manifest{
		Versioned: specs.Versioned{SchemaVersion: 2},
		MediaType: ocispec.MediaTypeImageManifest,
		Config:    config,
		Layers:    []ocispec.Descriptor{layer},
	})
	if err != nil {
		return err
	}
	manifest.Annotations = map[string]string{ocispec.AnnotationRefName: tag}
	return addToIndex(dir, tag, manifest)
}

func writeJSON(dir, mediaType string, value any) (ocispec.Descriptor, error) {
	body, err := json.Marshal(value)
	if err != nil {
		return ocispec.Descriptor{}, err
	}
	return writeBlob(dir, mediaType, bytes.NewReader(body))
}

// writeBlob writes even what is there already: that heals a blob that lost its bytes in a power cut.
func writeBlob(dir, mediaType string, content io.Reader) (ocispec.Descriptor, error) {
	part, err := stage(packPrefix, dir, dir)
	if err != nil {
		return ocispec.Descriptor{}, err
	}
	defer part.discard()
	hash := sha256.New()
	size, err := io.Copy(io.MultiWriter(part, hash), content)
	if err != nil {
		return ocispec.Descriptor{}, err
	}
	sum := digest.NewDigest(digest.SHA256, hash)
	return ocispec.Descriptor{MediaType: mediaType, Digest: sum, Size: size}, part.commit(blobPath(dir, sum))
}
