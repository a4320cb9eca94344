package oci

import (
	"regexp"
	"strings"

	"github.com/opencontainers/go-digest"
	"oras.land/oras-go/v2/errdef"
	"oras.land/oras-go/v2/registry"

	"github.com/stowage/stowage/go-core/messages"
)

const (
	layoutScheme = "oci:"
	defaultTag   = "latest"
)

// tagForm is the grammar of the distribution specification, "Pulling manifests".
var tagForm = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$`)

// parse finds the source that a reference names.
func parse(ref string) (source, error) {
	if ref == "" {
		return nil, NewError(InvalidArgument, messages.Empty(messages.Reference))
	}
	if rest, ok := strings.CutPrefix(ref, layoutScheme); ok {
		return parseLayout(ref, rest)
	}
	parsed, err := registry.ParseReference(ref)
	if err != nil {
		// Every text of the library begins with the one of its kind, as ours does.
		reason := strings.TrimPrefix(err.Error(), errdef.ErrInvalidReference.Error()+": ")
		return nil, &Error{InvalidReference, messages.BadReference(ref, reason), err}
	}
	pinned := digest.Digest("")
	if parsed.ValidateReferenceAsDigest() == nil {
		pinned = digest.Digest(parsed.Reference)
		if err := checkDigest(ref, pinned); err != nil {
			return nil, err
		}
	}
	if parsed.Reference == "" {
		if strings.HasSuffix(ref, ":") || strings.HasSuffix(ref, "@") {
			return nil, NewError(InvalidReference, messages.BadReference(ref, messages.NothingAfter(ref[len(ref)-1])))
		}
		parsed.Reference = defaultTag
	}
	return &registrySource{text: ref, ref: parsed, pinned: pinned}, nil
}

// parseLayout splits at the last colon: a Windows path has one of its own.
func parseLayout(ref, rest string) (source, error) {
	colon := strings.LastIndexByte(rest, ':')
	if colon <= 0 || colon == len(rest)-1 {
		return nil, NewError(InvalidReference, messages.BadReference(ref, messages.BadLayoutReference()))
	}
	dir, tag := rest[:colon], rest[colon+1:]
	if !tagForm.MatchString(tag) {
		return nil, NewError(InvalidReference, messages.BadReference(ref, messages.BadTagReason(tag)))
	}
	if err := checkPath(messages.LayoutDir, dir); err != nil {
		return nil, err
	}
	return &layoutSource{text: ref, dir: dir, tag: tag}, nil
}

func checkTag(tag string) error {
	if !tagForm.MatchString(tag) {
		return NewError(InvalidReference, messages.BadTag(tag))
	}
	return nil
}

func checkPath(what, path string) error {
	switch {
	case path == "":
		return NewError(InvalidArgument, messages.Empty(what))
	case strings.IndexByte(path, 0) >= 0:
		return NewError(InvalidArgument, messages.HasNUL(what))
	}
	return nil
}

// checkDigest accepts SHA-256 only: it is what the answer of a pull is written in.
func checkDigest(ref string, d digest.Digest) error {
	if d.Validate() != nil || d.Algorithm() != digest.SHA256 {
		return NewError(Unsupported, messages.OtherAlgorithm(ref, d.String()))
	}
	return nil
}
