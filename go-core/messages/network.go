package messages

import (
	"fmt"
	"strings"
	"time"
)

// The network.

func Network(ref, reason string) string { return ref + ": " + sanitized(reason) }

func PeerSilent(limit time.Duration) string {
	return fmt.Sprintf("the peer sent nothing for %s", limit)
}

func ConnectTimeout(limit time.Duration, reason string) string {
	return fmt.Sprintf("no connection within %s: %s", limit, reason)
}

func PlainHTTPRefused(host string) string {
	return fmt.Sprintf("plain HTTP to %s refused; it is allowed only to loopback addresses and to the hosts of "+
		"option 'plain-http'", quoted(host))
}

func PlainRedirectRefused(host string) string {
	return fmt.Sprintf("redirect from HTTPS to plain HTTP at %s refused", quoted(host))
}

func SpeaksPlainHTTP(host string) string {
	return fmt.Sprintf("%s speaks plain HTTP, not HTTPS; to allow that, add it to option 'plain-http'", quoted(host))
}

func BadCertificate(reason string) string {
	return reason + "; if the registry uses its own certificate authority, name the authority's PEM file in option 'ca-file'"
}

func TooManyRedirects(n int) string { return fmt.Sprintf("gave up after %d redirects", n) }

func ErrorStatus(ref, request string, status int, reason string) string {
	return fmt.Sprintf("%s: %s failed with status %d: %s", ref, sanitized(request), status, sanitized(reason))
}

func Tried(text string, tries int) string { return fmt.Sprintf("%s; tried %s", text, times(tries)) }

func RetryAfterTooLong(text string, wait, most time.Duration, tries int) string {
	return fmt.Sprintf("%s; the registry requests a wait of %s, but the limit is %s; tried %s",
		text, wait.Round(time.Second), most, times(tries))
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

func Canceled(ref string) string { return ref + ": canceled" }

func TimedOut(ref string, limit time.Duration) string {
	return fmt.Sprintf("%s: not finished within %s (option 'timeout-ms')", ref, limit)
}

// Proxies.

func BadEnvironmentProxy() string {
	return "the proxy of the environment (HTTP_PROXY, HTTPS_PROXY) is not a URL like http://host:port; " +
		"correct it, or set option 'proxy'"
}

func ProxyWantsCredentials() string {
	return "the proxy requires credentials (407); add them to its URL: http://user:password@host:port"
}

// Files that options name.

func OptionFile(key, path, reason string) string {
	return fmt.Sprintf("option %s: %s: %s", quoted(key), path, reason)
}

func FileNotFound() string { return "file not found" }

func NoCertificates(path string) string {
	return OptionFile("ca-file", path, "it contains no PEM certificate")
}

func BadDockerConfig(path, host string) string {
	return fmt.Sprintf("%s: not a Docker configuration with credentials for %s; log in again, or set option "+
		"'docker-config' to another file or to 'none'", path, quoted(host))
}

// Credentials. No text contains one; a text names the source of the credentials that were sent.

func Unauthorized(ref, reason, used string) string {
	return fmt.Sprintf("%s: unauthorized (401): %s; %s", ref, sanitized(reason), used)
}

func Forbidden(ref, reason, used string) string {
	return fmt.Sprintf("%s: forbidden (403): %s; %s", ref, sanitized(reason), used)
}

func RegistryWantsCredentials() string { return "the registry requires credentials" }

func CredentialsNotSent() string {
	return "no credentials were sent, because the registry did not request any"
}

func NoCredentials(host, where string) string {
	return fmt.Sprintf("no credentials were sent: there are none for %s in %s; set options 'username' and 'password', "+
		"or log in with a tool that writes a Docker configuration", quoted(host), where)
}

func CredentialsRefused(where string) string {
	return fmt.Sprintf("the credentials from %s do not give access", where)
}

func FromOptions() string { return "options 'username' and 'password'" }

func FromConfig(path string) string { return path }

func FromHelper(name, path string) string {
	return fmt.Sprintf("%s, which %s names", quoted(name), path)
}

func NoConfig() string { return "any Docker configuration (none is in use)" }

func TwoRegistries(one, other string) string {
	return fmt.Sprintf("options 'username' and 'password' would go to both %s and %s; log in to each and use the "+
		"Docker configuration", quoted(one), quoted(other))
}

func HelperFailed(name, config, host, reason string) string {
	return fmt.Sprintf("the credential helper %s, which %s names, returned no credentials for %s: %s; correct it, or set options "+
		"'username' and 'password', or 'docker-config' to 'none'", quoted(name), config, quoted(host), sanitized(reason))
}

func BadHelperName() string { return "its name may contain only A-Z a-z 0-9 . _ -" }

func HelperMissing() string { return "it is not on the PATH" }

func HelperTimeout(limit time.Duration) string { return fmt.Sprintf("no answer for %s", limit) }

func HelperNotJSON() string { return "its answer is not the JSON of a credential helper" }

func HelperExit(status, said string) string { return strings.TrimSuffix(status+": "+said, ": ") }

// Transfers.

func TooLarge(ref, digest string, size, most int64) string {
	return fmt.Sprintf("%s: blob %s has %d bytes; option 'max-bytes' allows %d", ref, digest, size, most)
}

func WrongRange(ref, digest string, from int64, got string) string {
	return fmt.Sprintf("%s: requested blob %s from byte %d on, received the range %s", ref, digest, from, quoted(got))
}

func DigestConflict(ref, want, got string) string {
	return fmt.Sprintf("%s: the reference contains digest %s, but the manifest to store has digest %s; use a tag instead", ref, want, got)
}

func NotRewindable() string { return "a blob to upload cannot be read twice" }

func TooManyTags(most int) string {
	return fmt.Sprintf("the list of tags has more than %d bytes", most)
}

func TooManyManifests(ref string, most int) string {
	return fmt.Sprintf("%s: the manifests have more than %d bytes in total", ref, most)
}
