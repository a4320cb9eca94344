// Package oci pulls Wasm modules from OCI registries and image layouts, and packs them into layouts.
package oci

import (
	"errors"
	"io/fs"
	"os"

	"github.com/stowage/stowage/go-core/messages"
)

// Kind says what went wrong, as the status codes of the C ABI do.
type Kind int

const (
	Internal Kind = iota
	InvalidArgument
	Closed
	InvalidReference
	NotFound
	DigestMismatch
	Truncated
	Unsupported
	Canceled
	Host
	Network
	IO
)

// Error is a failure of a known kind; its text is for the user.
type Error struct {
	kind  Kind
	text  string
	cause error
}

// NewError makes an [Error] with a text of package messages.
func NewError(kind Kind, text string) *Error { return &Error{kind: kind, text: text} }

func (e *Error) Error() string { return e.text }

func (e *Error) Unwrap() error { return e.cause }

// KindOf is the kind of the outermost [Error] in err, [Internal] when there is none.
func KindOf(err error) Kind {
	var known *Error
	if errors.As(err, &known) {
		return known.kind
	}
	return Internal
}

// ioError tells which path failed, as the user wrote it, and what the system said. The path inside err
// may be that of a temporary file that nobody has heard of.
func ioError(action, path string, err error) *Error {
	return &Error{IO, messages.IO(action, path, reason(err)), err}
}

func reason(err error) string {
	var onPath *fs.PathError
	var onLink *os.LinkError
	var onCall *os.SyscallError
	switch {
	case errors.As(err, &onPath):
		return onPath.Err.Error()
	case errors.As(err, &onLink):
		return onLink.Err.Error()
	case errors.As(err, &onCall):
		return onCall.Err.Error()
	}
	return err.Error()
}
