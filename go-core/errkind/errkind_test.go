package errkind

import (
	"errors"
	"fmt"
	"io"
	"testing"
)

func TestKindOfTheOutermost(t *testing.T) {
	inner := Wrap(io.EOF, Network, "inner")
	outer := Wrap(fmt.Errorf("between: %w", inner), NotFound, "outer")
	for _, c := range []struct {
		err  error
		kind Kind
	}{
		{nil, Internal}, {io.EOF, Internal}, {inner, Network}, {outer, NotFound},
		{fmt.Errorf("around: %w", outer), NotFound},
	} {
		if got := Of(c.err); got != c.kind {
			t.Errorf("%v is of kind %d, want %d", c.err, got, c.kind)
		}
	}
	if !errors.Is(outer, io.EOF) || outer.Error() != "outer" || outer.Kind() != NotFound || Find(io.EOF) != nil {
		t.Error(outer)
	}
}
