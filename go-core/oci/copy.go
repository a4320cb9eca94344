package oci

import (
	"context"
	"io"
	"sync"

	"github.com/opencontainers/go-digest"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
	"oras.land/oras-go/v2"
	"oras.land/oras-go/v2/content"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/guard"
	"github.com/stowage/stowage/go-core/messages"
)

// Copy copies the manifest that from names, with everything it refers to, to the reference to. The bytes of
// manifests do not change. Copy copies all manifests of an index, unless option platform selects one.
func Copy(ctx context.Context, from, to string, job Job) (Artifact, error) {
	return runOperation(ctx, from, job, func(ctx context.Context, o *operation) (Artifact, error) {
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
		m, err := o.resolveManifest(ctx, source)
		if err != nil {
			return Artifact{}, err
		}
		return artifactOf(from, m), o.transfer(ctx, source, source.String(), m, target)
	})
}

// checkCredentials refuses the options username and password for a copy between two registries: both registries
// would get the password.
func (o *operation) checkCredentials(from source, to destination) error {
	source, one := from.(*repository)
	target, other := to.(*repository)
	if one && other && o.options.Username != "" && source.ref.Host() != target.ref.Host() {
		return errkind.New(errkind.InvalidArgument, messages.TwoRegistries(source.ref.Registry, target.ref.Registry))
	}
	return nil
}

// transfer copies a manifest and everything it refers to. It skips what the destination has already, and stores
// the manifest itself last. ref names the source in messages.
func (o *operation) transfer(ctx context.Context, from content.Fetcher, ref string, root manifest, to destination) error {
	if err := to.checkAccepts(root.Digest); err != nil {
		return err
	}
	w := &walk{operation: o, source: from, ref: ref, root: root, destination: to}
	err := oras.CopyGraph(ctx, walkSource{w}, walkDestination{w}, root.Descriptor, oras.CopyGraphOptions{
		MaxMetadataBytes: maxMetadata,
		FindSuccessors:   w.successors,
	})
	if err != nil {
		return err
	}
	return to.tag(ctx, root)
}

// walk is one run of [oras.CopyGraph]. Its methods recover from panics, because oras calls them on its own
// goroutines.
type walk struct {
	operation   *operation
	source      content.Fetcher
	ref         string
	root        manifest
	destination destination

	mu       sync.Mutex
	blobs    map[digest.Digest]ocispec.Descriptor
	buffered int64 // bytes of the manifests, which oras keeps in memory
}

func (w *walk) isRoot(d ocispec.Descriptor) bool { return d.Digest == w.root.Digest }

func (w *walk) successors(ctx context.Context, fetcher content.Fetcher, d ocispec.Descriptor) ([]ocispec.Descriptor, error) {
	return guard.Call(func() ([]ocispec.Descriptor, error) {
		if !isManifest(d.MediaType) {
			if w.isRoot(d) { // its blobs would not be copied
				return nil, errkind.New(errkind.Unsupported, messages.NotManifest(w.ref, d.MediaType))
			}
			return nil, nil
		}
		found, err := content.Successors(ctx, fetcher, d)
		if err != nil && errkind.Find(err) == nil && ctx.Err() == nil {
			return nil, errkind.Wrap(err, errkind.Unsupported, messages.BadManifest(w.ref, err.Error()))
		}
		if !w.withinBufferLimit(found) {
			return nil, errkind.New(errkind.TooLarge, messages.TooManyManifests(w.ref, maxBuffered))
		}
		for i, next := range found {
			if isIndex(d.MediaType) && !isManifest(next.MediaType) {
				return nil, errkind.New(errkind.Unsupported, messages.NotManifest(w.ref, next.MediaType))
			}
			if bad := w.operation.checkDescriptor(w.ref, next); bad != nil {
				return nil, bad
			}
			found[i] = w.firstDescriptor(next)
		}
		return found, err
	})
}

func (w *walk) withinBufferLimit(found []ocispec.Descriptor) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, d := range found {
		if isManifest(d.MediaType) && d.Size > 0 {
			w.buffered += min(d.Size, maxMetadata)
		}
	}
	return w.buffered <= maxBuffered
}

// firstDescriptor returns the first descriptor seen for a blob. oras distinguishes descriptors by media type
// too, so it would copy a blob with two media types twice.
func (w *walk) firstDescriptor(d ocispec.Descriptor) ocispec.Descriptor {
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

// walkSource is the source of [oras.CopyGraph].
type walkSource struct{ *walk }

func (s walkSource) Fetch(ctx context.Context, d ocispec.Descriptor) (io.ReadCloser, error) {
	return guard.Call(func() (io.ReadCloser, error) {
		if s.isRoot(d) {
			return inMemory(s.root.body), nil
		}
		if isManifest(d.MediaType) && d.Size > maxMetadata {
			return nil, errkind.New(errkind.Unsupported, messages.TooLargeMetadata(s.ref, maxMetadata))
		}
		return s.operation.openVerified(ctx, s.source, s.ref, d)
	})
}

// Exists implements [content.ReadOnlyStorage]; oras does not call it on a source.
func (s walkSource) Exists(context.Context, ocispec.Descriptor) (bool, error) { return true, nil }

// walkDestination is the destination of [oras.CopyGraph]. It leaves the root manifest to [destination.tag].
type walkDestination struct{ *walk }

func (t walkDestination) Exists(ctx context.Context, d ocispec.Descriptor) (bool, error) {
	if t.isRoot(d) {
		return false, nil
	}
	return guard.Call(func() (bool, error) { return t.destination.Exists(ctx, d) })
}

func (t walkDestination) Push(ctx context.Context, d ocispec.Descriptor, from io.Reader) error {
	if t.isRoot(d) {
		return nil
	}
	_, err := guard.Call(func() (struct{}, error) { return struct{}{}, t.destination.Push(ctx, d, from) })
	return err
}

func (t walkDestination) Fetch(ctx context.Context, d ocispec.Descriptor) (io.ReadCloser, error) {
	return t.destination.Fetch(ctx, d)
}
