package main

import (
	"errors"
	"testing"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/guard"
)

// The numbers of enum swg_status never change, so the test repeats them.
func TestEveryKindHasItsStatus(t *testing.T) {
	want := map[errkind.Kind]int{
		errkind.InvalidArgument: 2, errkind.Closed: 3, errkind.InvalidReference: 4, errkind.NotFound: 5, errkind.DigestMismatch: 6,
		errkind.Truncated: 7, errkind.Unsupported: 8, errkind.Canceled: 9, errkind.Host: 10, errkind.Network: 11, errkind.IO: 12,
		errkind.Internal: 13, errkind.Unauthorized: 14, errkind.Forbidden: 15, errkind.Timeout: 16, errkind.TooLarge: 17,
	}
	for kind := range errkind.Kind(errkind.Count) {
		if got := int(status(errkind.New(kind, "x"))); got != want[kind] {
			t.Errorf("kind %d has status %d, want %d", kind, got, want[kind])
		}
	}
	if got := status(errors.New("x")); got != 13 {
		t.Errorf("another error has status %d, want 13", got)
	}
	_, err := guard.Call(func() (int, error) { panic(errkind.New(errkind.IO, "x")) })
	if got := status(err); got != 1 {
		t.Errorf("a panic has status %d, want 1", got)
	}
}
