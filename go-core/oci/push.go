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

	"github.com/stowage/stowage/go-core/fail"
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

// Push stores the module in file where ref points to. The same module gives the same manifest, byte for
// byte, at any time and under any file name.
func Push(ctx context.Context, file, ref string, job Job) (Artifact, error) {
	return run(ctx, ref, job, func(ctx context.Context, o *operation) (Artifact, error) {
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

func (o *operation) push(ctx context.Context, file string, to place) (Artifact, error) {
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
	return describe(file, m), o.transfer(ctx, module, file, m, to)
}

// moduleFile is a module file as an artifact: what a push copies from. The file is opened once; should it be
// written to meanwhile, its digest is no longer right and the push fails.
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
		return nil, fail.New(fail.NotFound, messages.NoFile(path))
	}
	if err != nil {
		return nil, err
	}
	m := &moduleFile{path: path, file: file}
	if err := m.describe(ctx); err != nil {
		file.Close()
		return nil, err
	}
	return m, nil
}

func (m *moduleFile) describe(ctx context.Context) error {
	head := make([]byte, len(moduleHead))
	n, err := m.file.ReadAt(head, 0)
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return ioError(messages.Read, m.path, err)
	case bytes.Equal(head[:n], componentHead):
		return fail.New(fail.Unsupported, messages.Component(m.path))
	case !bytes.Equal(head[:n], moduleHead):
		return fail.New(fail.Unsupported, messages.NoModule(m.path, head[:n]))
	}
	hash := sha256.New()
	size, err := io.CopyBuffer(hash, untilDone{ctx, reading{m.file, m.path}}, make([]byte, copyBytes))
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
	// Not the file's own position: a blob may be read a second time. What was appended meanwhile is seen.
	section := io.NewSectionReader(reading{m.file, m.path}, 0, 1<<62)
	return io.NopCloser(section), nil
}

func (r reading) ReadAt(p []byte, at int64) (int, error) {
	n, err := r.File.ReadAt(p, at)
	if err != nil && !errors.Is(err, io.EOF) {
		err = ioError(messages.Read, r.path, err)
	}
	return n, err
}

// untilDone reads until the context ends.
type untilDone struct {
	ctx  context.Context
	from io.Reader
}

func (u untilDone) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.from.Read(p)
}
