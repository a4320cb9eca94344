package oci

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"path/filepath"

	"github.com/opencontainers/go-digest"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"

	"github.com/stowage/stowage/go-core/messages"
)

const (
	copyBytes   = 32 << 10
	reportBytes = 64 << 10 // between two reports
)

// Pull writes the module that ref names to the file out and answers its digest. report, which may be
// nil, is told the bytes done and the total, first (0, total), last (total, total) before the file is put
// in place; it answers whether to go on. Canceling ctx ends the pull.
func Pull(ctx context.Context, ref, out string, report func(done, total int64) bool) (string, error) {
	return pull(ctx, ref, out, report, defaultLimits)
}

func pull(ctx context.Context, ref, out string, report func(done, total int64) bool, l limits) (string, error) {
	if err := checkPath(messages.OutFile, out); err != nil {
		return "", err
	}
	from, err := parse(ref)
	if err != nil {
		return "", err
	}
	if remote, ok := from.(*registrySource); ok {
		remote.limits = l
	}
	defer from.close()
	found, err := fetch(ctx, from, ref, out, report)
	if err != nil && ctx.Err() != nil && KindOf(err) != Host {
		return "", &Error{Canceled, messages.Canceled(ref), err}
	}
	return found, err
}

func fetch(ctx context.Context, from source, ref, out string, report func(done, total int64) bool) (string, error) {
	if err := refuseDirectory(out); err != nil {
		return "", err
	}
	body, mediaType, err := from.manifest(ctx)
	if err != nil {
		return "", err
	}
	layer, err := wasmLayer(ref, body, mediaType)
	if err != nil {
		return "", err
	}
	part, err := stage(pullPrefix, filepath.Dir(out), out)
	if err != nil {
		return "", err
	}
	defer part.discard()
	blob, err := from.blob(ctx, layer)
	if err != nil {
		return "", err
	}
	defer blob.Close()
	if err := copyChecked(ctx, from, blob, part, ref, layer, report); err != nil {
		return "", err
	}
	return layer.Digest.String(), part.commit(out)
}

// copyChecked copies exactly what the descriptor describes.
func copyChecked(
	ctx context.Context, from source, blob io.Reader, to io.Writer, ref string,
	want ocispec.Descriptor, report func(done, total int64) bool,
) error {
	name := want.Digest.String()
	tell := func(done int64) error {
		if report != nil && !report(done, want.Size) {
			return NewError(Host, messages.StoppedByHost(ref))
		}
		return nil
	}
	if err := tell(0); err != nil {
		return err
	}
	hash, buffer := sha256.New(), make([]byte, copyBytes)
	var done, told int64
	for end := false; !end; {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := blob.Read(buffer)
		end = errors.Is(err, io.EOF)
		done += int64(n)
		if errors.Is(err, io.ErrUnexpectedEOF) {
			return &Error{Network, messages.Cut(ref, name, done, want.Size), err}
		}
		if err != nil && !end {
			return from.readError(err)
		}
		if done > want.Size {
			return NewError(DigestMismatch, messages.TooLong(ref, name, want.Size))
		}
		hash.Write(buffer[:n])
		if _, err := to.Write(buffer[:n]); err != nil {
			return err
		}
		if done-told >= reportBytes && done < want.Size {
			told = done
			if err := tell(done); err != nil {
				return err
			}
		}
	}
	if done < want.Size {
		return NewError(Truncated, messages.Truncated(ref, name, done, want.Size))
	}
	if got := digest.NewDigest(digest.SHA256, hash); got != want.Digest {
		return NewError(DigestMismatch, messages.Mismatch(ref, name, got.String()))
	}
	if err := tell(done); err != nil {
		return err
	}
	return ctx.Err()
}
