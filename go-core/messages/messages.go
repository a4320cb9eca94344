// Package messages holds every text of the Go core that users read. A text reports what was found, with the names
// the user wrote, and what the user can do about it.
package messages

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Names of arguments in texts.
const (
	Reference    = "the reference"
	Target       = "the target reference"
	OutFile      = "the output file"
	File         = "the module file"
	LayoutDir    = "the layout directory"
	ProbeMessage = "the probe message"
)

const referenceForms = "host[:port]/repository[:tag][@sha256:...] or oci:DIRECTORY:TAG"

const doubleQuote = "\""

// maxName is the maximum length of a name in a text, in bytes. A name may come from a registry.
const maxName = 1000

// quoted formats a name: one line, in single quotes.
func quoted(name string) string {
	escaped := strconv.Quote(shortened(name, maxName))
	escaped = strings.ReplaceAll(escaped[1:len(escaped)-1], "\\"+doubleQuote, doubleQuote)
	return "'" + strings.ReplaceAll(escaped, "'", "\\'") + "'"
}

// singleQuoted replaces the double quotes in a text of another library.
func singleQuoted(text string) string { return strings.ReplaceAll(text, doubleQuote, "'") }

var (
	urls     = regexp.MustCompile(`([a-z][a-z0-9+.-]*://)([^\s/@']*@)?([^\s?#']*)([?#][^\s']*)?`)
	controls = regexp.MustCompile(`[\s\pC]+`)
)

// maxSanitized is the maximum length of text from outside, in bytes.
const maxSanitized = 500

// sanitized formats a text that may come from outside: one line, limited in length, without the parts of URLs
// that contain credentials (user, password, a signed query).
func sanitized(text string) string {
	text = strings.TrimSpace(controls.ReplaceAllString(singleQuoted(text), " "))
	text = urls.ReplaceAllString(text, "$1$3")
	return shortened(text, maxSanitized)
}

func shortened(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "..."
}

// Arguments of the C ABI.

func NullOut() string { return "an out-parameter is NULL" }

func NullInput(what string, n uint64) string {
	return fmt.Sprintf("%s is NULL with length %d; NULL is allowed only with length 0", what, n)
}

func InputTooLong(what string, n, most uint64) string {
	return fmt.Sprintf("%s has %d bytes; the maximum is %d", what, n, most)
}

func NotUTF8(what string) string { return what + " is not valid UTF-8" }

func Empty(what string) string { return what + " is empty" }

func HasNUL(what string) string { return what + " contains a NUL byte" }

func UnknownToken(number uint64) string {
	return fmt.Sprintf("%d was never a token of this library", number)
}

func TokenClosed(number uint64) string { return fmt.Sprintf("token %d is closed", number) }

func ProbeWhere(where int32) string {
	return fmt.Sprintf("where is %d; it must be 0 (this call) or 1 (a goroutine)", where)
}

func NoMemory(n int) string { return fmt.Sprintf("no memory for a result of %d bytes", n) }

// Records and options.

// Names of records and of their parts in texts.
const (
	RecordString = "a string in it"
	Options      = "the record of options"
)

func RecordTooShort() string { return "ends early" }

func RecordTooLong(n int) string { return fmt.Sprintf("%d bytes too many", n) }

func BadRecord(what, reason string) string { return what + " is not well formed: " + reason }

func UnknownOption(key string, have []string) string {
	return fmt.Sprintf("unknown option %s; the options are %s", quoted(key), strings.Join(have, ", "))
}

func RepeatedOption(key string) string { return fmt.Sprintf("option %s is given twice", quoted(key)) }

func HalfCredentials(username bool) string {
	given, missing := "password", "username"
	if username {
		given, missing = missing, given
	}
	return fmt.Sprintf("option %s is given without %s; give both or none", quoted(given), quoted(missing))
}

func BadOption(key, found, need string) string {
	return fmt.Sprintf("option %s is %s; need %s", quoted(key), quoted(found), need)
}

func NeedText() string { return "a text that is not empty" }

func NeedPath() string { return "a path" }

func NeedHosts() string { return "host or host:port, separated by commas" }

func NeedPlatform() string { return "os/architecture or os/architecture/variant" }

func NeedNumber(least, most int64) string { return fmt.Sprintf("a number from %d to %d", least, most) }

func BadProxy(schemes []string) string {
	return fmt.Sprintf("option 'proxy' is not a URL like http://host:port; need one of the schemes %s, or 'none'",
		strings.Join(schemes, ", "))
}

// References.

func BadReference(ref, reason string) string {
	return fmt.Sprintf("invalid reference %s: %s; write %s", quoted(ref), sanitized(reason), referenceForms)
}

func BadLayoutReference() string { return "the tag or the directory is missing" }

func BadListReference(ref string) string {
	return fmt.Sprintf("invalid reference %s: tags can be listed for host[:port]/repository or oci:DIRECTORY, without tag and digest",
		quoted(ref))
}

func EmptyAfter(mark byte) string { return fmt.Sprintf("nothing follows '%c'", mark) }

func BadTagReason(tag string) string { return quoted(tag) + " is not a tag" }

// Something is missing or invalid.

func NotFound(ref, what string) string { return fmt.Sprintf("%s: %s not found", ref, what) }

func ManifestName() string { return "manifest" }

