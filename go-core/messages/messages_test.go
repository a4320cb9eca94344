package messages

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
	"time"
)

// texts is what a user reads, word for word, by the function that makes it.
var texts = map[string][2]string{
	"NullOut":            {NullOut(), "an out-parameter is NULL"},
	"NullInput":          {NullInput(Tag, 3), "the tag is NULL with length 3; NULL is fine only with length 0"},
	"InputTooLong":       {InputTooLong(File, 9, 8), "the module file has 9 bytes; at most 8 are taken"},
	"NotUTF8":            {NotUTF8(Reference), "the reference is not valid UTF-8"},
	"Empty":              {Empty(OutFile), "the output file is empty"},
	"HasNUL":             {HasNUL(LayoutDir), "the layout directory contains a NUL byte"},
	"NoHandle":           {NoHandle(7), "7 was never a token of this library"},
	"TokenClosed":        {TokenClosed(7), "token 7 is closed"},
	"ProbeWhere":         {ProbeWhere(2), "where is 2; it is 0 (this call) or 1 (a goroutine)"},
	"NoMemory":           {NoMemory(5), "no memory for a result of 5 bytes"},
	"BadReference":       {BadReference("x", NothingAfter(':')), "invalid reference 'x': nothing stands after ':'; write host[:port]/repository[:tag][@sha256:...] or oci:DIRECTORY:TAG"},
	"NothingAfter":       {NothingAfter('@'), `nothing stands after '@'`},
	"BadLayoutReference": {BadLayoutReference(), "the tag or the directory is missing"},
	"BadTagReason":       {BadTagReason("-"), "'-' is not a tag"},
	"BadTag":             {BadTag("-"), "'-' is not a tag; a tag is 1 to 128 of A-Z a-z 0-9 . _ - and starts with none of . -"},
	"NotFound":           {NotFound("h/r", ManifestName()), "h/r: manifest not found"},
	"ManifestName":       {ManifestName(), "manifest"},
	"BlobName":           {BlobName("d"), "blob d"},
	"NoFile":             {NoFile("a.wasm"), "a.wasm: file not found"},
	"NoLayout":           {NoLayout("d"), "d: not an OCI image layout directory (index.json not found)"},
	"NoTag":              {NoTag("d", "t", nil) + NoTag("d", "t", []string{"u", "v"}), "d: tag 't' not found; it has no tagsd: tag 't' not found; it has u, v"},
	"Mismatch":           {Mismatch("r", "w", "g"), "r: the bytes have digest g, the reference or the manifest says w"},
	"TooLong":            {TooLong("r", "d", 4), "r: blob d has more than the 4 bytes that the manifest says"},
	"Cut":                {Cut("r", "d", 3, 4), "r: the connection broke after 3 of 4 bytes of blob d; pull again"},
	"Truncated":          {Truncated("r", "d", 3, 4), "r: blob d ends after 3 of 4 bytes"},
	"IsIndex":            {IsIndex("r", "m"), "r: found an index of several manifests (m), need one Wasm artifact; pull one of its manifests by digest"},
	"NoManifest":         {NoManifest("r", "m"), "r: found media type 'm', need an OCI image manifest"},
	"BadManifest":        {BadManifest("r", NegativeSize(-1)), "r: the manifest is not well formed: a descriptor has size -1"},
	"BadIndex":           {BadIndex("d", "why"), "d: index.json is not well formed: why"},
	"NegativeSize":       {NegativeSize(-2), "a descriptor has size -2"},
	"TooLargeMetadata":   {TooLargeMetadata("r", 5), "r: the manifest or index has more than 5 bytes"},
	"WrongType":          {WrongType("a.b", "array"), "'a.b' holds a JSON array"},
	"NotWasm": {NotWasm("r", "c", []string{"l", "m"}), "r: not a Wasm artifact: found config 'c' with layers [l, m], " +
		"need config 'application/vnd.wasm.config.v0+json' with one layer 'application/wasm', " +
		"or config 'application/vnd.wasm.config.v1+json' with one layer 'application/vnd.wasm.content.layer.v1+wasm'"},
	"OtherAlgorithm":   {OtherAlgorithm("r", "md5:0"), "r: digest 'md5:0'; only sha256 is supported"},
	"NoModule":         {NoModule("f", []byte{1, 255}), "f: not a WebAssembly module: it starts with 01 ff, need 00 61 73 6d 01 00 00 00"},
	"Component":        {Component("f"), "f: a WebAssembly component; only core modules (version 1) are packed"},
	"Canceled":         {Canceled("r"), "r: canceled"},
	"StoppedByHost":    {StoppedByHost("r"), "r: stopped by the progress callback"},
	"Network":          {Network("r", Silent(30*time.Second)), "r: the peer sent nothing for 30s"},
	"Silent":           {Silent(time.Millisecond), "the peer sent nothing for 1ms"},
	"PlainHTTP":        {PlainHTTP("h"), "plain HTTP to 'h' refused; it is allowed to loopback addresses only"},
	"PlainRedirect":    {PlainRedirect("h"), "redirect from HTTPS to plain HTTP at 'h' refused"},
	"TooManyRedirects": {TooManyRedirects(10), "gave up after 10 redirects"},
	"IO":               {IO(Write, "/p", "why") + IO(Read, "/p", "") + IO(Create, "/p", "") + IO(Lock, "/p", ""), "cannot write /p: whycannot read /p: cannot create /p: cannot lock /p: "},
	"IsDirectory":      {IsDirectory(), "it is a directory"},
	"NotRegular":       {NotRegular(), "it is not a regular file"},
	"Panic":            {Panic("m", UnknownPlace()), "m (place unknown)"},
	"UnknownPlace":     {UnknownPlace(), "place unknown"},
}

func TestTexts(t *testing.T) {
	for name, text := range texts {
		if text[0] != text[1] {
			t.Errorf("%s:\n got %s\nwant %s", name, text[0], text[1])
		}
	}
}

// A text that nobody looked at is not a text yet.
func TestEveryTextIsTested(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "messages.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	functions := 0
	for _, declaration := range file.Decls {
		if function, ok := declaration.(*ast.FuncDecl); ok && function.Name.IsExported() {
			functions++
			if _, ok := texts[function.Name.Name]; !ok {
				t.Errorf("%s is not in texts", function.Name.Name)
			}
		}
	}
	if functions != len(texts) {
		t.Errorf("%d functions, %d texts", functions, len(texts))
	}
}

func TestNamesAreEscaped(t *testing.T) {
	if got, want := quoted("a\"b'c\\\n"), `'a"b\'c\\\n'`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := BadReference("x", `invalid tag "y"`), "invalid reference 'x': invalid tag 'y'; "; !strings.HasPrefix(got, want) {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Names stand in single quotes, in every text of the library.
func TestNothingIsQuotedInAnotherWay(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "messages.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	literals := 0
	ast.Inspect(file, func(node ast.Node) bool {
		literal, ok := node.(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			return true
		}
		literals++
		value, err := strconv.Unquote(literal.Value)
		if err != nil {
			t.Fatal(err)
		}
		if value != double && (strings.ContainsAny(value, "\"`") || strings.Contains(value, "%q")) {
			t.Errorf("not in single quotes: %s", literal.Value)
		}
		return true
	})
	if literals < len(texts) {
		t.Errorf("%d literals seen", literals)
	}
}
