// Package errkind defines the error type of this module: a kind, which becomes a status code of the C ABI,
// and a text for the user.
package errkind

import "errors"

// Kind classifies an error. Each kind has one status code in the C ABI.
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
	Unauthorized
	Forbidden
	Timeout
	TooLarge
	kindCount
)

// Count is the number of kinds; their values are 0 to Count-1.
const Count = int(kindCount)

// Error is a failure of a known kind.
type Error struct {
	kind  Kind
	text  string
	cause error
}

// New returns an [Error] without a cause. The text comes from package messages.
func New(kind Kind, text string) *Error { return &Error{kind: kind, text: text} }

// Wrap returns an [Error] that is caused by another error.
func Wrap(cause error, kind Kind, text string) *Error { return &Error{kind, text, cause} }

func (e *Error) Error() string { return e.text }

func (e *Error) Unwrap() error { return e.cause }

// Kind returns the kind of the error.
func (e *Error) Kind() Kind { return e.kind }

// Of returns the kind of the outermost [Error] in err, or [Internal] if there is none.
func Of(err error) Kind {
	if known := Find(err); known != nil {
		return known.kind
	}
	return Internal
}

// Find returns the outermost [Error] in err, or nil if there is none.
func Find(err error) *Error {
	var known *Error
	if errors.As(err, &known) {
		return known
	}
	return nil
}