func RepositoryName() string { return "repository" }

func BlobName(digest string) string { return "blob " + digest }

func NoLayout(dir string) string {
	return fmt.Sprintf("%s: not an OCI image layout directory (index.json not found)", dir)
}

func NoTag(dir, tag string, have []string) string {
	found := "it has no tags"
	if len(have) > 0 {
		found = "it has " + namesOrNothing(have)
	}
	return fmt.Sprintf("%s: tag %s not found; %s", dir, quoted(tag), found)
}

func Mismatch(ref, want, got string) string {
	return fmt.Sprintf("%s: the content has digest %s, but the reference or the manifest requires %s", ref, got, want)
}

func TooLong(ref, digest string, size int64) string {
	return fmt.Sprintf("%s: blob %s has more than the %d bytes that the manifest states", ref, digest, size)
}

func Truncated(ref, digest string, got, want int64) string {
	return fmt.Sprintf("%s: blob %s ends after %d of %d bytes", ref, digest, got, want)
}

func ConnectionLost(ref, digest string, got, want int64) string {
	return fmt.Sprintf("%s: the connection broke after %d of %d bytes of blob %s; pull again", ref, got, want, digest)
}

func NotManifest(ref, mediaType string) string {
	return fmt.Sprintf("%s: found media type %s, need an OCI image manifest or index", ref, quoted(mediaType))
}

// Indexes.

func NoPlatform(ref, platform string, have []string) string {
	return fmt.Sprintf("%s: no manifest for platform %s; the index has %s", ref, quoted(platform), namesOrNothing(have))
}

func NoWasmInIndex(ref string, have []string) string {
	return fmt.Sprintf("%s: no Wasm artifact in the index; it has %s", ref, namesOrNothing(have))
}

func ManyWasmInIndex(ref string, have []string) string {
	return fmt.Sprintf("%s: several Wasm artifacts in the index: %s; choose one with option 'platform', or by digest",
		ref, namesOrNothing(have))
}

func ManyEntries(ref string, n, most int) string {
	return fmt.Sprintf("%s: the index has %d manifests, but at most %d are searched for a module; choose one "+
		"with option 'platform', or by digest", ref, n, most)
}

func TooDeep(ref string, most int) string {
	return fmt.Sprintf("%s: indexes are nested more than %d deep", ref, most)
}

func namesOrNothing(names []string) string {
	if len(names) == 0 {
		return "nothing"
	}
	return joinedNames(names)
}

// Limits of a list in a text: the number of entries, and the bytes of each.
const (
	maxListed   = 20
	maxListName = 150
)

func joinedNames(names []string) string {
	more := ""
	if len(names) > maxListed {
		more = fmt.Sprintf(" and %d more", len(names)-maxListed)
		names = names[:maxListed]
	}
	short := make([]string, len(names))
	for i, name := range names {
		short[i] = shortened(sanitized(name), maxListName)
	}
	return strings.Join(short, ", ") + more
}

func BadManifest(ref, reason string) string {
	return fmt.Sprintf("%s: the manifest is not well formed: %s", ref, sanitized(reason))
}

func BadIndex(dir, reason string) string {
	return fmt.Sprintf("%s: index.json is not well formed: %s", dir, sanitized(reason))
}

func NegativeSize(size int64) string { return fmt.Sprintf("a descriptor has size %d", size) }

func TooLargeMetadata(ref string, most int64) string {
	return fmt.Sprintf("%s: the manifest or index has more than %d bytes", ref, most)
}

func WrongType(field, found string) string {
	return fmt.Sprintf("%s must not be a JSON %s", quoted(field), found)
}

func ModuleFileNotFound(path string) string { return fmt.Sprintf("%s: file not found", path) }

func NotWasm(ref, config string, layers []string) string {
	return fmt.Sprintf("%s: not a Wasm artifact: found config %s with layers [%s], need config "+
		"'application/vnd.wasm.config.v0+json' with one layer 'application/wasm', or config "+
		"'application/vnd.wasm.config.v1+json' with one layer 'application/vnd.wasm.content.layer.v1+wasm'",
		ref, quoted(config), joinedNames(layers))
}

func UnsupportedAlgorithm(ref, digest string) string {
	return fmt.Sprintf("%s: digest %s; only sha256 is supported", ref, quoted(digest))
}

func NotModule(file string, head []byte) string {
	return fmt.Sprintf("%s: not a WebAssembly module: it starts with % x, need 00 61 73 6d 01 00 00 00", file, head)
}

func Component(file string) string {
	return fmt.Sprintf("%s: this is a WebAssembly component; only core modules (version 1) can be pushed", file)
}

// Stopped by the caller; see also network.go.

func StoppedByHost(ref string) string {
	return fmt.Sprintf("%s: stopped by the progress callback", ref)
}

// The file system.

func IO(action, path, reason string) string {
	return fmt.Sprintf("cannot %s %s: %s", action, path, reason)
}

// Actions of [IO].
const (
	Read   = "read"
	Write  = "write"
	Create = "create"
	Lock   = "lock"
)

func IsDirectory() string { return "it is a directory" }

func NotRegular() string { return "it is not a regular file" }

// Panics.

func Panic(message, place string) string { return fmt.Sprintf("%s (%s)", message, place) }

func UnknownPlace() string { return "place unknown" }
