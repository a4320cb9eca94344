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

	"github.com/stowage/stowage/go-core/fail"
	"github.com/stowage/stowage/go-core/guard"
	"github.com/stowage/stowage/go-core/messages"
)

const reportBytes = 64 << 10 // between two reports

// checked reads exactly what a descriptor describes, or fails: the reader of a whole checked stream may
// believe what it got. It reports how far it is.
type checked struct {
	ctx    context.Context
	job    *operation
	from   content.Fetcher
	ref    string
	want   ocispec.Descriptor
	silent bool // manifests are not reported

	raw        io.ReadCloser
	hash       hash.Hash
	done, told int64
	err        error // the first; stays
}

// open starts reading from a place; ref names it in messages.
func (o *operation) open(ctx context.Context, from content.Fetcher, ref string, want ocispec.Descriptor) (*checked, error) {
	c := &checked{ctx: ctx, job: o, from: from, ref: ref, want: want, silent: isManifest(want.MediaType), told: -1}
	if err := c.Rewind(); err != nil {
		return nil, err
	}
	if err := c.tell(); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// Rewind starts again. Reports go on where they were.
func (c *checked) Rewind() error {
	if c.raw != nil {
		c.raw.Close()
	}
	c.raw, c.err, c.done, c.hash = nil, nil, 0, sha256.New()
	raw, err := c.from.Fetch(c.ctx, c.want)
	if err != nil {
		return err
	}
	c.raw = raw
	return nil
}

// Read recovers by itself: an upload is read by a goroutine of net/http.
func (c *checked) Read(p []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	n, err := guard.Call(func() (int, error) { return c.read(p) })
	c.err = err
	return n, err
}

func (c *checked) read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.raw.Read(p)
	c.done += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		return n, err
	}
	if c.done > c.want.Size {
		return 0, fail.New(fail.DigestMismatch, messages.TooLong(c.ref, c.want.Digest.String(), c.want.Size))
	}
	c.hash.Write(p[:n])
	if err != nil {
		if bad := c.finish(); bad != nil {
			return 0, bad
		}
		return n, io.EOF
	}
	if c.done-c.told >= reportBytes && c.done < c.want.Size {
		return n, c.tell()
	}
	return n, nil
}

// finish judges the whole.
func (c *checked) finish() error {
	name := c.want.Digest.String()
	if c.done < c.want.Size {
		return fail.New(fail.Truncated, messages.Truncated(c.ref, name, c.done, c.want.Size))
	}
	if got := digest.NewDigest(digest.SHA256, c.hash); got != c.want.Digest {
		return fail.New(fail.DigestMismatch, messages.Mismatch(c.ref, name, got.String()))
	}
	return c.tell()
}

func (c *checked) tell() error {
	if c.silent || c.done <= c.told {
		return nil
	}
	c.told = c.done
	return c.job.tell(c.ref, c.want.Digest.String(), c.done, c.want.Size)
}

// bufferBytes keeps reports as close to each other as they are promised. One byte more than there is lets
// one read see the end.
func (c *checked) bufferBytes() int64 {
	most := int64(copyBytes)
	if c.job.report != nil && !c.silent {
		most = reportBytes
	}
	return min(most, c.want.Size+1)
}

// failure is what the reading failed with, nil at the end of a good stream.
func (c *checked) failure() error {
	if errors.Is(c.err, io.EOF) {
		return nil
	}
	return c.err
}

func (c *checked) Close() error {
	if c.raw == nil {
		return nil
	}
	return c.raw.Close()
}
