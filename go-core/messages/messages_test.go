package messages

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// texts is what a user reads, word for word, by the function that makes it.
var texts = map[string][2]string{
	"NullOut":            {NullOut(), "an out-parameter is NULL"},
	"NullInput":          {NullInput(File, 3), "the module file is NULL with length 3; NULL is fine only with length 0"},
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
	"NoManifest":         {NoManifest("r", "m"), "r: found media type 'm', need an OCI image manifest or index"},
	"BadManifest":        {BadManifest("r", NegativeSize(-1)), "r: the manifest is not well formed: a descriptor has size -1"},
	"BadIndex":           {BadIndex("d", "why"), "d: index.json is not well formed: why"},
	"NegativeSize":       {NegativeSize(-2), "a descriptor has size -2"},
	"TooLargeMetadata":   {TooLargeMetadata("r", 5), "r: the manifest or index has more than 5 bytes"},
	"WrongType":          {WrongType("a.b", "array"), "'a.b' holds a JSON array"},
	"NotWasm": {NotWasm("r", "c", []string{"l", "m"}), "r: not a Wasm artifact: found config 'c' with layers [l, m], " +
		"need config 'application/vnd.wasm.config.v0+json' with one layer 'application/wasm', " +
		"or config 'application/vnd.wasm.config.v1+json' with one layer 'application/vnd.wasm.content.layer.v1+wasm'"},
	"OtherAlgorithm": {OtherAlgorithm("r", "md5:0"), "r: digest 'md5:0'; only sha256 is supported"},
	"NoModule":       {NoModule("f", []byte{1, 255}), "f: not a WebAssembly module: it starts with 01 ff, need 00 61 73 6d 01 00 00 00"},
	"Component":      {Component("f"), "f: a WebAssembly component; only core modules (version 1) are packed"},
	"StoppedByHost":  {StoppedByHost("r"), "r: stopped by the progress callback"},
	"IO":             {IO(Write, "/p", "why") + IO(Read, "/p", "") + IO(Create, "/p", "") + IO(Lock, "/p", ""), "cannot write /p: whycannot read /p: cannot create /p: cannot lock /p: "},
	"IsDirectory":    {IsDirectory(), "it is a directory"},
	"NotRegular":     {NotRegular(), "it is not a regular file"},
	"Panic":          {Panic("m", UnknownPlace()), "m (place unknown)"},
	"UnknownPlace":   {UnknownPlace(), "place unknown"},
}

