// Package messages holds every text of the Go core that a user reads. A text says what was found, in
// the user's own spelling, and what to do about it where the user can do something.
package messages

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Names of arguments, as texts call them.
const (
	Reference    = "the reference"
	Target       = "the target reference"
	OutFile      = "the output file"
	File         = "the module file"
	LayoutDir    = "the layout directory"
	ProbeMessage = "the probe message"
)

const referenceForms = "host[:port]/repository[:tag][@sha256:...] or oci:DIRECTORY:TAG"

const double = "\""

// maxName bounds a name in a text, in bytes; it may be a stranger's.
const maxName = 1000

// quoted is a name as every text shows it: one line, in single quotes.
func quoted(name string) string {
	escaped := strconv.Quote(shortened(name, maxName))
	escaped = strings.ReplaceAll(escaped[1:len(escaped)-1], "\\"+double, double)
	return "'" + strings.ReplaceAll(escaped, "'", "\\'") + "'"
}

// requoted is a text of another library, which quotes in its own way.
func requoted(text string) string { return strings.ReplaceAll(text, double, "'") }

var (
	urls     = regexp.MustCompile(`([a-z][a-z0-9+.-]*://)([^\s/@']*@)?([^\s?#']*)([?#][^\s']*)?`)
	controls = regexp.MustCompile(`[\s\pC]+`)
)

// maxForeign bounds what others may add to a text, in bytes.
const maxForeign = 500

// foreign is a text that may hold what a stranger sent: one line, bounded, without the parts of a URL that
// hold credentials (user, password, a signed query).
func foreign(text string) string {
	text = strings.TrimSpace(controls.ReplaceAllString(requoted(text), " "))
	text = urls.ReplaceAllString(text, "$1$3")
	return shortened(text, maxForeign)
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
	return fmt.Sprintf("%s is NULL with length %d; NULL is fine only with length 0", what, n)
}

func InputTooLong(what string, n, most uint64) string {
	return fmt.Sprintf("%s has %d bytes; at most %d are taken", what, n, most)
}

func NotUTF8(what string) string { return what + " is not valid UTF-8" }

func Empty(what string) string { return what + " is empty" }

func HasNUL(what string) string { return what + " contains a NUL byte" }

func NoHandle(number uint64) string {
	return fmt.Sprintf("%d was never a token of this library", number)
}

func TokenClosed(number uint64) string { return fmt.Sprintf("token %d is closed", number) }

func ProbeWhere(where int32) string {
	return fmt.Sprintf("where is %d; it is 0 (this call) or 1 (a goroutine)", where)
}

func NoMemory(n int) string { return fmt.Sprintf("no memory for a result of %d bytes", n) }

// Records and options.

// RecordString is a string inside a record; Options the record of all options.
const (
	RecordString = "a string in it"
	Options      = "the record of options"
)

func RecordTooShort() string { return "ends early" }

func RecordTooLong(n int) string { return fmt.Sprintf("%d bytes too many", n) }

func BadRecord(what, reason string) string { return what + " is not well formed: " + reason }

func UnknownOption(key string, have []string) string {
	return fmt.Sprintf("unknown option %s; there are %s", quoted(key), strings.Join(have, ", "))
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
	return fmt.Sprintf("invalid reference %s: %s; write %s", quoted(ref), foreign(reason), referenceForms)
}

func BadLayoutReference() string { return "the tag or the directory is missing" }

func NoListReference(ref string) string {
	return fmt.Sprintf("invalid reference %s: tags are listed of host[:port]/repository or oci:DIRECTORY, without tag and digest",
		quoted(ref))
}

func NothingAfter(mark byte) string { return fmt.Sprintf("nothing stands after '%c'", mark) }

func BadTagReason(tag string) string { return quoted(tag) + " is not a tag" }

// What was asked for is not there, or is not what it should be.

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
		found = "it has " + list(have)
	}
	return fmt.Sprintf("%s: tag %s not found; %s", dir, quoted(tag), found)
}

