// Package options reads the options of an operation: text keys and values, as they cross the C ABI.
package options

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	ocispec "github.com/opencontainers/image-spec/specs-go/v1"

	"github.com/stowage/stowage/go-core/fail"
	"github.com/stowage/stowage/go-core/messages"
)

// None is the value that switches docker-config or proxy off.
const None = "none"

// Keys, in the order of the documentation.
const (
	PlainHTTP    = "plain-http"
	Username     = "username"
	Password     = "password"
	DockerConfig = "docker-config"
	Proxy        = "proxy"
	CAFile       = "ca-file"
	Platform     = "platform"
	Timeout      = "timeout-ms"
	Retries      = "retries"
	MaxBytes     = "max-bytes"
)

// Options is what an operation is told. Made by [Default] and [Parse].
type Options struct {
	PlainHTTP          []string // lower case host or host:port
	Username, Password string   // both or none
	DockerConfig       string   // a path, None, or "" for the user's own
	Proxy              *url.URL // nil: see ProxyOff
	ProxyOff           bool     // else, with no Proxy, the environment's
	CAFile             string
	Platform           *ocispec.Platform
	Timeout            time.Duration // 0 is none
	Retries            int           // of each request, after the first try
	MaxBytes           int64         // of one blob

	// How long others may keep us waiting; not for users.
	Connect, Idle, Helper, RetryAfter time.Duration
	// How long connections are kept for the next operation; not for users.
	Keep time.Duration
}

// Default is what holds when nothing is said.
func Default() Options {
	return Options{
		Retries: 3, MaxBytes: 1 << 30,
		Connect: 10 * time.Second, Idle: 30 * time.Second, Helper: 30 * time.Second, RetryAfter: 30 * time.Second,
		Keep: 5 * time.Second,
	}
}

var parsers = map[string]func(o *Options, value string) error{
	PlainHTTP:    parsePlainHTTP,
	Username:     func(o *Options, value string) error { o.Username = value; return filled(Username, value) },
	Password:     func(o *Options, value string) error { o.Password = value; return filled(Password, value) },
	DockerConfig: func(o *Options, value string) error { o.DockerConfig = value; return path(DockerConfig, value) },
	CAFile:       func(o *Options, value string) error { o.CAFile = value; return path(CAFile, value) },
	Proxy:        parseProxy,
	Platform:     parsePlatform,
	Timeout: func(o *Options, value string) error {
		ms, err := number(Timeout, value, 1, int64(1000*time.Hour/time.Millisecond))
		o.Timeout = time.Duration(ms) * time.Millisecond
		return err
	},
	Retries: func(o *Options, value string) error {
		n, err := number(Retries, value, 0, 10)
		o.Retries = int(n)
		return err
	},
	MaxBytes: func(o *Options, value string) (err error) {
		o.MaxBytes, err = number(MaxBytes, value, 1, 1<<62)
		return err
	},
}

// Parse reads {key, value} pairs on top of the defaults. Every failure is [fail.InvalidArgument] and names
// the key; the value of password and proxy, which hold secrets, it never tells.
func Parse(pairs [][2]string) (Options, error) {
	o := Default()
	seen := map[string]bool{}
	for _, pair := range pairs {
		key, value := pair[0], pair[1]
		parse, known := parsers[key]
		if !known {
			return o, fail.New(fail.InvalidArgument, messages.UnknownOption(key, keys()))
		}
		if seen[key] {
			return o, fail.New(fail.InvalidArgument, messages.RepeatedOption(key))
		}
		seen[key] = true
		if err := parse(&o, value); err != nil {
			return o, err
		}
	}
	if seen[Username] != seen[Password] {
		return o, fail.New(fail.InvalidArgument, messages.HalfCredentials(seen[Username]))
	}
	return o, nil
}

func keys() []string {
	var names []string
	for name := range parsers {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func bad(key, found, need string) error {
	return fail.New(fail.InvalidArgument, messages.BadOption(key, found, need))
}

func filled(key, value string) error {
	if value == "" {
		return bad(key, value, messages.NeedText())
	}
	return nil
}

func path(key, value string) error {
	if value == "" || strings.ContainsRune(value, 0) {
		return bad(key, value, messages.NeedPath())
	}
	return nil
}

func number(key, value string, least, most int64) (int64, error) {
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil || n < least || n > most {
		return 0, bad(key, value, messages.NeedNumber(least, most))
	}
	return n, nil
}

func parsePlainHTTP(o *Options, value string) error {
	for entry := range strings.SplitSeq(value, ",") {
		entry = strings.ToLower(strings.TrimSpace(entry))
		made := url.URL{Host: entry}
		read, err := url.Parse("//" + entry + "/")
		if entry == "" || err != nil || read.Host != made.Host || read.Hostname() == "" || read.User != nil {
			return bad(PlainHTTP, value, messages.NeedHosts())
		}
		if read.Port() == "" {
			entry = read.Hostname() // [::1] is ::1
		}
		o.PlainHTTP = append(o.PlainHTTP, entry)
	}
	return nil
}

// parseProxy tells nothing of the value when it is wrong: it may hold a password.
func parseProxy(o *Options, value string) error {
	if value == None {
		o.ProxyOff = true
		return nil
	}
	proxy, err := url.Parse(value)
	schemes := []string{"http", "https", "socks5", "socks5h"}
	if err != nil || !slices.Contains(schemes, proxy.Scheme) || proxy.Hostname() == "" {
		return fail.New(fail.InvalidArgument, messages.BadProxy(schemes))
	}
	o.Proxy = proxy
	return nil
}

func parsePlatform(o *Options, value string) error {
	parts := strings.Split(value, "/")
	if len(parts) < 2 || len(parts) > 3 || slices.Contains(parts, "") {
		return bad(Platform, value, messages.NeedPlatform())
	}
	o.Platform = &ocispec.Platform{OS: parts[0], Architecture: parts[1]}
	if len(parts) == 3 {
		o.Platform.Variant = parts[2]
	}
	return nil
}

// AllowsPlainHTTP says whether a host[:port] was named in plain-http; an entry without a port holds for
// every port.
func (o *Options) AllowsPlainHTTP(host string) bool {
	host = strings.ToLower(host)
	name := (&url.URL{Host: host}).Hostname()
	return slices.Contains(o.PlainHTTP, host) || slices.Contains(o.PlainHTTP, name)
}