// late are those of network.go.
var late = map[string][2]string{
	"Network":          {Network("r", "Get \"https://u:pw@h/p?sig=x#f\": a\x1b[31m\nb"), "r: Get 'https://h/p': a [31m b"},
	"Silent":           {Silent(time.Millisecond), "the peer sent nothing for 1ms"},
	"NoAnswer":         {NoAnswer(time.Second, "why"), "no connection within 1s: why"},
	"PlainHTTP":        {PlainHTTP("h"), "plain HTTP to 'h' refused; it is allowed to loopback addresses and to the hosts of option 'plain-http' only"},
	"PlainRedirect":    {PlainRedirect("h"), "redirect from HTTPS to plain HTTP at 'h' refused"},
	"SpeaksPlain":      {SpeaksPlain("h"), "'h' speaks plain HTTP, not HTTPS; if it may, name it in option 'plain-http'"},
	"BadCertificate":   {BadCertificate("why"), "why; if the registry has a certificate authority of its own, name its PEM file in option 'ca-file'"},
	"TooManyRedirects": {TooManyRedirects(10), "gave up after 10 redirects"},
	"Refused":          {Refused("r", "GET http://h?x", 500, "why"), "r: GET http://h was answered with 500: why"},
	"Tried":            {Tried("t", 1) + Tried(" t", 4), "t; tried once t; tried 4 times"},
	"AskedToWait": {AskedToWait("t", 61*time.Second, 30*time.Second, 1),
		"t; the registry asks to come back in 1m1s, longer than the 30s we wait; tried once"},
	"Canceled":              {Canceled("r"), "r: canceled"},
	"TimedOut":              {TimedOut("r", time.Second), "r: not done within 1s, which option 'timeout-ms' sets"},
	"BadEnvironmentProxy":   {BadEnvironmentProxy(), "the proxy of the environment (HTTP_PROXY, HTTPS_PROXY) is not a URL like http://host:port; correct it, or set option 'proxy'"},
	"ProxyWantsCredentials": {ProxyWantsCredentials(), "the proxy wants credentials (407); write them into its URL: http://user:password@host:port"},
	"OptionFile":            {OptionFile("k", "/p", Missing()), "option 'k': /p: file not found"},
	"Missing":               {Missing(), "file not found"},
	"NoCertificates":        {NoCertificates("/p"), "option 'ca-file': /p: no PEM certificate in it"},
	"BadDockerConfig":       {BadDockerConfig("/p", "h"), "/p: not a Docker configuration with credentials for 'h'; log in again, or set option 'docker-config' to another file or to 'none'"},
	"Unauthorized":          {Unauthorized("r", NothingSaid(), NotAsked()), "r: unauthorized (401): the registry wants credentials; no credentials were sent, as the registry did not ask for any"},
	"Forbidden":             {Forbidden("r", "why", CredentialsRefused(FromOptions())), "r: forbidden (403): why; the credentials from options 'username' and 'password' do not open it"},
	"NothingSaid":           {NothingSaid(), "the registry wants credentials"},
	"NotAsked":              {NotAsked(), "no credentials were sent, as the registry did not ask for any"},
	"NoCredentials":         {NoCredentials("h", NoConfig()), "no credentials were sent: there are none for 'h' in any Docker configuration (none is in use); set options 'username' and 'password', or log in with a tool that writes a Docker configuration"},
	"CredentialsRefused":    {CredentialsRefused(FromConfig("/p")), "the credentials from /p do not open it"},
	"FromOptions":           {FromOptions(), "options 'username' and 'password'"},
	"FromConfig":            {FromConfig("/p"), "/p"},
	"FromHelper":            {FromHelper("n", "/p"), "'n', which /p names"},
	"NoConfig":              {NoConfig(), "any Docker configuration (none is in use)"},
	"TwoRegistries":         {TwoRegistries("a", "b"), "options 'username' and 'password' would go to both 'a' and 'b'; log in to each and use the Docker configuration"},
	"HelperFailed": {HelperFailed("n", "/p", "h", HelperMissing()),
		"the credential helper 'n', which /p names, gave nothing for 'h': it is not on the PATH; correct it, or set options 'username' and 'password', or 'docker-config' to 'none'"},
	"BadHelperName":    {BadHelperName(), "its name may hold A-Z a-z 0-9 . _ - only"},
	"HelperMissing":    {HelperMissing(), "it is not on the PATH"},
	"HelperSilent":     {HelperSilent(time.Second), "no answer for 1s"},
	"HelperBabbles":    {HelperBabbles(), "its answer is not the JSON of a credential helper"},
	"HelperSaid":       {HelperSaid("exit status 1", "") + HelperSaid(" s", "x"), "exit status 1 s: x"},
	"TooLarge":         {TooLarge("r", "d", 5, 4), "r: blob d has 5 bytes; option 'max-bytes' allows 4"},
	"OtherRange":       {OtherRange("r", "d", 7, "x"), "r: asked for blob d from byte 7 on, got the range 'x'"},
	"OtherTarget":      {OtherTarget("r", "d", "e"), "r: names the digest d, but the manifest to store has e; name a tag instead"},
	"TooManyTags":      {TooManyTags(5), "more than 5 bytes of tags"},
	"TooManyManifests": {TooManyManifests("r", 5), "r: more than 5 bytes of manifests"},
	"NotRewindable":    {NotRewindable(), "a blob to upload cannot be read twice"},

	"RecordTooShort":  {RecordTooShort(), "ends early"},
	"RecordTooLong":   {RecordTooLong(3), "3 bytes too many"},
	"BadRecord":       {BadRecord("x", "why"), "x is not well formed: why"},
	"UnknownOption":   {UnknownOption("k", []string{"a", "b"}), "unknown option 'k'; there are a, b"},
	"RepeatedOption":  {RepeatedOption("k"), "option 'k' is given twice"},
	"HalfCredentials": {HalfCredentials(true) + " " + HalfCredentials(false), "option 'username' is given without 'password'; give both or none option 'password' is given without 'username'; give both or none"},
	"BadOption":       {BadOption("k", "v", NeedText()), "option 'k' is 'v'; need a text that is not empty"},
	"NeedText":        {NeedText(), "a text that is not empty"},
	"NeedPath":        {NeedPath(), "a path"},
	"NeedHosts":       {NeedHosts(), "host or host:port, separated by commas"},
	"NeedPlatform":    {NeedPlatform(), "os/architecture or os/architecture/variant"},
	"NeedNumber":      {NeedNumber(0, 10), "a number from 0 to 10"},
	"BadProxy":        {BadProxy([]string{"http", "https"}), "option 'proxy' is not a URL like http://host:port; need one of the schemes http, https, or 'none'"},
	"NoListReference": {NoListReference("r:t"), "invalid reference 'r:t': tags are listed of host[:port]/repository or oci:DIRECTORY, without tag and digest"},
	"RepositoryName":  {RepositoryName(), "repository"},
	"NoPlatform":      {NoPlatform("r", "a/b", nil), "r: no manifest for platform 'a/b'; the index has nothing"},
	"NoWasmInIndex":   {NoWasmInIndex("r", []string{"a/b", "c/d"}), "r: an index without a Wasm artifact; it has a/b, c/d"},
	"ManyWasmInIndex": {ManyWasmInIndex("r", []string{"a/b", "c/d"}), "r: an index with several Wasm artifacts, a/b, c/d; choose one with option 'platform', or by digest"},
	"ManyEntries":     {ManyEntries("r", 65, 64), "r: an index of 65 manifests, more than the 64 that are searched for a module; choose one with option 'platform', or by digest"},
	"TooDeep":         {TooDeep("r", 4), "r: indexes of indexes, more than 4 deep"},
}

