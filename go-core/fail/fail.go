// Package fail holds the one error type of this module: a kind, which becomes a status code of the C ABI,
// and a text for the user.
package fail

import "errors"

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
	Unauthorized
	Forbidden
	Timeout
	TooLarge
	kinds // their number
)

// Kinds is the number of kinds; they are 0 to Kinds-1.
const Kinds = int(kinds)

// Error is a failure of a known kind.
type Error struct {
	kind  Kind
	text  string
	cause error
}

// New makes an [Error] with a text of package messages.
func New(kind Kind, text string) *Error { return &Error{kind: kind, text: text} }

// Because is [New] with what led to it.
func Because(cause error, kind Kind, text string) *Error { return &Error{kind, text, cause} }

func (e *Error) Error() string { return e.text }

func (e *Error) Unwrap() error { return e.cause }

// Kind is what the error is.
func (e *Error) Kind() Kind { return e.kind }

// KindOf is the kind of the outermost [Error] in err, [Internal] when there is none.
func KindOf(err error) Kind {
	if known := Known(err); known != nil {
		return known.kind
	}
	return Internal
}

// Known is the outermost [Error] in err, nil when there is none.
func Known(err error) *Error {
	var known *Error
	if errors.As(err, &known) {
		return known
	}
	return nil
}
