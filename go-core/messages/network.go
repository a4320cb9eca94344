package messages

import (
	"fmt"
	"strings"
	"time"
)

// The network.

func Network(ref, reason string) string { return ref + ": " + foreign(reason) }

func Silent(limit time.Duration) string { return fmt.Sprintf("the peer sent nothing for %s", limit) }

func NoAnswer(limit time.Duration, reason string) string {
	return fmt.Sprintf("no connection within %s: %s", limit, reason)
}

func PlainHTTP(host string) string {
	return fmt.Sprintf("plain HTTP to %s refused; it is allowed to loopback addresses and to the hosts of option "+
		"'plain-http' only", quoted(host))
}

func PlainRedirect(host string) string {
	return fmt.Sprintf("redirect from HTTPS to plain HTTP at %s refused", quoted(host))
}

func SpeaksPlain(host string) string {
	return fmt.Sprintf("%s speaks plain HTTP, not HTTPS; if it may, name it in option 'plain-http'", quoted(host))
}

func BadCertificate(reason string) string {
	return reason + "; if the registry has a certificate authority of its own, name its PEM file in option 'ca-file'"
}

func TooManyRedirects(n int) string { return fmt.Sprintf("gave up after %d redirects", n) }

func Refused(ref, request string, status int, reason string) string {
	return fmt.Sprintf("%s: %s was answered with %d: %s", ref, foreign(request), status, foreign(reason))
}

func Tried(text string, tries int) string { return fmt.Sprintf("%s; tried %s", text, times(tries)) }

func AskedToWait(text string, wait, most time.Duration, tries int) string {
	return fmt.Sprintf("%s; the registry asks to come back in %s, longer than the %s we wait; tried %s",
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
	return fmt.Sprintf("%s: not done within %s, which option 'timeout-ms' sets", ref, limit)
}

// Proxies.

func BadEnvironmentProxy() string {
	return "the proxy of the environment (HTTP_PROXY, HTTPS_PROXY) is not a URL like http://host:port; " +
		"correct it, or set option 'proxy'"
}

func ProxyWantsCredentials() string {
	return "the proxy wants credentials (407); write them into its URL: http://user:password@host:port"
}

// Files that options name.

func OptionFile(key, path, reason string) string {
	return fmt.Sprintf("option %s: %s: %s", quoted(key), path, reason)
}

func Missing() string { return "file not found" }

func NoCertificates(path string) string {
	return OptionFile("ca-file", path, "no PEM certificate in it")
}

func BadDockerConfig(path, host string) string {
	return fmt.Sprintf("%s: not a Docker configuration with credentials for %s; log in again, or set option "+
		"'docker-config' to another file or to 'none'", path, quoted(host))
}

// Credentials. No text holds one; a text says where the one that was sent is from.

func Unauthorized(ref, reason, used string) string {
	return fmt.Sprintf("%s: unauthorized (401): %s; %s", ref, foreign(reason), used)
}

func Forbidden(ref, reason, used string) string {
	return fmt.Sprintf("%s: forbidden (403): %s; %s", ref, foreign(reason), used)
}

func NothingSaid() string { return "the registry wants credentials" }

func NotAsked() string { return "no credentials were sent, as the registry did not ask for any" }

func NoCredentials(host, where string) string {
	return fmt.Sprintf("no credentials were sent: there are none for %s in %s; set options 'username' and 'password', "+
		"or log in with a tool that writes a Docker configuration", quoted(host), where)
}

func CredentialsRefused(where string) string {
	return fmt.Sprintf("the credentials from %s do not open it", where)
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
	return fmt.Sprintf("the credential helper %s, which %s names, gave nothing for %s: %s; correct it, or set options "+
		"'username' and 'password', or 'docker-config' to 'none'", quoted(name), config, quoted(host), foreign(reason))
}

func BadHelperName() string { return "its name may hold A-Z a-z 0-9 . _ - only" }

func HelperMissing() string { return "it is not on the PATH" }

func HelperSilent(limit time.Duration) string { return fmt.Sprintf("no answer for %s", limit) }

func HelperBabbles() string { return "its answer is not the JSON of a credential helper" }

func HelperSaid(status, said string) string { return strings.TrimSuffix(status+": "+said, ": ") }

// Transfers.

func TooLarge(ref, digest string, size, most int64) string {
	return fmt.Sprintf("%s: blob %s has %d bytes; option 'max-bytes' allows %d", ref, digest, size, most)
}

func OtherRange(ref, digest string, from int64, got string) string {
	return fmt.Sprintf("%s: asked for blob %s from byte %d on, got the range %s", ref, digest, from, quoted(got))
}

func OtherTarget(ref, want, got string) string {
	return fmt.Sprintf("%s: names the digest %s, but the manifest to store has %s; name a tag instead", ref, want, got)
}

func NotRewindable() string { return "a blob to upload cannot be read twice" }

func TooManyTags(most int) string { return fmt.Sprintf("more than %d bytes of tags", most) }

func TooManyManifests(ref string, most int) string {
	return fmt.Sprintf("%s: more than %d bytes of manifests", ref, most)
}
