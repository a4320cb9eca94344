// Package options parses the options of an operation, which cross the C ABI as pairs of key and value.
package options

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	ocispec "github.com/opencontainers/image-spec/specs-go/v1"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/messages"
)

// None is the value that disables docker-config or proxy.
const None = "none"

// Keys of the options, in the order of the documentation.
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

// Options holds the options of an operation. [Default] and [Parse] create it.
type Options struct {
	PlainHTTP          []string // lower case host or host:port
	Username, Password string   // both set, or neither
	DockerConfig       string   // a path, None, or "" for the user's own
	Proxy              *url.URL // nil: depends on ProxyOff
	ProxyOff           bool     // false and no Proxy: use the environment's proxy
	CAFile             string
	Platform           *ocispec.Platform
	Timeout            time.Duration // 0: no limit
	Retries            int           // of each request, after the first attempt
	MaxBytes           int64         // of one blob

	// Limits of waiting for a peer or a helper. Users cannot set them.
	Connect, Idle, Helper, RetryAfter time.Duration
	// Keep limits how long an idle connection waits for the next operation. Users cannot set it.
	Keep time.Duration
}

// Default returns the options used when none are given.
func Default() Options {
	return Options{
		Retries: 3, MaxBytes: 1 << 30,
		Connect: 10 * time.Second, Idle: 30 * time.Second, Helper: 30 * time.Second, RetryAfter: 30 * time.Second,
		Keep: 5 * time.Second,
	}
}

var parsers = map[string]func(o *Options, value string) error{
	PlainHTTP:    parsePlainHTTP,
	Username:     func(o *Options, value string) error { o.Username = value; return requireText(Username, value) },
	Password:     func(o *Options, value string) error { o.Password = value; return requireText(Password, value) },
	DockerConfig: func(o *Options, value string) error { o.DockerConfig = value; return requirePath(DockerConfig, value) },
	CAFile:       func(o *Options, value string) error { o.CAFile = value; return requirePath(CAFile, value) },
	Proxy:        parseProxy,
	Platform:     parsePlatform,
	Timeout: func(o *Options, value string) error {
		ms, err := parseNumber(Timeout, value, 1, int64(1000*time.Hour/time.Millisecond))
		o.Timeout = time.Duration(ms) * time.Millisecond
		return err
	},
	Retries: func(o *Options, value string) error {
		n, err := parseNumber(Retries, value, 0, 10)
		o.Retries = int(n)
		return err
	},
	MaxBytes: func(o *Options, value string) (err error) {
		o.MaxBytes, err = parseNumber(MaxBytes, value, 1, 1<<62)
		return err
	},
}

// Parse applies pairs of key and value to the defaults. Every error is an [errkind.InvalidArgument] and names
// the key. It never contains the values of password and proxy, which hold secrets.
func Parse(pairs [][2]string) (Options, error) {
	o := Default()
	seen := map[string]bool{}
	for _, pair := range pairs {
		key, value := pair[0], pair[1]
		parse, known := parsers[key]
		if !known {
			return o, errkind.New(errkind.InvalidArgument, messages.UnknownOption(key, optionNames()))
		}
		if seen[key] {
			return o, errkind.New(errkind.InvalidArgument, messages.RepeatedOption(key))
		}
		seen[key] = true
		if err := parse(&o, value); err != nil {
			return o, err
		}
	}
	if seen[Username] != seen[Password] {
		return o, errkind.New(errkind.InvalidArgument, messages.HalfCredentials(seen[Username]))
	}
	return o, nil
}

func optionNames() []string {
	var names []string
	for name := range parsers {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func badOption(key, found, need string) error {
	return errkind.New(errkind.InvalidArgument, messages.BadOption(key, found, need))
}

func requireText(key, value string) error {
	if value == "" {
		return badOption(key, value, messages.NeedText())
	}
	return nil
}

func requirePath(key, value string) error {
	if value == "" || strings.ContainsRune(value, 0) {
		return badOption(key, value, messages.NeedPath())
	}
	return nil
}

func parseNumber(key, value string, least, most int64) (int64, error) {
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil || n < least || n > most {
		return 0, badOption(key, value, messages.NeedNumber(least, most))
	}
	return n, nil
}

func parsePlainHTTP(o *Options, value string) error {
	for entry := range strings.SplitSeq(value, ",") {
		entry = strings.ToLower(strings.TrimSpace(entry))
		made := url.URL{Host: entry}
		read, err := url.Parse("//" + entry + "/")
		if entry == "" || err != nil || read.Host != made.Host || read.Hostname() == "" || read.User != nil {
			return badOption(PlainHTTP, value, messages.NeedHosts())
		}
		if read.Port() == "" {
			entry = read.Hostname() // [::1] becomes ::1
		}
		o.PlainHTTP = append(o.PlainHTTP, entry)
	}
	return nil
}

// parseProxy returns errors that do not contain the value, because it may contain a password.
func parseProxy(o *Options, value string) error {
	if value == None {
		o.ProxyOff = true
		return nil
	}
	proxy, err := url.Parse(value)
	schemes := []string{"http", "https", "socks5", "socks5h"}
	if err != nil || !slices.Contains(schemes, proxy.Scheme) || proxy.Hostname() == "" {
		return errkind.New(errkind.InvalidArgument, messages.BadProxy(schemes))
	}
	o.Proxy = proxy
	return nil
}

func parsePlatform(o *Options, value string) error {
	parts := strings.Split(value, "/")
	if len(parts) < 2 || len(parts) > 3 || slices.Contains(parts, "") {
		return badOption(Platform, value, messages.NeedPlatform())
	}
	o.Platform = &ocispec.Platform{OS: parts[0], Architecture: parts[1]}
	if len(parts) == 3 {
		o.Platform.Variant = parts[2]
	}
	return nil
}

// AllowsPlainHTTP reports whether option plain-http lists a host[:port]. An entry without a port allows every
// port.
func (o *Options) AllowsPlainHTTP(host string) bool {
	host = strings.ToLower(host)
	name := (&url.URL{Host: host}).Hostname()
	return slices.Contains(o.PlainHTTP, host) || slices.Contains(o.PlainHTTP, name)
}