func Mismatch(ref, want, got string) string {
	return fmt.Sprintf("%s: the bytes have digest %s, the reference or the manifest says %s", ref, got, want)
}

func TooLong(ref, digest string, size int64) string {
	return fmt.Sprintf("%s: blob %s has more than the %d bytes that the manifest says", ref, digest, size)
}

func Truncated(ref, digest string, got, want int64) string {
	return fmt.Sprintf("%s: blob %s ends after %d of %d bytes", ref, digest, got, want)
}

func Cut(ref, digest string, got, want int64) string {
	return fmt.Sprintf("%s: the connection broke after %d of %d bytes of blob %s; pull again", ref, got, want, digest)
}

func NoManifest(ref, mediaType string) string {
	return fmt.Sprintf("%s: found media type %s, need an OCI image manifest or index", ref, quoted(mediaType))
}

// Indexes.

func NoPlatform(ref, platform string, have []string) string {
	return fmt.Sprintf("%s: no manifest for platform %s; the index has %s", ref, quoted(platform), list(have))
}

func NoWasmInIndex(ref string, have []string) string {
	return fmt.Sprintf("%s: an index without a Wasm artifact; it has %s", ref, list(have))
}

func ManyWasmInIndex(ref string, have []string) string {
	return fmt.Sprintf("%s: an index with several Wasm artifacts, %s; choose one with option 'platform', or by digest",
		ref, list(have))
}

func ManyEntries(ref string, n, most int) string {
	return fmt.Sprintf("%s: an index of %d manifests, more than the %d that are searched for a module; choose one "+
		"with option 'platform', or by digest", ref, n, most)
}

func TooDeep(ref string, most int) string {
	return fmt.Sprintf("%s: indexes of indexes, more than %d deep", ref, most)
}

func list(names []string) string {
	if len(names) == 0 {
		return "nothing"
	}
	return joined(names)
}

// Bounds of a list in a text: entries, and bytes of each.
const (
	maxListed   = 20
	maxListName = 150
)

func joined(names []string) string {
	more := ""
	if len(names) > maxListed {
		more = fmt.Sprintf(" and %d more", len(names)-maxListed)
		names = names[:maxListed]
	}
	short := make([]string, len(names))
	for i, name := range names {
		short[i] = shortened(foreign(name), maxListName)
	}
	return strings.Join(short, ", ") + more
}

func BadManifest(ref, reason string) string {
	return fmt.Sprintf("%s: the manifest is not well formed: %s", ref, foreign(reason))
}

func BadIndex(dir, reason string) string {
	return fmt.Sprintf("%s: index.json is not well formed: %s", dir, foreign(reason))
}

func NegativeSize(size int64) string { return fmt.Sprintf("a descriptor has size %d", size) }

func TooLargeMetadata(ref string, most int64) string {
	return fmt.Sprintf("%s: the manifest or index has more than %d bytes", ref, most)
}

func WrongType(field, found string) string {
	return fmt.Sprintf("%s holds a JSON %s", quoted(field), found)
}

func NoFile(path string) string { return fmt.Sprintf("%s: file not found", path) }

func NotWasm(ref, config string, layers []string) string {
	return fmt.Sprintf("%s: not a Wasm artifact: found config %s with layers [%s], need config "+
		"'application/vnd.wasm.config.v0+json' with one layer 'application/wasm', or config "+
		"'application/vnd.wasm.config.v1+json' with one layer 'application/vnd.wasm.content.layer.v1+wasm'",
		ref, quoted(config), joined(layers))
}

func OtherAlgorithm(ref, digest string) string {
	return fmt.Sprintf("%s: digest %s; only sha256 is supported", ref, quoted(digest))
}

func NoModule(file string, head []byte) string {
	return fmt.Sprintf("%s: not a WebAssembly module: it starts with % x, need 00 61 73 6d 01 00 00 00", file, head)
}

func Component(file string) string {
	return fmt.Sprintf("%s: a WebAssembly component; only core modules (version 1) are packed", file)
}

// Stopped from outside; see also network.go.

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
