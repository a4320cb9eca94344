package options

import (
	"reflect"
	"strings"
	"testing"
	"time"

	ocispec "github.com/opencontainers/image-spec/specs-go/v1"

	"github.com/stowage/stowage/go-core/errkind"
)

func TestParse(t *testing.T) {
	got, err := Parse([][2]string{
		{PlainHTTP, "Registry.lan:5000, other.lan,[::2]"}, {Username, "u"}, {Password, "p"},
		{DockerConfig, "none"}, {Proxy, "socks5://u:p@proxy:1080"}, {CAFile, "/ca.pem"}, {Platform, "wasi/wasm/v1"},
		{Timeout, "1500"}, {Retries, "0"}, {MaxBytes, "7"},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := Default()
	want.PlainHTTP = []string{"registry.lan:5000", "other.lan", "::2"}
	want.Username, want.Password, want.DockerConfig, want.CAFile = "u", "p", None, "/ca.pem"
	want.Platform = &ocispec.Platform{OS: "wasi", Architecture: "wasm", Variant: "v1"}
	want.Timeout, want.Retries, want.MaxBytes = 1500*time.Millisecond, 0, 7
	if got.Proxy.Host != "proxy:1080" {
		t.Error(got.Proxy)
	}
	got.Proxy = nil
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	for host, allowed := range map[string]bool{
		"registry.lan:5000": true, "REGISTRY.lan:5000": true, "registry.lan": false, "registry.lan:5001": false,
		"other.lan": true, "other.lan:99": true, "x.other.lan": false, "[::2]:80": true, "": false,
	} {
		if got.AllowsPlainHTTP(host) != allowed {
			t.Errorf("%q is allowed: %t", host, !allowed)
		}
	}
	none, err := Parse([][2]string{{Proxy, "none"}})
	if err != nil || !none.ProxyOff || none.Proxy != nil {
		t.Error(none, err)
	}
}

func TestDefaults(t *testing.T) {
	want := Options{
		Retries: 3, MaxBytes: 1073741824, Connect: 10_000_000_000, Idle: 30_000_000_000, Helper: 30_000_000_000,
		RetryAfter: 30_000_000_000, Keep: 5_000_000_000,
	}
	if got, err := Parse(nil); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v, %v\nwant %+v", got, err, want)
	}
}

func TestParseTakesTheEndsOfARange(t *testing.T) {
	got, err := Parse([][2]string{
		{Retries, "10"}, {MaxBytes, "4611686018427387904"}, {Timeout, "3600000000"}, {Platform, "wasi/wasm"},
	})
	if err != nil || got.Retries != 10 || got.MaxBytes != 1<<62 || got.Timeout != 1000*time.Hour {
		t.Errorf("%+v, %v", got, err)
	}
	if got.Platform.OS != "wasi" || got.Platform.Architecture != "wasm" || got.Platform.Variant != "" {
		t.Errorf("%+v", got.Platform)
	}
	least, err := Parse([][2]string{{MaxBytes, "1"}, {Timeout, "1"}})
	if err != nil || least.MaxBytes != 1 || least.Timeout != time.Millisecond {
		t.Errorf("%+v, %v", least, err)
	}
}

func TestParseRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		pairs [][2]string
		text  string
	}{
		"unknown":        {[][2]string{{"colour", "red"}}, "unknown option 'colour'; the options are ca-file, docker-config, max-bytes, password,"},
		"twice":          {[][2]string{{Retries, "1"}, {Retries, "1"}}, "option 'retries' is given twice"},
		"no password":    {[][2]string{{Username, "u"}}, "option 'username' is given without 'password'"},
		"no username":    {[][2]string{{Password, "hunter2"}}, "option 'password' is given without 'username'"},
		"empty password": {[][2]string{{Username, "u"}, {Password, ""}}, "option 'password' is ''; need a text"},
		"no number":      {[][2]string{{Retries, "many"}}, "option 'retries' is 'many'; need a number from 0 to 10"},
		"too many":       {[][2]string{{Retries, "11"}}, "need a number from 0 to 10"},
		"negative":       {[][2]string{{Timeout, "-1"}}, "need a number from 1 to 3600000000"},
		"zero":           {[][2]string{{MaxBytes, "0"}}, "need a number from 1 to 4611686018427387904"},
		"overflow":       {[][2]string{{MaxBytes, "99999999999999999999"}}, "need a number from 1 to"},
		"platform":       {[][2]string{{Platform, "wasm"}}, "option 'platform' is 'wasm'; need os/architecture"},
		"platform parts": {[][2]string{{Platform, "a//b"}}, "need os/architecture"},
		"hosts":          {[][2]string{{PlainHTTP, "a,,b"}}, "option 'plain-http' is 'a,,b'; need host or host:port"},
		"host URL":       {[][2]string{{PlainHTTP, "http://a"}}, "need host or host:port"},
		"host bracket":   {[][2]string{{PlainHTTP, "[::1"}}, "need host or host:port"},
		"four parts":     {[][2]string{{Platform, "a/b/c/d"}}, "need os/architecture"},
		"host and user":  {[][2]string{{PlainHTTP, "u@a"}}, "need host or host:port"},
		"ca-file":        {[][2]string{{CAFile, ""}}, "option 'ca-file' is ''; need a path"},
		"NUL":            {[][2]string{{DockerConfig, "a\x00"}}, `option 'docker-config' is 'a\x00'; need a path`},
		"proxy scheme":   {[][2]string{{Proxy, "ftp://u:hunter2@h"}}, "option 'proxy' is not a URL like"},
		"proxy host":     {[][2]string{{Proxy, "http://"}}, "need one of the schemes http, https, socks5, socks5h, or 'none'"},
		"proxy rubbish":  {[][2]string{{Proxy, "http://u:hunter2@h:x"}}, "option 'proxy' is not a URL like"},
	} {
		_, err := Parse(c.pairs)
		if errkind.Of(err) != errkind.InvalidArgument || err == nil || !strings.HasPrefix(err.Error(), c.text) &&
			!strings.Contains(err.Error(), c.text) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v\nwant %s", name, err, c.text)
		}
	}
}
