package main

import (
	"errors"
	"testing"

	"github.com/stowage/stowage/go-core/fail"
	"github.com/stowage/stowage/go-core/guard"
)

// The numbers are frozen (enum swg_status): this list is the second witness.
func TestEveryKindHasItsStatus(t *testing.T) {
	want := map[fail.Kind]int{
		fail.InvalidArgument: 2, fail.Closed: 3, fail.InvalidReference: 4, fail.NotFound: 5, fail.DigestMismatch: 6,
		fail.Truncated: 7, fail.Unsupported: 8, fail.Canceled: 9, fail.Host: 10, fail.Network: 11, fail.IO: 12,
		fail.Internal: 13, fail.Unauthorized: 14, fail.Forbidden: 15, fail.Timeout: 16, fail.TooLarge: 17,
	}
	for kind := range fail.Kind(fail.Kinds) {
		if got := int(status(fail.New(kind, "x"))); got != want[kind] {
			t.Errorf("kind %d has status %d, want %d", kind, got, want[kind])
		}
	}
	if got := status(errors.New("x")); got != 13 {
		t.Errorf("another error has status %d, want 13", got)
	}
	_, err := guard.Call(func() (int, error) { panic(fail.New(fail.IO, "x")) })
	if got := status(err); got != 1 {
		t.Errorf("a panic has status %d, want 1", got)
	}
}
