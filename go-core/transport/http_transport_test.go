package transport

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stowage/stowage/go-core/errkind"
)

func TestRedirects(t *testing.T) {
	request := func(url string) *http.Request {
		made, err := http.NewRequest(http.MethodGet, url, nil)
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	for _, c := range []struct{ from, to, text string }{
		{"https://a.test/x", "https://b.test/y", ""},
		{"http://127.0.0.1:5000/x", "http://127.0.0.1:6000/y", ""},
		{"https://a.test/x", "http://127.0.0.1:6000/y", "redirect from HTTPS to plain HTTP at '127.0.0.1:6000' refused"},
	} {
		err := checkRedirect(request(c.to), []*http.Request{request(c.from)})
		if c.text == "" && err != nil || c.text != "" && (errkind.Of(err) != errkind.Network || err.Error() != c.text) {
			t.Errorf("%s to %s: %v", c.from, c.to, err)
		}
	}
	err := checkRedirect(request("https://a.test"), make([]*http.Request, 10))
	if errkind.Of(err) != errkind.Network || !strings.Contains(err.Error(), "10 redirects") {
		t.Error(err)
	}
}

func TestPlainHTTPStaysOnThisMachine(t *testing.T) {
	for host, want := range map[string]bool{
		"localhost": true, "127.0.0.1": true, "127.9.9.9": true, "::1": true,
		"128.0.0.1": false, "127.0.0.1.example": false, "localhost.example": false, "0.0.0.0": false, "": false,
		"127.1": false, "registry": false,
	} {
		if isLoopback(host) != want {
			t.Errorf("isLoopback(%q) is %t", host, !want)
		}
	}
}
