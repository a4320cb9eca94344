package oci

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"sync"

	"github.com/opencontainers/go-digest"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
	"oras.land/oras-go/v2/registry"
	"oras.land/oras-go/v2/registry/remote"
	"oras.land/oras-go/v2/registry/remote/auth"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/messages"
	"github.com/stowage/stowage/go-core/transport"
)

// repository is a [location] in a registry. oras-go writes, lists tags and checks for existence. GET requests for
// manifests and blobs do not use oras-go: its errors for a wrong digest, a short blob and a bad header have no
// type, and it does not resume a download after a disconnect.
type repository struct {
	userRef string
	ref     registry.Reference
	pinned  digest.Digest // of the manifest; empty if the reference has none
	session *transport.Session
	retries int
	oras    *remote.Repository
}

// maxTagPages limits the requests for a list of tags, which a hostile registry could make endless.
const maxTagPages = 10_000

func (o *operation) repository(text string, ref registry.Reference, pinned digest.Digest) *repository {
	return &repository{
		userRef: text, ref: ref, pinned: pinned, session: o.session, retries: o.options.Retries,
		oras: &remote.Repository{
			Client: o.session, Reference: ref, PlainHTTP: o.session.UsesPlainHTTP(ref.Host()),
			TagListMaxPages: maxTagPages, SkipReferrersGC: true,
		},
	}
}

func (r *repository) String() string { return r.userRef }

func (r *repository) translateError(err error, what string) error {
	return r.session.TranslateError(err, r.userRef, r.ref.Host(), what)
}

// retry runs a step that uses oras-go, with the retries and error texts of package transport.
func (r *repository) retry(ctx context.Context, what string, step func(ctx context.Context) error) error {
	return r.session.Retry(ctx, func(ctx context.Context) error {
		if err := step(ctx); err != nil {
			return r.translateError(err, what)
		}
		return nil
	})
}

func (r *repository) Exists(ctx context.Context, d ocispec.Descriptor) (bool, error) {
	exists := false
	err := r.retry(ctx, messages.BlobName(d.Digest.String()), func(ctx context.Context) (err error) {
		exists, err = r.oras.Exists(ctx, d)
		return err
	})
	return exists, err
}

// Push uploads a manifest, or a blob from a [verifiedReader]. After a failed attempt it starts a new upload,
// because only the registry knows the state of the old one.
func (r *repository) Push(ctx context.Context, d ocispec.Descriptor, from io.Reader) error {
	if isManifest(d.MediaType) {
		body, err := io.ReadAll(from)
		if err != nil {
			return err
		}
		return r.pushManifest(ctx, manifest{Descriptor: d, body: body}, d.Digest.String())
	}
	stream, ok := from.(*verifiedReader)
	if !ok {
		return errors.New(messages.NotRewindable())
	}
	var source error // error of the stream, which has retried already
	first := true
	err := r.retry(ctx, messages.RepositoryName(), func(ctx context.Context) error {
		if !first {
			if source = stream.Rewind(); source != nil {
				return nil
			}
		}
		first = false
		body := &upload{from: stream}
		err := r.oras.Blobs().Push(ctx, d, body)
		body.stop()
		if source = stream.streamError(); source != nil {
			return nil
		}
		return err
	})
	if source != nil {
		return source
	}
	return err
}

// upload is the body of one request. If a registry responds early, net/http continues to read the body until
// stop is called.
type upload struct {
	mu      sync.Mutex
	from    *verifiedReader
	stopped bool
}

func (u *upload) Read(p []byte) (int, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.stopped {
		return 0, io.ErrClosedPipe
	}
	return u.from.Read(p)
}

func (u *upload) stop() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.stopped = true
}

func (r *repository) pushManifest(ctx context.Context, m manifest, name string) error {
	return r.retry(ctx, messages.RepositoryName(), func(ctx context.Context) error {
		return r.oras.PushReference(ctx, m.Descriptor, bytes.NewReader(m.body), name)
	})
}

func (r *repository) checkAccepts(d digest.Digest) error {
	if r.pinned != "" && r.pinned != d {
		return errkind.New(errkind.DigestMismatch, messages.DigestConflict(r.userRef, r.pinned.String(), d.String()))
	}
	return nil
}

func (r *repository) tag(ctx context.Context, m manifest) error {
	return r.pushManifest(ctx, m, r.ref.Reference)
}

func (r *repository) tags(ctx context.Context) ([]string, error) {
	var all []string
	err := r.retry(ctx, messages.RepositoryName(), func(ctx context.Context) error {
		all = nil
		size := 0
		return r.oras.Tags(ctx, "", func(page []string) error {
			for _, tag := range page {
				size += len(tag) + 16 // the header of the string
			}
			if size > maxBuffered {
				return errkind.New(errkind.TooLarge, messages.TooManyTags(maxBuffered))
			}
			all = append(all, page...)
			return nil
		})
	})
	slices.Sort(all)
	return slices.Compact(all), err
}

func (r *repository) root(ctx context.Context) (manifest, error) {
	return r.manifest(ctx, r.ref.Reference, r.pinned)
}

func (r *repository) manifest(ctx context.Context, name string, want digest.Digest) (manifest, error) {
	var found manifest
	err := r.session.Retry(ctx, func(ctx context.Context) error {
		response, err := r.get(ctx, "manifests", name, messages.ManifestName(), http.Header{"Accept": {manifestTypes}})
		if err != nil {
			return err
		}
		defer response.Body.Close()
		body, err := readMetadata(r.userRef, response.Body)
		if err != nil {
			return r.readError(err)
		}
		reported := digest.Digest(response.Header.Get("Docker-Content-Digest"))
		if want == "" && reported.Validate() == nil && reported.Algorithm() == digest.SHA256 {
			// The digest in the response detects a proxy that mixes up responses.
			want = reported
		}
		mediaType, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
		found, err = newManifest(r.userRef, body, mediaType, want)
		return err
	})
	return found, err
}

// readError is [repository.translateError], except that it keeps an [errkind.Error].
func (r *repository) readError(err error) error {
	if errkind.Find(err) != nil {
		return err
	}
	return r.translateError(err, "")
}

func (r *repository) url(kind, name string) string {
	target := url.URL{Scheme: "https", Host: r.ref.Host(), Path: "/v2/" + r.ref.Repository + "/" + kind + "/" + name}
	if r.oras.PlainHTTP {
		target.Scheme = "http"
	}
	return target.String()
}

// get sends a GET request. It returns the response if it has content, and an error otherwise.
func (r *repository) get(ctx context.Context, kind, name, what string, header http.Header) (*http.Response, error) {
	ctx = auth.AppendRepositoryScope(ctx, r.ref, auth.ActionPull)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, r.url(kind, name), nil)
	if err != nil {
		return nil, r.translateError(err, what)
	}
	request.Header = header
	response, err := r.session.Do(request)
	if err == nil && response.StatusCode != http.StatusOK && response.StatusCode != http.StatusPartialContent {
		err = transport.ResponseError(response)
	}
	if err != nil {
		return nil, r.translateError(err, what)
	}
	return response, nil
}
