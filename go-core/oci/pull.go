package oci

import (
	"context"
	"path/filepath"

	"github.com/stowage/stowage/go-core/messages"
)

// Pull writes the module that ref names to the file out. Canceling ctx ends it, as it does every operation.
func Pull(ctx context.Context, ref, out string, job Job) (Artifact, error) {
	return run(ctx, ref, job, func(ctx context.Context, o *operation) (Artifact, error) {
		if err := checkPath(messages.OutFile, out); err != nil {
			return Artifact{}, err
		}
		from, err := o.parse(ref)
		if err != nil {
			return Artifact{}, err
		}
		if err := refuseDirectory(out); err != nil {
			return Artifact{}, err
		}
		m, err := o.wasm(ctx, from)
		if err != nil {
			return Artifact{}, err
		}
		return describe(ref, m), o.pull(ctx, from, m, out)
	})
}

func (o *operation) pull(ctx context.Context, from place, m manifest, out string) error {
	layer, _, err := wasmLayer(from.String(), m)
	if err != nil {
		return err
	}
	if err := o.checkDescriptor(from.String(), layer); err != nil {
		return err
	}
	part, err := stage(pullPrefix, filepath.Dir(out), out)
	if err != nil {
		return err
	}
	defer part.discard()
	module, err := o.open(ctx, from, from.String(), layer)
	if err != nil {
		return err
	}
	defer module.Close()
	if err := part.fill(module); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return part.commit(out)
}

// Resolve tells what ref names. Of an index it describes the manifest that the option platform chooses, or,
// without that option, the index itself.
func Resolve(ctx context.Context, ref string, job Job) (Artifact, error) {
	return run(ctx, ref, job, func(ctx context.Context, o *operation) (Artifact, error) {
		from, err := o.parse(ref)
		if err != nil {
			return Artifact{}, err
		}
		m, err := o.chosen(ctx, from)
		return describe(ref, m), err
	})
}

// Tags lists the tags of host[:port]/repository or oci:DIRECTORY, sorted.
func Tags(ctx context.Context, ref string, job Job) ([]string, error) {
	return run(ctx, ref, job, func(ctx context.Context, o *operation) ([]string, error) {
		from, err := o.parseLister(ref)
		if err != nil {
			return nil, err
		}
		return from.tags(ctx)
	})
}
