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

	"github.com/stowage/stowage/go-core/fail"
	"github.com/stowage/stowage/go-core/messages"
	"github.com/stowage/stowage/go-core/web"
)

// repository is a [place] in a registry. Everything that writes, lists or asks for existence is oras-go's.
// The two GETs are our own (get.go): oras-go's compare sizes and digests, too, but their errors for a wrong
// digest, a short blob and a bad header are texts without a type, and a cut is not resumed.
type repository struct {
	text    string
	ref     registry.Reference
	pinned  digest.Digest // of the manifest, empty when the reference has none
	session *web.Session
	retries int
	oras    *remote.Repository
}

// maxTagPages bounds a list of tags that never ends.
const maxTagPages = 10_000

func (o *operation) repository(text string, ref registry.Reference, pinned digest.Digest) *repository {
	return &repository{
		text: text, ref: ref, pinned: pinned, session: o.session, retries: o.options.Retries,
		oras: &remote.Repository{
			Client: o.session, Reference: ref, PlainHTTP: o.session.Plain(ref.Host()),
			TagListMaxPages: maxTagPages, SkipReferrersGC: true,
		},
	}
}

func (r *repository) String() string { return r.text }

func (r *repository) explain(err error, what string) error {
	return r.session.Explain(err, r.text, r.ref.Host(), what)
}

// repeat runs a step of oras-go's with our retries and our errors.
func (r *repository) repeat(ctx context.Context, what string, step func(ctx context.Context) error) error {
	return r.session.Repeat(ctx, func(ctx context.Context) error {
		if err := step(ctx); err != nil {
			return r.explain(err, what)
		}
		return nil
	})
}

func (r *repository) Exists(ctx context.Context, d ocispec.Descriptor) (bool, error) {
	exists := false
	err := r.repeat(ctx, messages.BlobName(d.Digest.String()), func(ctx context.Context) (err error) {
		exists, err = r.oras.Exists(ctx, d)
		return err
	})
	return exists, err
}

// Push uploads a blob that [operation.open] reads, or a manifest. After a failed try it begins a new
// upload: what became of the old one only the registry knows.
func (r *repository) Push(ctx context.Context, d ocispec.Descriptor, from io.Reader) error {
	if isManifest(d.MediaType) {
		body, err := io.ReadAll(from)
		if err != nil {
			return err
		}
		return r.put(ctx, manifest{Descriptor: d, body: body}, d.Digest.String())
	}
	stream, ok := from.(*checked)
	if !ok {
		return errors.New(messages.NotRewindable())
	}
	var source error // of the stream, which had tries of its own
	first := true
	err := r.repeat(ctx, messages.RepositoryName(), func(ctx context.Context) error {
		if !first {
			if source = stream.Rewind(); source != nil {
				return nil
			}
		}
		first = false
		body := &upload{from: stream}
		err := r.oras.Blobs().Push(ctx, d, body)
		body.stop()
		if source = stream.failure(); source != nil {
			return nil
		}
		return err
	})
	if source != nil {
		return source
	}
	return err
}

// upload is the body of one request. A registry that answers early leaves net/http reading on, until stop.
type upload struct {
	mu      sync.Mutex
	from    *checked
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

func (r *repository) put(ctx context.Context, m manifest, name string) error {
	return r.repeat(ctx, messages.RepositoryName(), func(ctx context.Context) error {
		return r.oras.PushReference(ctx, m.Descriptor, bytes.NewReader(m.body), name)
	})
}

func (r *repository) accepts(d digest.Digest) error {
	if r.pinned != "" && r.pinned != d {
		return fail.New(fail.DigestMismatch, messages.OtherTarget(r.text, r.pinned.String(), d.String()))
	}
	return nil
}

func (r *repository) tag(ctx context.Context, m manifest) error {
	return r.put(ctx, m, r.ref.Reference)
}

func (r *repository) tags(ctx context.Context) ([]string, error) {
	var all []string
	err := r.repeat(ctx, messages.RepositoryName(), func(ctx context.Context) error {
		all = nil
		kept := 0
		return r.oras.Tags(ctx, "", func(page []string) error {
			for _, tag := range page {
				kept += len(tag) + 16 // a string of its own
			}
			if kept > maxKept {
				return fail.New(fail.TooLarge, messages.TooManyTags(maxKept))
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
	err := r.session.Repeat(ctx, func(ctx context.Context) error {
		response, err := r.get(ctx, "manifests", name, messages.ManifestName(), http.Header{"Accept": {manifestTypes}})
		if err != nil {
			return err
		}
		defer response.Body.Close()
		body, err := readMetadata(r.text, response.Body)
		if err != nil {
			return r.readError(err)
		}
		said := digest.Digest(response.Header.Get("Docker-Content-Digest"))
		if want == "" && said.Validate() == nil && said.Algorithm() == digest.SHA256 {
			// What the registry says of its own answer catches a proxy that mixes up answers.
			want = said
		}
		mediaType, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
		found, err = newManifest(r.text, body, mediaType, want)
		return err
	})
	return found, err
}

// readError is [repository.explain] for what may be our own.
func (r *repository) readError(err error) error {
	if fail.Known(err) != nil {
		return err
	}
	return r.explain(err, "")
}

func (r *repository) url(kind, name string) string {
	target := url.URL{Scheme: "https", Host: r.ref.Host(), Path: "/v2/" + r.ref.Repository + "/" + kind + "/" + name}
	if r.oras.PlainHTTP {
		target.Scheme = "http"
	}
	return target.String()
}

// get sends a GET and answers with what came, if it is content.
func (r *repository) get(ctx context.Context, kind, name, what string, header http.Header) (*http.Response, error) {
	ctx = auth.AppendRepositoryScope(ctx, r.ref, auth.ActionPull)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, r.url(kind, name), nil)
	if err != nil {
		return nil, r.explain(err, what)
	}
	request.Header = header
	response, err := r.session.Do(request)
	if err == nil && response.StatusCode != http.StatusOK && response.StatusCode != http.StatusPartialContent {
		err = web.Refusal(response)
	}
	if err != nil {
		return nil, r.explain(err, what)
	}
	return response, nil
}
