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

	"github.com/stowage/stowage/go-core/fail"
	"github.com/stowage/stowage/go-core/messages"
)

// maxMetadata bounds manifests and indexes, in bytes. The distribution specification asks registries to
// take manifests of 4 MiB at least, and clients push no larger ones.
const maxMetadata = 4 << 20

// maxKept bounds what one operation keeps in memory of many such answers: the manifests of a copy, a list of
// tags. The registry says how many there are, and no memory would end the process.
const maxKept = 16 << 20

// place is where a reference points to: a tag or digest in a repository or in a layout. What Fetch gives is
// not checked yet, see [operation.open]; what Push takes is.
type place interface {
	content.Storage
	// String is the reference as the user wrote it.
	String() string
	// root gives what the reference names, checked against the digest when it has one.
	root(ctx context.Context) (manifest, error)
	// accepts says whether the reference can name a manifest of that digest.
	accepts(d digest.Digest) error
	// tag stores a manifest, whose blobs are all there, as what the reference names.
	tag(ctx context.Context, m manifest) error
}

// manifest is a manifest or an index, byte for byte, and what we know in it.
type manifest struct {
	ocispec.Descriptor
	body   []byte
	parsed struct {
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

// isManifest says whether a media type is one whose blobs we can name. Anything else is a blob.
func isManifest(mediaType string) bool {
	return mediaType == ocispec.MediaTypeImageManifest || mediaType == dockerManifest || isIndex(mediaType)
}

// newManifest checks the bytes of a manifest. mediaType is what the source calls it; a mediaType inside is
// preferred, since it is covered by the digest.
func newManifest(ref string, body []byte, mediaType string, want digest.Digest) (manifest, error) {
	d := digest.FromBytes(body)
	if want != "" && want != d {
		return manifest{}, fail.New(fail.DigestMismatch, messages.Mismatch(ref, want.String(), d.String()))
	}
	m := manifest{Descriptor: ocispec.Descriptor{MediaType: mediaType, Digest: d, Size: int64(len(body))}, body: body}
	if err := decode(body, &m.parsed); err != nil {
		return manifest{}, fail.New(fail.Unsupported, messages.BadManifest(ref, err.Error()))
	}
	if m.parsed.MediaType != "" {
		m.MediaType = m.parsed.MediaType
	}
	return m, nil
}

// read fetches a manifest that an index names.
func (o *operation) read(ctx context.Context, from place, d ocispec.Descriptor) (manifest, error) {
	if d.Size > maxMetadata {
		return manifest{}, fail.New(fail.Unsupported, messages.TooLargeMetadata(from.String(), maxMetadata))
	}
	content, err := o.open(ctx, from, from.String(), d)
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

// readMetadata reads all of r, which must not be longer than [maxMetadata].
func readMetadata(ref string, r io.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, maxMetadata+1))
	if err == nil && len(body) > maxMetadata {
		return nil, fail.New(fail.Unsupported, messages.TooLargeMetadata(ref, maxMetadata))
	}
	return body, err
}

// checkDigest accepts SHA-256 only: it is what the answer of a pull is written in. It also keeps a digest
// from naming a path.
func checkDigest(ref string, d digest.Digest) error {
	if d.Validate() != nil || d.Algorithm() != digest.SHA256 {
		return fail.New(fail.Unsupported, messages.OtherAlgorithm(ref, d.String()))
	}
	return nil
}

// checkDescriptor refuses what no blob can be, and what is larger than the caller wants.
func (o *operation) checkDescriptor(ref string, d ocispec.Descriptor) error {
	if d.Size < 0 {
		return fail.New(fail.Unsupported, messages.BadManifest(ref, messages.NegativeSize(d.Size)))
	}
	if d.Size > o.options.MaxBytes {
		return fail.New(fail.TooLarge, messages.TooLarge(ref, d.Digest.String(), d.Size, o.options.MaxBytes))
	}
	return checkDigest(ref, d.Digest)
}

// decode reads JSON; a value of another type is told with its field, never with Go's type names.
func decode(body []byte, into any) error {
	err := json.Unmarshal(body, into)
	var wrongType *json.UnmarshalTypeError
	if errors.As(err, &wrongType) {
		return errors.New(messages.WrongType(wrongType.Field, wrongType.Value))
	}
	return err
}

func inMemory(body []byte) io.ReadCloser { return io.NopCloser(bytes.NewReader(body)) }
