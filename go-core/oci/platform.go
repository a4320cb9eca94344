package oci

import (
	"context"
	"strings"

	ocispec "github.com/opencontainers/image-spec/specs-go/v1"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/messages"
)

// maxEntries limits how many manifests of an index are searched for a module, and maxDepth how deep indexes nest.
const (
	maxEntries = 64
	maxDepth   = 4
)

// resolveManifest returns the manifest that a reference names. From an index it selects the manifest of option
// platform, if that is set.
func (o *operation) resolveManifest(ctx context.Context, from source) (manifest, error) {
	m, err := from.root(ctx)
	for depth := 0; err == nil && o.options.Platform != nil && isIndex(m.MediaType); depth++ {
		if depth == maxDepth {
			return manifest{}, errkind.New(errkind.Unsupported, messages.TooDeep(from.String(), maxDepth))
		}
		m, err = o.selectPlatform(ctx, from, m)
	}
	return m, err
}

// selectPlatform selects the first entry with the platform, as oras does.
func (o *operation) selectPlatform(ctx context.Context, from source, index manifest) (manifest, error) {
	entries, err := indexEntries(from.String(), index)
	if err != nil {
		return manifest{}, err
	}
	want := o.options.Platform
	for _, entry := range entries {
		p := entry.Platform
		if p != nil && p.OS == want.OS && p.Architecture == want.Architecture &&
			(want.Variant == "" || p.Variant == want.Variant) {
			return o.readManifest(ctx, from, entry)
		}
	}
	return manifest{}, errkind.New(errkind.NotFound, messages.NoPlatform(from.String(), platformName(want), entryNames(entries)))
}

// resolveWasm is [operation.resolveManifest] for operations that need a module. Without option platform, an index
// must contain exactly one module.
func (o *operation) resolveWasm(ctx context.Context, from source) (manifest, error) {
	m, err := o.resolveManifest(ctx, from)
	if err != nil || !isIndex(m.MediaType) {
		return m, err
	}
	entries, err := indexEntries(from.String(), m)
	if err != nil {
		return manifest{}, err
	}
	if len(entries) > maxEntries {
		return manifest{}, errkind.New(errkind.Unsupported, messages.ManyEntries(from.String(), len(entries), maxEntries))
	}
	var modules []manifest
	var found []ocispec.Descriptor
	for _, entry := range entries {
		if entry.MediaType != ocispec.MediaTypeImageManifest {
			continue
		}
		candidate, err := o.readManifest(ctx, from, entry)
		if err != nil {
			return manifest{}, err
		}
		if _, _, err := wasmLayer(from.String(), candidate); err == nil {
			modules, found = append(modules, candidate), append(found, entry)
		}
	}
	switch len(modules) {
	case 0:
		return manifest{}, errkind.New(errkind.Unsupported, messages.NoWasmInIndex(from.String(), entryNames(entries)))
	case 1:
		return modules[0], nil
	}
	return manifest{}, errkind.New(errkind.Unsupported, messages.ManyWasmInIndex(from.String(), entryNames(found)))
}

// indexEntries returns the manifests of an index after checking their digests and sizes.
func indexEntries(ref string, m manifest) ([]ocispec.Descriptor, error) {
	for _, entry := range m.fields.Manifests {
		if err := checkDigest(ref, entry.Digest); err != nil {
			return nil, err
		}
		if entry.Size < 0 {
			return nil, errkind.New(errkind.Unsupported, messages.BadManifest(ref, messages.NegativeSize(entry.Size)))
		}
	}
	return m.fields.Manifests, nil
}

// entryNames returns a name for each entry of an index: its platform, or its digest if it has none.
func entryNames(entries []ocispec.Descriptor) []string {
	list := []string{}
	for _, entry := range entries {
		if entry.Platform != nil {
			list = append(list, platformName(entry.Platform))
		} else {
			list = append(list, entry.Digest.String())
		}
	}
	return list
}

func platformName(p *ocispec.Platform) string {
	return strings.TrimSuffix(p.OS+"/"+p.Architecture+"/"+p.Variant, "/")
}
