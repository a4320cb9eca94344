package oci

import (
	"context"
	"crypto/sha256"
	"errors"
	"hash"
	"io"

	"github.com/opencontainers/go-digest"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
	"oras.land/oras-go/v2/content"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/guard"
	"github.com/stowage/stowage/go-core/messages"
)

const reportInterval = 64 << 10 // bytes between two reports

// verifiedReader reads the content of a descriptor and fails if size or digest differ. Only content that was
// read to its end is verified. The reader reports its progress.
type verifiedReader struct {
	ctx       context.Context
	operation *operation
	source    content.Fetcher
	ref       string
	want      ocispec.Descriptor
	silent    bool // for manifests, which are not reported

	raw            io.ReadCloser
	hash           hash.Hash
	done, reported int64
	err            error // the first error; every later Read returns it
}

// openVerified opens the content of a descriptor; ref names the source in messages.
func (o *operation) openVerified(ctx context.Context, from content.Fetcher, ref string, want ocispec.Descriptor) (*verifiedReader, error) {
	c := &verifiedReader{ctx: ctx, operation: o, source: from, ref: ref, want: want, silent: isManifest(want.MediaType), reported: -1}
	if err := c.Rewind(); err != nil {
		return nil, err
	}
	if err := c.reportProgress(); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// Rewind starts reading from the beginning. Bytes that were reported before are not reported again.
func (c *verifiedReader) Rewind() error {
	if c.raw != nil {
		c.raw.Close()
	}
	c.raw, c.err, c.done, c.hash = nil, nil, 0, sha256.New()
	raw, err := c.source.Fetch(c.ctx, c.want)
	if err != nil {
		return err
	}
	c.raw = raw
	return nil
}

// Read recovers from panics, because a goroutine of net/http reads uploads.
func (c *verifiedReader) Read(p []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	n, err := guard.Call(func() (int, error) { return c.read(p) })
	c.err = err
	return n, err
}

func (c *verifiedReader) read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.raw.Read(p)
	c.done += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		return n, err
	}
	if c.done > c.want.Size {
		return 0, errkind.New(errkind.DigestMismatch, messages.TooLong(c.ref, c.want.Digest.String(), c.want.Size))
	}
	c.hash.Write(p[:n])
	if err != nil {
		if bad := c.verify(); bad != nil {
			return 0, bad
		}
		return n, io.EOF
	}
	if c.done-c.reported >= reportInterval && c.done < c.want.Size {
		return n, c.reportProgress()
	}
	return n, nil
}

// verify checks size and digest at the end of the content.
func (c *verifiedReader) verify() error {
	name := c.want.Digest.String()
	if c.done < c.want.Size {
		return errkind.New(errkind.Truncated, messages.Truncated(c.ref, name, c.done, c.want.Size))
	}
	if got := digest.NewDigest(digest.SHA256, c.hash); got != c.want.Digest {
		return errkind.New(errkind.DigestMismatch, messages.Mismatch(c.ref, name, got.String()))
	}
	return c.reportProgress()
}

func (c *verifiedReader) reportProgress() error {
	if c.silent || c.done <= c.reported {
		return nil
	}
	c.reported = c.done
	return c.operation.reportProgress(c.ref, c.want.Digest.String(), c.done, c.want.Size)
}

// bufferBytes returns the buffer size for copying this content. With a progress callback it is not larger than
// [reportInterval]. The additional byte lets a single read reach the end.
func (c *verifiedReader) bufferBytes() int64 {
	most := int64(copyBufferBytes)
	if c.operation.report != nil && !c.silent {
		most = reportInterval
	}
	return min(most, c.want.Size+1)
}

// streamError returns the error of the last Read, or nil after the end of correct content.
func (c *verifiedReader) streamError() error {
	if errors.Is(c.err, io.EOF) {
		return nil
	}
	return c.err
}

func (c *verifiedReader) Close() error {
	if c.raw == nil {
		return nil
	}
	return c.raw.Close()
}
