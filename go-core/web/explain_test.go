package web

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

	"github.com/stowage/stowage/go-core/fail"
	"github.com/stowage/stowage/go-core/options"
)

func TestExplain(t *testing.T) {
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
		kind fail.Kind
		text string
	}{
		"dial":        {&url.Error{Op: "Get", URL: "https://h/", Err: late}, fail.Timeout, "r: no connection within 10s: Get 'https://h/': dial tcp 127.0.0.1:1: i/o timeout"},
		"silence":     {fmt.Errorf("x: %w", os.ErrDeadlineExceeded), fail.Timeout, "r: the peer sent nothing for 30s"},
		"certificate": {&tls.CertificateVerificationError{Err: fmt.Errorf("why")}, fail.Network, "in option 'ca-file'"},
		"plain":       {&url.Error{Op: "Get", URL: "x", Err: http.ErrSchemeMismatch}, fail.Network, "r: 'h' speaks plain HTTP"},
		"known":       {fmt.Errorf("x: %w", fail.New(fail.Host, "inner")), fail.Host, "r: inner"},
		"401":         {&errcode.ErrorResponse{Method: "GET", URL: address, StatusCode: 401}, fail.Unauthorized, "r: unauthorized (401): Unauthorized; no credentials"},
		"418":         {&errcode.ErrorResponse{Method: "GET", URL: address, StatusCode: 418}, fail.Network, "r: GET https://h/p was answered with 418: I'm a teapot"},
		"text":        {fmt.Errorf("at %q", address.String()), fail.Network, "r: at 'https://h/p'"},
	} {
		got := s.Explain(c.err, "r", "h", "thing")
		if fail.KindOf(got) != c.kind || !strings.Contains(got.Error(), c.text) || strings.Contains(got.Error(), "s3cret") {
			t.Errorf("%s: kind %d, %v\nwant %d, %s", name, fail.KindOf(got), got, c.kind, c.text)
		}
	}
}

// Retry-After is seconds or a date; what is neither is as if it were not there.
func TestPause(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	for header, want := range map[string]time.Duration{
		"": 0, "7": 7 * time.Second, "-7": 0, "soon": 0, "1e3": 0, "99999999999": 0,
		"Sat, 21 Nov 2026 12:01:00 GMT": time.Minute, "Sat, 21 Nov 2026 11:00:00 GMT": 0,
	} {
		var p pause
		p.set("5", now)
		p.set(header, now)
		if got := p.get(); got != want {
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
