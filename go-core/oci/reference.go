package oci

import (
	"context"
	"regexp"
	"strings"

	"github.com/opencontainers/go-digest"
	"oras.land/oras-go/v2/errdef"
	"oras.land/oras-go/v2/registry"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/messages"
)

const (
	layoutScheme = "oci:"
	defaultTag   = "latest"
)

// tagForm is the grammar of the distribution specification, "Pulling manifests".
var tagForm = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$`)

// parse parses a reference.
func (o *operation) parse(ref string) (location, error) {
	if ref == "" {
		return nil, errkind.New(errkind.InvalidArgument, messages.Empty(messages.Reference))
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
		// Every error of the library begins with this text, and so does BadReference.
		reason := strings.TrimPrefix(err.Error(), errdef.ErrInvalidReference.Error()+": ")
		return parsed, errkind.Wrap(err, errkind.InvalidReference, messages.BadReference(ref, reason))
	}
	if parsed.Reference == "" && (strings.HasSuffix(ref, ":") || strings.HasSuffix(ref, "@")) {
		return parsed, errkind.New(errkind.InvalidReference, messages.BadReference(ref, messages.EmptyAfter(ref[len(ref)-1])))
	}
	return parsed, nil
}

// parseLayout splits at the last colon, because a Windows path contains one after the drive letter.
func parseLayout(ref, rest string) (*layout, error) {
	colon := strings.LastIndexByte(rest, ':')
	if colon <= 0 || colon == len(rest)-1 {
		return nil, errkind.New(errkind.InvalidReference, messages.BadReference(ref, messages.BadLayoutReference()))
	}
	dir, tag := rest[:colon], rest[colon+1:]
	if !tagForm.MatchString(tag) {
		return nil, errkind.New(errkind.InvalidReference, messages.BadReference(ref, messages.BadTagReason(tag)))
	}
	return &layout{userRef: ref, dir: dir, name: tag}, checkPath(messages.LayoutDir, dir)
}

// lister is a repository or layout whose tags can be listed.
type lister interface {
	tags(ctx context.Context) ([]string, error)
}

// parseLister parses a reference without tag and digest.
func (o *operation) parseLister(ref string) (lister, error) {
	if ref == "" {
		return nil, errkind.New(errkind.InvalidArgument, messages.Empty(messages.Reference))
	}
	if dir, ok := strings.CutPrefix(ref, layoutScheme); ok {
		colon := strings.LastIndexByte(dir, ':')
		if dir == "" || colon > 0 && tagForm.MatchString(dir[colon+1:]) {
			return nil, errkind.New(errkind.InvalidReference, messages.BadListReference(ref))
		}
		return &layout{userRef: ref, dir: dir}, checkPath(messages.LayoutDir, dir)
	}
	parsed, err := parseRegistry(ref)
	if err != nil {
		return nil, err
	}
	if parsed.Reference != "" {
		return nil, errkind.New(errkind.InvalidReference, messages.BadListReference(ref))
	}
	return o.repository(ref, parsed, ""), nil
}

func checkPath(what, path string) error {
	switch {
	case path == "":
		return errkind.New(errkind.InvalidArgument, messages.Empty(what))
	case strings.IndexByte(path, 0) >= 0:
		return errkind.New(errkind.InvalidArgument, messages.HasNUL(what))
	}
	return nil
}
