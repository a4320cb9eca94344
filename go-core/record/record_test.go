package record

import (
	"reflect"
	"testing"
)

func TestPairsComeBack(t *testing.T) {
	want := [][2]string{{"", ""}, {"key", "value"}, {"ü\x00", "\U0001F600"}}
	written := AppendCount(nil, len(want))
	for _, pair := range want {
		written = AppendString(AppendString(written, pair[0]), pair[1])
	}
	got, err := Pairs(written)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("%q, %v", got, err)
	}
	// A record that is cut or extended anywhere is an error, never a panic.
	for n := 1; n < len(written); n++ {
		if got, err := Pairs(written[:n]); err == nil {
			t.Errorf("%d of %d bytes give %q", n, len(written), got)
		}
	}
	if _, err := Pairs(append(written, 0)); err == nil || err.Error() != "1 bytes too many" {
		t.Error(err)
	}
}

func TestBadPairs(t *testing.T) {
	for name, c := range map[string]struct{ record, text string }{
		"count without entries": {"\xff\xff\xff\xff", "ends early"},
		"length beyond the end": {"\x01\x00\x00\x00\xff\xff\xff\xffx", "ends early"},
		"not UTF-8":             {"\x01\x00\x00\x00\x01\x00\x00\x00\xff\x00\x00\x00\x00", "a string in it is not valid UTF-8"},
	} {
		if got, err := Pairs([]byte(c.record)); err == nil || err.Error() != c.text {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	// The last text is empty, so that its length is the end of the record.
	if got, err := Pairs([]byte("\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00")); err != nil || len(got) != 1 {
		t.Error(got, err)
	}
	if got, err := Pairs(nil); got != nil || err != nil {
		t.Error(got, err)
	}
}

func TestLayout(t *testing.T) {
	got := string(AppendStrings(AppendNumber(nil, 0x0102030405060708), []string{"a", ""}))
	if got != "\x08\x07\x06\x05\x04\x03\x02\x01\x02\x00\x00\x00\x01\x00\x00\x00a\x00\x00\x00\x00" {
		t.Errorf("%q", got)
	}
}
