package oci

import (
	"context"
	"regexp"
	"strings"

	"github.com/opencontainers/go-digest"
	"oras.land/oras-go/v2/errdef"
	"oras.land/oras-go/v2/registry"

	"github.com/stowage/stowage/go-core/fail"
	"github.com/stowage/stowage/go-core/messages"
)

const (
	layoutScheme = "oci:"
	defaultTag   = "latest"
)

// tagForm is the grammar of the distribution specification, "Pulling manifests".
var tagForm = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$`)

// parse finds the place that a reference names.
func (o *operation) parse(ref string) (place, error) {
	if ref == "" {
		return nil, fail.New(fail.InvalidArgument, messages.Empty(messages.Reference))
	}
	if rest, ok := strings.CutPrefix(ref, layoutScheme); ok {
		return parseLayout(ref, rest)
	}
	parsed, err := parseRegistry(ref)
	if err != nil {
		return nil, err
	}
	pinned := digest.Digest("")
	if parsed.ValidateReferenceAsDigest() == nil {
		pinned = digest.Digest(parsed.Reference)
		if err := checkDigest(ref, pinned); err != nil {
			return nil, err
		}
	}
	if parsed.Reference == "" {
		parsed.Reference = defaultTag
	}
	return o.repository(ref, parsed, pinned), nil
}

func parseRegistry(ref string) (registry.Reference, error) {
	parsed, err := registry.ParseReference(ref)
	if err != nil {
		// Every text of the library begins with the one of its kind, as ours does.
		reason := strings.TrimPrefix(err.Error(), errdef.ErrInvalidReference.Error()+": ")
		return parsed, fail.Because(err, fail.InvalidReference, messages.BadReference(ref, reason))
	}
	if parsed.Reference == "" && (strings.HasSuffix(ref, ":") || strings.HasSuffix(ref, "@")) {
		return parsed, fail.New(fail.InvalidReference, messages.BadReference(ref, messages.NothingAfter(ref[len(ref)-1])))
	}
	return parsed, nil
}

// parseLayout splits at the last colon: a Windows path has one of its own.
func parseLayout(ref, rest string) (*layout, error) {
	colon := strings.LastIndexByte(rest, ':')
	if colon <= 0 || colon == len(rest)-1 {
		return nil, fail.New(fail.InvalidReference, messages.BadReference(ref, messages.BadLayoutReference()))
	}
	dir, tag := rest[:colon], rest[colon+1:]
	if !tagForm.MatchString(tag) {
		return nil, fail.New(fail.InvalidReference, messages.BadReference(ref, messages.BadTagReason(tag)))
	}
	return &layout{text: ref, dir: dir, name: tag}, checkPath(messages.LayoutDir, dir)
}

// lister is where tags are listed.
type lister interface {
	tags(ctx context.Context) ([]string, error)
}

// parseLister reads a reference without tag and digest.
func (o *operation) parseLister(ref string) (lister, error) {
	if ref == "" {
		return nil, fail.New(fail.InvalidArgument, messages.Empty(messages.Reference))
	}
	if dir, ok := strings.CutPrefix(ref, layoutScheme); ok {
		colon := strings.LastIndexByte(dir, ':')
		if dir == "" || colon > 0 && tagForm.MatchString(dir[colon+1:]) {
			return nil, fail.New(fail.InvalidReference, messages.NoListReference(ref))
		}
		return &layout{text: ref, dir: dir}, checkPath(messages.LayoutDir, dir)
	}
	parsed, err := parseRegistry(ref)
	if err != nil {
		return nil, err
	}
	if parsed.Reference != "" {
		return nil, fail.New(fail.InvalidReference, messages.NoListReference(ref))
	}
	return o.repository(ref, parsed, ""), nil
}

func checkPath(what, path string) error {
	switch {
	case path == "":
		return fail.New(fail.InvalidArgument, messages.Empty(what))
	case strings.IndexByte(path, 0) >= 0:
		return fail.New(fail.InvalidArgument, messages.HasNUL(what))
	}
	return nil
}
