package main

import (
	"errors"
	"testing"

	"github.com/stowage/stowage/go-core/guard"
	"github.com/stowage/stowage/go-core/oci"
)

// The numbers are frozen (enum swg_status): this list is the second witness.
func TestEveryKindHasItsStatus(t *testing.T) {
	want := map[oci.Kind]int{
		oci.InvalidArgument: 2, oci.Closed: 3, oci.InvalidReference: 4, oci.NotFound: 5, oci.DigestMismatch: 6,
		oci.Truncated: 7, oci.Unsupported: 8, oci.Canceled: 9, oci.Host: 10, oci.Network: 11, oci.IO: 12,
		oci.Internal: 13,
	}
	for kind := oci.Internal; kind <= oci.IO; kind++ {
		if got := int(status(oci.NewError(kind, "x"))); got != want[kind] {
			t.Errorf("kind %d has status %d, want %d", kind, got, want[kind])
		}
	}
	if got := status(errors.New("x")); got != 13 {
		t.Errorf("another error has status %d, want 13", got)
	}
	_, err := guard.Call(func() (int, error) { panic(oci.NewError(oci.IO, "x")) })
	if got := status(err); got != 1 {
		t.Errorf("a panic has status %d, want 1", got)
	}
}