func init() { maps.Copy(texts, late) }

func TestTexts(t *testing.T) {
	for name, text := range texts {
		if text[0] != text[1] {
			t.Errorf("%s:\n got %s\nwant %s", name, text[0], text[1])
		}
	}
}

// A text that nobody looked at is not a text yet.
func TestEveryTextIsTested(t *testing.T) {
	functions := 0
	for _, declaration := range declarations(t) {
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

func TestNamesAreBounded(t *testing.T) {
	long := strings.Repeat("ü", 10_000)
	many := make([]string, 1000)
	for i := range many {
		many[i] = long
	}
	for name, text := range map[string]string{
		"quoted": BadReference(long, long), "list": NoPlatform("r", long, many), "layers": NotWasm("r", long, many),
		"foreign": Network("r", long), "tags": NoTag("d", long, many), "short": NoTag("d", "t", make([]string, 21)),
	} {
		if len(text) > 5000 || !utf8.ValidString(text) {
			t.Errorf("%s: %d bytes", name, len(text))
		}
	}
	if got, want := joined(make([]string, 22)), strings.Repeat(", ", 19)+" and 2 more"; got != want {
		t.Error(got)
	}
}

func declarations(t *testing.T) []ast.Decl {
	t.Helper()
	var all []ast.Decl
	for _, name := range []string{"messages.go", "network.go"} {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, file.Decls...)
	}
	return all
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
	literals := 0
	look := func(node ast.Node) bool {
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
	}
	for _, declaration := range declarations(t) {
		ast.Inspect(declaration, look)
	}
	if literals < len(texts) {
		t.Errorf("%d literals seen", literals)
	}
}
