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

// texts maps the name of each function to an example of its text and the expected wording.
var texts = map[string][2]string{
	"NullOut":            {NullOut(), "an out-parameter is NULL"},
	"NullInput":          {NullInput(File, 3), "the module file is NULL with length 3; NULL is allowed only with length 0"},
	"InputTooLong":       {InputTooLong(File, 9, 8), "the module file has 9 bytes; the maximum is 8"},
	"NotUTF8":            {NotUTF8(Reference), "the reference is not valid UTF-8"},
	"Empty":              {Empty(OutFile), "the output file is empty"},
	"HasNUL":             {HasNUL(LayoutDir), "the layout directory contains a NUL byte"},
	"UnknownToken":       {UnknownToken(7), "7 was never a token of this library"},
	"TokenClosed":        {TokenClosed(7), "token 7 is closed"},
	"ProbeWhere":         {ProbeWhere(2), "where is 2; it must be 0 (this call) or 1 (a goroutine)"},
	"NoMemory":           {NoMemory(5), "no memory for a result of 5 bytes"},
	"BadReference":       {BadReference("x", EmptyAfter(':')), "invalid reference 'x': nothing follows ':'; write host[:port]/repository[:tag][@sha256:...] or oci:DIRECTORY:TAG"},
	"EmptyAfter":         {EmptyAfter('@'), `nothing follows '@'`},
	"BadLayoutReference": {BadLayoutReference(), "the tag or the directory is missing"},
	"BadTagReason":       {BadTagReason("-"), "'-' is not a tag"},
	"NotFound":           {NotFound("h/r", ManifestName()), "h/r: manifest not found"},
	"ManifestName":       {ManifestName(), "manifest"},
	"BlobName":           {BlobName("d"), "blob d"},
	"ModuleFileNotFound": {ModuleFileNotFound("a.wasm"), "a.wasm: file not found"},
	"NoLayout":           {NoLayout("d"), "d: not an OCI image layout directory (index.json not found)"},
	"NoTag":              {NoTag("d", "t", nil) + NoTag("d", "t", []string{"u", "v"}), "d: tag 't' not found; it has no tagsd: tag 't' not found; it has u, v"},
	"Mismatch":           {Mismatch("r", "w", "g"), "r: the content has digest g, but the reference or the manifest requires w"},
	"TooLong":            {TooLong("r", "d", 4), "r: blob d has more than the 4 bytes that the manifest states"},
	"ConnectionLost":     {ConnectionLost("r", "d", 3, 4), "r: the connection broke after 3 of 4 bytes of blob d; pull again"},
	"Truncated":          {Truncated("r", "d", 3, 4), "r: blob d ends after 3 of 4 bytes"},
	"NotManifest":        {NotManifest("r", "m"), "r: found media type 'm', need an OCI image manifest or index"},
	"BadManifest":        {BadManifest("r", NegativeSize(-1)), "r: the manifest is not well formed: a descriptor has size -1"},
	"BadIndex":           {BadIndex("d", "why"), "d: index.json is not well formed: why"},
	"NegativeSize":       {NegativeSize(-2), "a descriptor has size -2"},
	"TooLargeMetadata":   {TooLargeMetadata("r", 5), "r: the manifest or index has more than 5 bytes"},
	"WrongType":          {WrongType("a.b", "array"), "'a.b' must not be a JSON array"},
	"NotWasm": {NotWasm("r", "c", []string{"l", "m"}), "r: not a Wasm artifact: found config 'c' with layers [l, m], " +
		"need config 'application/vnd.wasm.config.v0+json' with one layer 'application/wasm', " +
		"or config 'application/vnd.wasm.config.v1+json' with one layer 'application/vnd.wasm.content.layer.v1+wasm'"},
	"UnsupportedAlgorithm": {UnsupportedAlgorithm("r", "md5:0"), "r: digest 'md5:0'; only sha256 is supported"},
	"NotModule":            {NotModule("f", []byte{1, 255}), "f: not a WebAssembly module: it starts with 01 ff, need 00 61 73 6d 01 00 00 00"},
	"Component":            {Component("f"), "f: this is a WebAssembly component; only core modules (version 1) can be pushed"},
	"StoppedByHost":        {StoppedByHost("r"), "r: stopped by the progress callback"},
	"IO":                   {IO(Write, "/p", "why") + IO(Read, "/p", "") + IO(Create, "/p", "") + IO(Lock, "/p", ""), "cannot write /p: whycannot read /p: cannot create /p: cannot lock /p: "},
	"IsDirectory":          {IsDirectory(), "it is a directory"},
	"NotRegular":           {NotRegular(), "it is not a regular file"},
	"Panic":                {Panic("m", UnknownPlace()), "m (place unknown)"},
	"UnknownPlace":         {UnknownPlace(), "place unknown"},
}

