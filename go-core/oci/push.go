package oci

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/opencontainers/go-digest"
	"github.com/opencontainers/image-spec/specs-go"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/messages"
)

// The first eight bytes of a module (WebAssembly core specification, binary format, "Modules") and of a
// component, which has layer 1 and version 13 there (component model, Binary.md).
var (
	moduleHeader    = []byte("\x00asm\x01\x00\x00\x00")
	componentHeader = []byte("\x00asm\x0d\x00\x01\x00")
)

// wasmConfig is the config of a core module in the CNCF layout. The layout requires the field created; Push
// writes the epoch, so that a module always has the same digest.
type wasmConfig struct {
	Created      string          `json:"created"`
	Architecture string          `json:"architecture"`
	OS           string          `json:"os"`
	LayerDigests []digest.Digest `json:"layerDigests"`
}

// Push stores the module in file under the reference ref. A module always gives the same manifest, byte for byte,
// independent of time and file name.
func Push(ctx context.Context, file, ref string, job Job) (Artifact, error) {
	return runOperation(ctx, ref, job, func(ctx context.Context, o *operation) (Artifact, error) {
		if err := checkPath(messages.File, file); err != nil {
			return Artifact{}, err
		}
		to, err := o.parse(ref)
		if err != nil {
			return Artifact{}, err
		}
		return o.push(ctx, file, to)
	})
}

func (o *operation) push(ctx context.Context, file string, to destination) (Artifact, error) {
	module, err := openModule(ctx, file)
	if err != nil {
		return Artifact{}, err
	}
	defer module.file.Close()
	if err := o.checkDescriptor(file, module.layer); err != nil {
		return Artifact{}, err
	}
	m, err := module.manifest()
	if err != nil {
		return Artifact{}, err
	}
	return artifactOf(file, m), o.transfer(ctx, module, file, m, to)
}

// moduleFile presents a module file as an artifact, which is the source of a push. The file is opened once. If
// another process changes it during the push, the digest no longer matches and the push fails.
type moduleFile struct {
	path   string
	file   *os.File
	layer  ocispec.Descriptor
	config []byte
}

// openModule checks the first eight bytes and computes the digest.
func openModule(ctx context.Context, path string) (*moduleFile, error) {
	file, err := openRegular(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errkind.New(errkind.NotFound, messages.ModuleFileNotFound(path))
	}
	if err != nil {
		return nil, err
	}
	m := &moduleFile{path: path, file: file}
	if err := m.inspect(ctx); err != nil {
		file.Close()
		return nil, err
	}
	return m, nil
}

func (m *moduleFile) inspect(ctx context.Context) error {
	head := make([]byte, len(moduleHeader))
	n, err := m.file.ReadAt(head, 0)
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return ioError(messages.Read, m.path, err)
	case bytes.Equal(head[:n], componentHeader):
		return errkind.New(errkind.Unsupported, messages.Component(m.path))
	case !bytes.Equal(head[:n], moduleHeader):
		return errkind.New(errkind.Unsupported, messages.NotModule(m.path, head[:n]))
	}
	hash := sha256.New()
	size, err := io.CopyBuffer(hash, contextReader{ctx, namedReader{m.file, m.path}}, make([]byte, copyBufferBytes))
	if err != nil {
		return err
	}
	m.layer = ocispec.Descriptor{MediaType: cncfLayer, Digest: digest.NewDigest(digest.SHA256, hash), Size: size}
	m.config, err = json.Marshal(wasmConfig{
		Created: "1970-01-01T00:00:00Z", Architecture: "wasm", OS: "wasip1",
		LayerDigests: []digest.Digest{m.layer.Digest},
	})
	return err
}

func (m *moduleFile) manifest() (manifest, error) {
	body, err := json.Marshal(ocispec.Manifest{
		Versioned: specs.Versioned{SchemaVersion: 2},
		MediaType: ocispec.MediaTypeImageManifest,
		Config:    ocispec.Descriptor{MediaType: cncfConfig, Digest: digest.FromBytes(m.config), Size: int64(len(m.config))},
		Layers:    []ocispec.Descriptor{m.layer},
	})
	if err != nil {
		return manifest{}, err
	}
	return newManifest(m.path, body, ocispec.MediaTypeImageManifest, "")
}

func (m *moduleFile) Fetch(_ context.Context, d ocispec.Descriptor) (io.ReadCloser, error) {
	if d.Digest != m.layer.Digest {
		return inMemory(m.config), nil
	}
	// A section has its own position, so a blob can be read twice. It has no fixed end, so that bytes appended
	// meanwhile are noticed.
	section := io.NewSectionReader(namedReader{m.file, m.path}, 0, 1<<62)
	return io.NopCloser(section), nil
}

func (r namedReader) ReadAt(p []byte, at int64) (int, error) {
	n, err := r.File.ReadAt(p, at)
	if err != nil && !errors.Is(err, io.EOF) {
		err = ioError(messages.Read, r.path, err)
	}
	return n, err
}

// contextReader is a reader that fails once its context ends.
type contextReader struct {
	ctx  context.Context
	from io.Reader
}

func (u contextReader) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.from.Read(p)
}
