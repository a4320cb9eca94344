package oci

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"

	"github.com/opencontainers/go-digest"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
	"oras.land/oras-go/v2/content"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/messages"
)

// maxMetadata is the maximum size of a manifest or index, in bytes. The distribution specification requires
// registries to accept manifests of at least 4 MiB, and clients do not push larger ones.
const maxMetadata = 4 << 20

// maxBuffered limits how much metadata one operation keeps in memory, in bytes: the manifests of a copy, or a
// list of tags. The registry decides how many there are, and running out of memory would end the process.
const maxBuffered = 16 << 20

// source is a reference to read from. Fetch returns content that is not verified yet; see
// [operation.openVerified].
type source interface {
	content.Fetcher
	// String returns the reference as the user wrote it.
	String() string
	// root reads the manifest that the reference names. It verifies the digest if the reference has one.
	root(ctx context.Context) (manifest, error)
}

// destination is a reference to write to. Push expects verified content.
type destination interface {
	content.Storage
	// checkAccepts returns an error if the reference cannot name a manifest with this digest.
	checkAccepts(d digest.Digest) error
	// tag stores a manifest under the name in the reference. Its blobs have been stored before.
	tag(ctx context.Context, m manifest) error
}

// location is a tag or digest in a repository or in a layout.
type location interface {
	source
	destination
}

// manifest is a manifest or an index: its exact bytes, and the fields that this package uses.
type manifest struct {
	ocispec.Descriptor
	body   []byte
	fields struct {
		MediaType   string               `json:"mediaType"`
		Config      ocispec.Descriptor   `json:"config"`
		Layers      []ocispec.Descriptor `json:"layers"`
		Manifests   []ocispec.Descriptor `json:"manifests"`
		Annotations map[string]string    `json:"annotations"`
	}
}

const (
	dockerManifest = "application/vnd.docker.distribution.manifest.v2+json"
	dockerIndex    = "application/vnd.docker.distribution.manifest.list.v2+json"
)

func isIndex(mediaType string) bool {
	return mediaType == ocispec.MediaTypeImageIndex || mediaType == dockerIndex
}

// isManifest reports whether a media type is a manifest or an index. Everything else is a blob.
func isManifest(mediaType string) bool {
	return mediaType == ocispec.MediaTypeImageManifest || mediaType == dockerManifest || isIndex(mediaType)
}

// newManifest verifies and parses a manifest. mediaType comes from the source; the field mediaType in the
// manifest has priority, because the digest covers it.
func newManifest(ref string, body []byte, mediaType string, want digest.Digest) (manifest, error) {
	d := digest.FromBytes(body)
	if want != "" && want != d {
		return manifest{}, errkind.New(errkind.DigestMismatch, messages.Mismatch(ref, want.String(), d.String()))
	}
	m := manifest{Descriptor: ocispec.Descriptor{MediaType: mediaType, Digest: d, Size: int64(len(body))}, body: body}
	if err := decodeJSON(body, &m.fields); err != nil {
		return manifest{}, errkind.New(errkind.Unsupported, messages.BadManifest(ref, err.Error()))
	}
	if m.fields.MediaType != "" {
		m.MediaType = m.fields.MediaType
	}
	return m, nil
}

// readManifest fetches a manifest that an index names.
func (o *operation) readManifest(ctx context.Context, from source, d ocispec.Descriptor) (manifest, error) {
	if d.Size > maxMetadata {
		return manifest{}, errkind.New(errkind.Unsupported, messages.TooLargeMetadata(from.String(), maxMetadata))
	}
	content, err := o.openVerified(ctx, from, from.String(), d)
	if err != nil {
		return manifest{}, err
	}
	defer content.Close()
	body, err := io.ReadAll(content)
	if err != nil {
		return manifest{}, err
	}
	return newManifest(from.String(), body, d.MediaType, d.Digest)
}

// readMetadata reads all of r, at most [maxMetadata] bytes.
func readMetadata(ref string, r io.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, maxMetadata+1))
	if err == nil && len(body) > maxMetadata {
		return nil, errkind.New(errkind.Unsupported, messages.TooLargeMetadata(ref, maxMetadata))
	}
	return body, err
}

// checkDigest accepts SHA-256 only, the algorithm in which results are given. It also ensures that a digest is
// safe as part of a path.
func checkDigest(ref string, d digest.Digest) error {
	if d.Validate() != nil || d.Algorithm() != digest.SHA256 {
		return errkind.New(errkind.Unsupported, messages.UnsupportedAlgorithm(ref, d.String()))
	}
	return nil
}

// checkDescriptor rejects descriptors that are not valid for a blob, and blobs that are larger than option
// max-bytes allows.
func (o *operation) checkDescriptor(ref string, d ocispec.Descriptor) error {
	if d.Size < 0 {
		return errkind.New(errkind.Unsupported, messages.BadManifest(ref, messages.NegativeSize(d.Size)))
	}
	if d.Size > o.options.MaxBytes {
		return errkind.New(errkind.TooLarge, messages.TooLarge(ref, d.Digest.String(), d.Size, o.options.MaxBytes))
	}
	return checkDigest(ref, d.Digest)
}

// decodeJSON parses JSON. The error for a value of the wrong type names the field instead of Go types.
func decodeJSON(body []byte, into any) error {
	err := json.Unmarshal(body, into)
	var wrongType *json.UnmarshalTypeError
	if errors.As(err, &wrongType) {
		return errors.New(messages.WrongType(wrongType.Field, wrongType.Value))
	}
	return err
}

func inMemory(body []byte) io.ReadCloser { return io.NopCloser(bytes.NewReader(body)) }