// networkTexts are the texts of network.go.
var networkTexts = map[string][2]string{
	"Network":              {Network("r", "Get \"https://u:pw@h/p?sig=x#f\": a\x1b[31m\nb"), "r: Get 'https://h/p': a [31m b"},
	"PeerSilent":           {PeerSilent(time.Millisecond), "the peer sent nothing for 1ms"},
	"ConnectTimeout":       {ConnectTimeout(time.Second, "why"), "no connection within 1s: why"},
	"PlainHTTPRefused":     {PlainHTTPRefused("h"), "plain HTTP to 'h' refused; it is allowed only to loopback addresses and to the hosts of option 'plain-http'"},
	"PlainRedirectRefused": {PlainRedirectRefused("h"), "redirect from HTTPS to plain HTTP at 'h' refused"},
	"SpeaksPlainHTTP":      {SpeaksPlainHTTP("h"), "'h' speaks plain HTTP, not HTTPS; to allow that, add it to option 'plain-http'"},
	"BadCertificate":       {BadCertificate("why"), "why; if the registry uses its own certificate authority, name the authority's PEM file in option 'ca-file'"},
	"TooManyRedirects":     {TooManyRedirects(10), "gave up after 10 redirects"},
	"ErrorStatus":          {ErrorStatus("r", "GET http://h?x", 500, "why"), "r: GET http://h failed with status 500: why"},
	"Tried":                {Tried("t", 1) + Tried(" t", 4), "t; tried once t; tried 4 times"},
	"RetryAfterTooLong": {RetryAfterTooLong("t", 61*time.Second, 30*time.Second, 1),
		"t; the registry requests a wait of 1m1s, but the limit is 30s; tried once"},
	"Canceled":                 {Canceled("r"), "r: canceled"},
	"TimedOut":                 {TimedOut("r", time.Second), "r: not finished within 1s (option 'timeout-ms')"},
	"BadEnvironmentProxy":      {BadEnvironmentProxy(), "the proxy of the environment (HTTP_PROXY, HTTPS_PROXY) is not a URL like http://host:port; correct it, or set option 'proxy'"},
	"ProxyWantsCredentials":    {ProxyWantsCredentials(), "the proxy requires credentials (407); add them to its URL: http://user:password@host:port"},
	"OptionFile":               {OptionFile("k", "/p", FileNotFound()), "option 'k': /p: file not found"},
	"FileNotFound":             {FileNotFound(), "file not found"},
	"NoCertificates":           {NoCertificates("/p"), "option 'ca-file': /p: it contains no PEM certificate"},
	"BadDockerConfig":          {BadDockerConfig("/p", "h"), "/p: not a Docker configuration with credentials for 'h'; log in again, or set option 'docker-config' to another file or to 'none'"},
	"Unauthorized":             {Unauthorized("r", RegistryWantsCredentials(), CredentialsNotSent()), "r: unauthorized (401): the registry requires credentials; no credentials were sent, because the registry did not request any"},
	"Forbidden":                {Forbidden("r", "why", CredentialsRefused(FromOptions())), "r: forbidden (403): why; the credentials from options 'username' and 'password' do not give access"},
	"RegistryWantsCredentials": {RegistryWantsCredentials(), "the registry requires credentials"},
	"CredentialsNotSent":       {CredentialsNotSent(), "no credentials were sent, because the registry did not request any"},
	"NoCredentials":            {NoCredentials("h", NoConfig()), "no credentials were sent: there are none for 'h' in any Docker configuration (none is in use); set options 'username' and 'password', or log in with a tool that writes a Docker configuration"},
	"CredentialsRefused":       {CredentialsRefused(FromConfig("/p")), "the credentials from /p do not give access"},
	"FromOptions":              {FromOptions(), "options 'username' and 'password'"},
	"FromConfig":               {FromConfig("/p"), "/p"},
	"FromHelper":               {FromHelper("n", "/p"), "'n', which /p names"},
	"NoConfig":                 {NoConfig(), "any Docker configuration (none is in use)"},
	"TwoRegistries":            {TwoRegistries("a", "b"), "options 'username' and 'password' would go to both 'a' and 'b'; log in to each and use the Docker configuration"},
	"HelperFailed": {HelperFailed("n", "/p", "h", HelperMissing()),
		"the credential helper 'n', which /p names, returned no credentials for 'h': it is not on the PATH; correct it, or set options 'username' and 'password', or 'docker-config' to 'none'"},
	"BadHelperName":    {BadHelperName(), "its name may contain only A-Z a-z 0-9 . _ -"},
	"HelperMissing":    {HelperMissing(), "it is not on the PATH"},
	"HelperTimeout":    {HelperTimeout(time.Second), "no answer for 1s"},
	"HelperNotJSON":    {HelperNotJSON(), "its answer is not the JSON of a credential helper"},
	"HelperExit":       {HelperExit("exit status 1", "") + HelperExit(" s", "x"), "exit status 1 s: x"},
	"TooLarge":         {TooLarge("r", "d", 5, 4), "r: blob d has 5 bytes; option 'max-bytes' allows 4"},
	"WrongRange":       {WrongRange("r", "d", 7, "x"), "r: requested blob d from byte 7 on, received the range 'x'"},
	"DigestConflict":   {DigestConflict("r", "d", "e"), "r: the reference contains digest d, but the manifest to store has digest e; use a tag instead"},
	"TooManyTags":      {TooManyTags(5), "the list of tags has more than 5 bytes"},
	"TooManyManifests": {TooManyManifests("r", 5), "r: the manifests have more than 5 bytes in total"},
	"NotRewindable":    {NotRewindable(), "a blob to upload cannot be read twice"},

	"RecordTooShort":   {RecordTooShort(), "ends early"},
	"RecordTooLong":    {RecordTooLong(3), "3 bytes too many"},
	"BadRecord":        {BadRecord("x", "why"), "x is not well formed: why"},
	"UnknownOption":    {UnknownOption("k", []string{"a", "b"}), "unknown option 'k'; the options are a, b"},
	"RepeatedOption":   {RepeatedOption("k"), "option 'k' is given twice"},
	"HalfCredentials":  {HalfCredentials(true) + " " + HalfCredentials(false), "option 'username' is given without 'password'; give both or none option 'password' is given without 'username'; give both or none"},
	"BadOption":        {BadOption("k", "v", NeedText()), "option 'k' is 'v'; need a text that is not empty"},
	"NeedText":         {NeedText(), "a text that is not empty"},
	"NeedPath":         {NeedPath(), "a path"},
	"NeedHosts":        {NeedHosts(), "host or host:port, separated by commas"},
	"NeedPlatform":     {NeedPlatform(), "os/architecture or os/architecture/variant"},
	"NeedNumber":       {NeedNumber(0, 10), "a number from 0 to 10"},
	"BadProxy":         {BadProxy([]string{"http", "https"}), "option 'proxy' is not a URL like http://host:port; need one of the schemes http, https, or 'none'"},
	"BadListReference": {BadListReference("r:t"), "invalid reference 'r:t': tags can be listed for host[:port]/repository or oci:DIRECTORY, without tag and digest"},
	"RepositoryName":   {RepositoryName(), "repository"},
	"NoPlatform":       {NoPlatform("r", "a/b", nil), "r: no manifest for platform 'a/b'; the index has nothing"},
	"NoWasmInIndex":    {NoWasmInIndex("r", []string{"a/b", "c/d"}), "r: no Wasm artifact in the index; it has a/b, c/d"},
	"ManyWasmInIndex":  {ManyWasmInIndex("r", []string{"a/b", "c/d"}), "r: several Wasm artifacts in the index: a/b, c/d; choose one with option 'platform', or by digest"},
	"ManyEntries":      {ManyEntries("r", 65, 64), "r: the index has 65 manifests, but at most 64 are searched for a module; choose one with option 'platform', or by digest"},
	"TooDeep":          {TooDeep("r", 4), "r: indexes are nested more than 4 deep"},
}

func init() { maps.Copy(texts, networkTexts) }

func TestTexts(t *testing.T) {
	for name, text := range texts {
		if text[0] != text[1] {
			t.Errorf("%s:\n got %s\nwant %s", name, text[0], text[1])
		}
	}
}

// Every text is reviewed once: when it is added to texts.
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
	if got, want := joinedNames(make([]string, 20)), strings.Repeat(", ", 19); got != want {
		t.Errorf("%q", got)
	}
	if got := shortened("abc", 3); got != "abc" {
		t.Errorf("%q", got)
	}
	if got, want := joinedNames(make([]string, 22)), strings.Repeat(", ", 19)+" and 2 more"; got != want {
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

// Every text quotes names with single quotes.
func TestOnlySingleQuotes(t *testing.T) {
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
		if value != doubleQuote && (strings.ContainsAny(value, "\"`") || strings.Contains(value, "%q")) {
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
