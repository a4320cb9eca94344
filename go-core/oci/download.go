package oci

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"

	ocispec "github.com/opencontainers/image-spec/specs-go/v1"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/messages"
	"github.com/stowage/stowage/go-core/transport"
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
	got := &download{ctx: ctx, repository: r, want: d}
	if err := r.session.Retry(ctx, got.open); err != nil {
		return nil, err
	}
	return got, nil
}

// download reads a blob, over several connections if one breaks.
type download struct {
	ctx        context.Context
	repository *repository
	want       ocispec.Descriptor
	body       io.ReadCloser
	done       int64
	resumes    int
	noRanges   bool  // the registry does not support ranges
	disconnect error // an error of body that the next Read handles
}

// open requests the bytes from position done to the end. A registry without ranges sends the whole blob; then
// open skips the bytes that were read before. The digest of the whole blob shows if they have changed.
func (d *download) open(ctx context.Context) error {
	name := d.want.Digest.String()
	header := http.Header{}
	if d.done > 0 && !d.noRanges {
		// With both ends, because some registries support no other form.
		header.Set("Range", fmt.Sprintf("bytes=%d-%d", d.done, d.want.Size-1))
	}
	response, err := d.repository.get(ctx, "blobs", name, messages.BlobName(name), header)
	if transport.IsStatus(err, http.StatusRequestedRangeNotSatisfiable) && !d.noRanges {
		d.noRanges = true
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
		return errkind.New(errkind.Network, messages.WrongRange(d.repository.userRef, name, d.done, response.Header.Get("Content-Range")))
	}
	switch n := response.ContentLength; {
	case n >= 0 && n < whole:
		err = errkind.New(errkind.Truncated, messages.Truncated(d.repository.userRef, name, d.want.Size-whole+n, d.want.Size))
	case n > whole:
		err = errkind.New(errkind.DigestMismatch, messages.TooLong(d.repository.userRef, name, d.want.Size))
	case skip > 0:
		if _, err = io.CopyN(io.Discard, response.Body, skip); err != nil {
			err = d.repository.translateError(err, "")
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
		if d.disconnect != nil {
			if err := d.resume(); err != nil {
				return 0, err
			}
		}
		n, err := d.body.Read(p)
		d.done += int64(n)
		if err == nil || err == io.EOF {
			return n, err
		}
		if !transport.IsDisconnect(err) {
			return n, d.repository.translateError(err, "")
		}
		d.disconnect = err
		if n > 0 {
			return n, nil
		}
	}
}

// resume opens a new connection after one that broke.
func (d *download) resume() error {
	d.body.Close()
	cut := d.disconnect
	d.disconnect = nil
	d.resumes++
	if d.resumes > d.repository.retries {
		text := messages.ConnectionLost(d.repository.userRef, d.want.Digest.String(), d.done, d.want.Size)
		return errkind.Wrap(cut, errkind.Network, messages.Tried(text, d.resumes))
	}
	return d.repository.session.Retry(d.ctx, d.open)
}

func (d *download) Close() error { return d.body.Close() }
