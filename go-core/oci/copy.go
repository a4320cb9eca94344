package oci

import (
	"context"
	"io"
	"sync"

	"github.com/opencontainers/go-digest"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
	"oras.land/oras-go/v2"
	"oras.land/oras-go/v2/content"

	"github.com/stowage/stowage/go-core/fail"
	"github.com/stowage/stowage/go-core/guard"
	"github.com/stowage/stowage/go-core/messages"
)

// Copy copies what from names, with all it refers to, to where to points. Manifests stay as they are, byte
// for byte. Of an index all manifests are copied, unless the option platform chooses one.
func Copy(ctx context.Context, from, to string, job Job) (Artifact, error) {
	return run(ctx, from, job, func(ctx context.Context, o *operation) (Artifact, error) {
		source, err := o.parse(from)
		if err != nil {
			return Artifact{}, err
		}
		target, err := o.parse(to)
		if err != nil {
			return Artifact{}, err
		}
		if err := o.checkCredentials(source, target); err != nil {
			return Artifact{}, err
		}
		m, err := o.chosen(ctx, source)
		if err != nil {
			return Artifact{}, err
		}
		return describe(from, m), o.transfer(ctx, source, source.String(), m, target)
	})
}

// checkCredentials keeps one registry's password from the other.
func (o *operation) checkCredentials(from, to place) error {
	source, one := from.(*repository)
	target, other := to.(*repository)
	if one && other && o.options.Username != "" && source.ref.Host() != target.ref.Host() {
		return fail.New(fail.InvalidArgument, messages.TwoRegistries(source.ref.Registry, target.ref.Registry))
	}
	return nil
}

// transfer walks from a manifest through all it refers to and stores what is not there yet, the manifest
// itself last. ref names the source in messages.
func (o *operation) transfer(ctx context.Context, from content.Fetcher, ref string, root manifest, to place) error {
	if err := to.accepts(root.Digest); err != nil {
		return err
	}
	w := &walk{job: o, from: from, ref: ref, root: root, to: to}
	err := oras.CopyGraph(ctx, sourceOf{w}, targetOf{w}, root.Descriptor, oras.CopyGraphOptions{
		MaxMetadataBytes: maxMetadata,
		FindSuccessors:   w.successors,
	})
	if err != nil {
		return err
	}
	return to.tag(ctx, root)
}

// walk is one run of oras.CopyGraph. Its methods recover: oras calls them on goroutines of its own.
type walk struct {
	job  *operation
	from content.Fetcher
	ref  string
	root manifest
	to   place

	mu    sync.Mutex
	blobs map[digest.Digest]ocispec.Descriptor
	kept  int64 // bytes of manifests, which oras keeps in memory
}

func (w *walk) isRoot(d ocispec.Descriptor) bool { return d.Digest == w.root.Digest }

func (w *walk) successors(ctx context.Context, fetcher content.Fetcher, d ocispec.Descriptor) ([]ocispec.Descriptor, error) {
	return guard.Call(func() ([]ocispec.Descriptor, error) {
		if !isManifest(d.MediaType) {
			if w.isRoot(d) { // its blobs would stay behind
				return nil, fail.New(fail.Unsupported, messages.NoManifest(w.ref, d.MediaType))
			}
			return nil, nil
		}
		found, err := content.Successors(ctx, fetcher, d)
		if err != nil && fail.Known(err) == nil && ctx.Err() == nil {
			return nil, fail.Because(err, fail.Unsupported, messages.BadManifest(w.ref, err.Error()))
		}
		if !w.mayKeep(found) {
			return nil, fail.New(fail.TooLarge, messages.TooManyManifests(w.ref, maxKept))
		}
		for i, next := range found {
			if isIndex(d.MediaType) && !isManifest(next.MediaType) {
				return nil, fail.New(fail.Unsupported, messages.NoManifest(w.ref, next.MediaType))
			}
			if bad := w.job.checkDescriptor(w.ref, next); bad != nil {
				return nil, bad
			}
			found[i] = w.once(next)
		}
		return found, err
	})
}

func (w *walk) mayKeep(found []ocispec.Descriptor) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, d := range found {
		if isManifest(d.MediaType) && d.Size > 0 {
			w.kept += min(d.Size, maxMetadata)
		}
	}
	return w.kept <= maxKept
}

// once gives one blob one descriptor: oras tells two media types of the same bytes apart and would move them
// twice.
func (w *walk) once(d ocispec.Descriptor) ocispec.Descriptor {
	if isManifest(d.MediaType) {
		return d
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if first, seen := w.blobs[d.Digest]; seen && first.Size == d.Size {
		return first
	}
	if w.blobs == nil {
		w.blobs = map[digest.Digest]ocispec.Descriptor{}
	}
	w.blobs[d.Digest] = d
	return d
}

// sourceOf is what oras reads from.
type sourceOf struct{ *walk }

func (s sourceOf) Fetch(ctx context.Context, d ocispec.Descriptor) (io.ReadCloser, error) {
	return guard.Call(func() (io.ReadCloser, error) {
		if s.isRoot(d) {
			return inMemory(s.root.body), nil
		}
		if isManifest(d.MediaType) && d.Size > maxMetadata {
			return nil, fail.New(fail.Unsupported, messages.TooLargeMetadata(s.ref, maxMetadata))
		}
		return s.job.open(ctx, s.from, s.ref, d)
	})
}

// Exists is never asked of a source.
func (s sourceOf) Exists(context.Context, ocispec.Descriptor) (bool, error) { return true, nil }

// targetOf is what oras writes to. The root is left to [place.tag].
type targetOf struct{ *walk }

func (t targetOf) Exists(ctx context.Context, d ocispec.Descriptor) (bool, error) {
	if t.isRoot(d) {
		return false, nil
	}
	return guard.Call(func() (bool, error) { return t.to.Exists(ctx, d) })
}

func (t targetOf) Push(ctx context.Context, d ocispec.Descriptor, from io.Reader) error {
	if t.isRoot(d) {
		return nil
	}
	_, err := guard.Call(func() (struct{}, error) { return struct{}{}, t.to.Push(ctx, d, from) })
	return err
}

func (t targetOf) Fetch(ctx context.Context, d ocispec.Descriptor) (io.ReadCloser, error) {
	return t.to.Fetch(ctx, d)
}
