package oci

import (
	"context"

	"github.com/stowage/stowage/go-core/messages"
	"github.com/stowage/stowage/go-core/options"
)

// Pack writes the module in file into the OCI image layout dir, under tag, and answers its digest.
func Pack(file, dir, tag string) (string, error) {
	artifact, err := run(context.Background(), file, Job{Options: options.Default()}, func(ctx context.Context, o *operation) (Artifact, error) {
		if err := checkPath(messages.File, file); err != nil {
			return Artifact{}, err
		}
		if err := checkPath(messages.LayoutDir, dir); err != nil {
			return Artifact{}, err
		}
		if err := checkTag(tag); err != nil {
			return Artifact{}, err
		}
		return o.push(ctx, file, &layout{text: dir, dir: dir, name: tag})
	})
	return artifact.ModuleDigest, err
}
