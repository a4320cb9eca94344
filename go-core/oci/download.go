package oci

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"

	ocispec "github.com/opencontainers/image-spec/specs-go/v1"

	"github.com/stowage/stowage/go-core/fail"
	"github.com/stowage/stowage/go-core/messages"
	"github.com/stowage/stowage/go-core/web"
)

var manifestTypes = strings.Join([]string{
	ocispec.MediaTypeImageManifest, ocispec.MediaTypeImageIndex, dockerManifest, dockerIndex,
}, ", ")

func (r *repository) Fetch(ctx context.Context, d ocispec.Descriptor) (io.ReadCloser, error) {
	if isManifest(d.MediaType) {
		m, err := r.manifest(ctx, d.Digest.String(), d.Digest)
		if err != nil {
			return nil, err
		}
		return inMemory(m.body), nil
	}
	got := &download{ctx: ctx, from: r, want: d}
	if err := r.session.Repeat(ctx, got.open); err != nil {
		return nil, err
	}
	return got, nil
}

// download reads a blob, over more than one connection if it must.
type download struct {
	ctx  context.Context
	from *repository
	want ocispec.Descriptor
	body io.ReadCloser
	done int64
	cuts int
	flat bool  // the registry refuses ranges
	cut  error // of body, when the bytes before it were already given away
}

// open asks for the bytes from done on. A registry that knows no ranges sends all; what is known is
// passed over then: the digest at the end tells whether both were the same.
func (d *download) open(ctx context.Context) error {
	name := d.want.Digest.String()
	header := http.Header{}
	if d.done > 0 && !d.flat {
		// Both ends: there are registries that know no other form.
		header.Set("Range", fmt.Sprintf("bytes=%d-%d", d.done, d.want.Size-1))
	}
	response, err := d.from.get(ctx, "blobs", name, messages.BlobName(name), header)
	if web.IsStatus(err, http.StatusRequestedRangeNotSatisfiable) && !d.flat {
		d.flat = true
		return d.open(ctx)
	}
	if err != nil {
		return err
	}
	whole, skip := d.want.Size-d.done, int64(0)
	if response.StatusCode == http.StatusOK {
		whole, skip = d.want.Size, d.done
	} else if from := fmt.Sprintf("bytes %d-", d.done); !strings.HasPrefix(response.Header.Get("Content-Range"), from) {
		response.Body.Close()
		return fail.New(fail.Network, messages.OtherRange(d.from.text, name, d.done, response.Header.Get("Content-Range")))
	}
	switch n := response.ContentLength; {
	case n >= 0 && n < whole:
		err = fail.New(fail.Truncated, messages.Truncated(d.from.text, name, d.want.Size-whole+n, d.want.Size))
	case n > whole:
		err = fail.New(fail.DigestMismatch, messages.TooLong(d.from.text, name, d.want.Size))
	case skip > 0:
		if _, err = io.CopyN(io.Discard, response.Body, skip); err != nil {
			err = d.from.explain(err, "")
		}
	}
	if err != nil {
		response.Body.Close()
		return err
	}
	d.body = response.Body
	return nil
}

func (d *download) Read(p []byte) (int, error) {
	for {
		if d.cut != nil {
			if err := d.resume(); err != nil {
				return 0, err
			}
		}
		n, err := d.body.Read(p)
		d.done += int64(n)
		if err == nil || err == io.EOF {
			return n, err
		}
		if !web.IsCut(err) {
			return n, d.from.explain(err, "")
		}
		d.cut = err
		if n > 0 {
			return n, nil
		}
	}
}

// resume opens a connection in place of one that was cut.
func (d *download) resume() error {
	d.body.Close()
	cut := d.cut
	d.cut = nil
	d.cuts++
	if d.cuts > d.from.retries {
		text := messages.Cut(d.from.text, d.want.Digest.String(), d.done, d.want.Size)
		return fail.Because(cut, fail.Network, messages.Tried(text, d.cuts))
	}
	return d.from.session.Repeat(d.ctx, d.open)
}

func (d *download) Close() error { return d.body.Close() }
