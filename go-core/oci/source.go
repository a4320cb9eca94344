package oci

import (
	"context"
	"encoding/json"
	"errors"
	"io"

	"github.com/opencontainers/go-digest"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"

	"github.com/stowage/stowage/go-core/messages"
)

// maxMetadata bounds manifests and indexes, in bytes. The distribution specification asks registries to
// take manifests of 4 MiB at least, and clients push no larger ones.
const maxMetadata = 4 << 20

// source is where a reference points to.
type source interface {
	// manifest gives the bytes, checked against the digest when the reference has one, and their media type.
	manifest(ctx context.Context) (body []byte, mediaType string, err error)
	// blob opens a blob. Its size and digest are for the caller to check.
	blob(ctx context.Context, want ocispec.Descriptor) (io.ReadCloser, error)
	// readError names a failure of reading from what blob opened.
	readError(err error) error
	close()
}

// readMetadata reads all of r, which must not be longer than [maxMetadata].
func readMetadata(ref string, r io.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, maxMetadata+1))
	if err == nil && len(body) > maxMetadata {
		return nil, NewError(Unsupported, messages.TooLargeMetadata(ref, maxMetadata))
	}
	return body, err
}

func checkBytes(ref string, body []byte, want digest.Digest) error {
	if got := digest.FromBytes(body); got != want {
		return NewError(DigestMismatch, messages.Mismatch(ref, want.String(), got.String()))
	}
	return nil
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
