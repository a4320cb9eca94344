package transport

import (
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"oras.land/oras-go/v2/registry/remote/errcode"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/options"
)

func TestTranslateError(t *testing.T) {
	s, err := Open(options.Default())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, late := (&net.Dialer{Timeout: time.Nanosecond}).Dial("tcp", "127.0.0.1:1")
	address, err := url.Parse("https://u:s3cret@h/p?X-Amz-Signature=s3cret")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		err  error
		kind errkind.Kind
		text string
	}{
		"dial":        {&url.Error{Op: "Get", URL: "https://h/", Err: late}, errkind.Timeout, "r: no connection within 10s: Get 'https://h/': dial tcp 127.0.0.1:1: i/o timeout"},
		"silence":     {fmt.Errorf("x: %w", os.ErrDeadlineExceeded), errkind.Timeout, "r: the peer sent nothing for 30s"},
		"certificate": {&tls.CertificateVerificationError{Err: fmt.Errorf("why")}, errkind.Network, "in option 'ca-file'"},
		"plain":       {&url.Error{Op: "Get", URL: "x", Err: http.ErrSchemeMismatch}, errkind.Network, "r: 'h' speaks plain HTTP"},
		"known":       {fmt.Errorf("x: %w", errkind.New(errkind.Host, "inner")), errkind.Host, "r: inner"},
		"401":         {&errcode.ErrorResponse{Method: "GET", URL: address, StatusCode: 401}, errkind.Unauthorized, "r: unauthorized (401): Unauthorized; no credentials"},
		"418":         {&errcode.ErrorResponse{Method: "GET", URL: address, StatusCode: 418}, errkind.Network, "r: GET https://h/p failed with status 418: I'm a teapot"},
		"text":        {fmt.Errorf("at %q", address.String()), errkind.Network, "r: at 'https://h/p'"},
	} {
		got := s.TranslateError(c.err, "r", "h", "thing")
		if errkind.Of(got) != c.kind || !strings.Contains(got.Error(), c.text) || strings.Contains(got.Error(), "s3cret") {
			t.Errorf("%s: kind %d, %v\nwant %d, %s", name, errkind.Of(got), got, c.kind, c.text)
		}
	}
}

// Retry-After is seconds or a date; any other value counts as absent.
func TestPause(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	for header, want := range map[string]time.Duration{
		"": 0, "7": 7 * time.Second, "-7": 0, "soon": 0, "1e3": 0, "99999999999": 0,
		"Sat, 21 Nov 2026 12:01:00 GMT": time.Minute, "Sat, 21 Nov 2026 11:00:00 GMT": 0,
	} {
		var r retryAfter
		r.set("5", now)
		r.set(header, now)
		if got := r.get(); got != want {
			t.Errorf("%q is %v, want %v", header, got, want)
		}
	}
	for tries := 1; tries < 12; tries++ {
		if wait := backoff(tries, 0); wait < 200*time.Millisecond || wait > 5*time.Second {
			t.Errorf("try %d waits %v", tries, wait)
		}
	}
	if wait := backoff(1, time.Minute); wait != time.Minute {
		t.Error(wait)
	}
}
