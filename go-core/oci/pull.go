package oci

import (
	"context"
	"path/filepath"

	"github.com/stowage/stowage/go-core/messages"
)

// Pull writes the module that ref names to the file out. Canceling ctx ends it, like every operation.
func Pull(ctx context.Context, ref, out string, job Job) (Artifact, error) {
	return runOperation(ctx, ref, job, func(ctx context.Context, o *operation) (Artifact, error) {
		if err := checkPath(messages.OutFile, out); err != nil {
			return Artifact{}, err
		}
		from, err := o.parse(ref)
		if err != nil {
			return Artifact{}, err
		}
		if err := checkNotDirectory(out); err != nil {
			return Artifact{}, err
		}
		m, err := o.resolveWasm(ctx, from)
		if err != nil {
			return Artifact{}, err
		}
		return artifactOf(ref, m), o.pull(ctx, from, m, out)
	})
}

func (o *operation) pull(ctx context.Context, from source, m manifest, out string) error {
	layer, _, err := wasmLayer(from.String(), m)
	if err != nil {
		return err
	}
	if err := o.checkDescriptor(from.String(), layer); err != nil {
		return err
	}
	part, err := createAtomicFile(pullPrefix, filepath.Dir(out), out)
	if err != nil {
		return err
	}
	defer part.discard()
	module, err := o.openVerified(ctx, from, from.String(), layer)
	if err != nil {
		return err
	}
	defer module.Close()
	if err := part.copyFrom(module); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return part.commit(out)
}

// Resolve describes the manifest that ref names. If that is an index, Resolve describes the manifest that option
// platform selects, or the index itself without that option.
func Resolve(ctx context.Context, ref string, job Job) (Artifact, error) {
	return runOperation(ctx, ref, job, func(ctx context.Context, o *operation) (Artifact, error) {
		from, err := o.parse(ref)
		if err != nil {
			return Artifact{}, err
		}
		m, err := o.resolveManifest(ctx, from)
		return artifactOf(ref, m), err
	})
}

// Tags lists the tags of host[:port]/repository or oci:DIRECTORY, sorted.
func Tags(ctx context.Context, ref string, job Job) ([]string, error) {
	return runOperation(ctx, ref, job, func(ctx context.Context, o *operation) ([]string, error) {
		from, err := o.parseLister(ref)
		if err != nil {
			return nil, err
		}
		return from.tags(ctx)
	})
}
