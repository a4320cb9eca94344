package guard

import (
	"errors"
	"regexp"
	"testing"
)

func TestCallReportsWhereItPanicked(t *testing.T) {
	var table map[string]int
	var nothing *struct{ field int }
	for name, c := range map[string]struct {
		body func()
		text string
	}{
		"value":     {func() { panic("boo") }, `^boo \(guard/guard_test\.go:\d+\)$`},
		"error":     {func() { panic(errors.New("inner")) }, `^inner \(guard/guard_test\.go:\d+\)$`},
		"nil map":   {func() { table["x"] = 1 }, `nil map \(guard/guard_test\.go:\d+\)$`},
		"nil deref": {func() { nothing.field++ }, `nil pointer dereference \(guard/guard_test\.go:\d+\)$`},
		"index":     {func() { _ = make([]int, 1)[len(table)+1] }, `out of range.*\(guard/guard_test\.go:\d+\)$`},
		"nil":       {func() { panic(nil) }, `panic called with nil.*\(guard/guard_test\.go:\d+\)$`},
	} {
		t.Run(name, func(t *testing.T) {
			value, err := Call(func() (int, error) { c.body(); return 7, nil })
			var panicked *Panic
			if value != 0 || !errors.As(err, &panicked) || !regexp.MustCompile(c.text).MatchString(err.Error()) {
				t.Errorf("got %d, %v; want 0 and %s", value, err, c.text)
			}
			result := <-Go(func() (int, error) { c.body(); return 7, nil })
			if result.Err == nil || result.Err.Error() != err.Error() {
				t.Errorf("in a goroutine: %v; in a call: %v", result.Err, err)
			}
		})
	}
}

func TestCallPassesResults(t *testing.T) {
	want := errors.New("plain")
	if value, err := Call(func() (int, error) { return 7, want }); value != 7 || err != want {
		t.Errorf("got %d, %v", value, err)
	}
	if result := <-Go(func() (int, error) { return 7, want }); result.Value != 7 || result.Err != want {
		t.Errorf("got %v", result)
	}
}
