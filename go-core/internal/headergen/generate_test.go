package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const abi = `#ifdef __cplusplus
extern "C" {
#endif

typedef struct x_buffer {
  uint8_t *ptr;
} x_buffer;
typedef int32_t (*x_callback)(void *context);

#ifdef __cplusplus
}
#endif
`

// module writes a directory with an abi.h and one Go file.
func module(t *testing.T, source string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range map[string]string{"abi.h": abi, "x.go": "package main\n\nimport \"C\"\n\n" + source} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestGenerate(t *testing.T) {
	got, err := generate(module(t, `
// Reads bytes.
//
// Thread safe.
//
//export x_read
func x_read(in *C.swg_const_byte, in_len C.size_t, call C.x_callback, context unsafe.Pointer, out *C.x_buffer) C.int32_t {
	return 0
}

// ignored is not exported.
func ignored() {}

// Frees a buffer.
//
//export x_free
func x_free(one, other *C.x_buffer) {}

// Returns a number.
//
//export x_number
func x_number() C.uint64_t { return 0 }
`))
	if err != nil {
		t.Fatal(err)
	}
	before, after, _ := strings.Cut(abi, closing)
	want := firstLine + before + `/*
 * Reads bytes.
 *
 * Thread safe.
 */
int32_t x_read(const uint8_t *in, size_t in_len, x_callback call, void *context, x_buffer *out);

/*
 * Frees a buffer.
 */
void x_free(x_buffer *one, x_buffer *other);

/*
 * Returns a number.
 */
uint64_t x_number(void);

` + closing + after
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestGenerateRefuses(t *testing.T) {
	for name, c := range map[string]struct{ source, text string }{
		"no doc comment": {"//export x\nfunc x() {}", "x.go:6:1: x has no doc comment"},
		"empty doc":      {"//\n//export x\nfunc x() {}", "x has no doc comment"},
		"end of comment": {"// Ends */ early.\n//\n//export x\nfunc x() {}", "would end the C comment"},
		"Go type":        {"// Doc.\n//\n//export x\nfunc x(s string) {}", "x.go:8:1: x uses the type string, which is neither"},
		"unknown C type": {"// Doc.\n//\n//export x\nfunc x(s C.other) {}", "uses the type C.other"},
		"Go pointer":     {"// Doc.\n//\n//export x\nfunc x(s *byte) {}", "uses the type *byte"},
		"pointers":       {"// Doc.\n//\n//export x\nfunc x(s **C.x_buffer) {}", "uses the type **C.x_buffer"},
		"unknown result": {"// Doc.\n//\n//export x\nfunc x() int {return 0}", "uses the type int"},
		"two results":    {"// Doc.\n//\n//export x\nfunc x() (a, b C.int32_t) {return}", "has 2 results"},
		"no name":        {"// Doc.\n//\n//export x\nfunc x(C.int32_t) {}", "has a parameter without a name"},
		"nothing":        {"func x() {}", "has no function with a comment //export"},
		"syntax":         {"func", "x.go:5:5: expected"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := generate(module(t, c.source))
			if err == nil || !strings.Contains(err.Error(), c.text) {
				t.Errorf("got %v\n%s\nwant %s", err, got, c.text)
			}
		})
	}
}

func TestGenerateNeedsTheEndOfTheBlock(t *testing.T) {
	dir := module(t, "")
	if err := os.WriteFile(filepath.Join(dir, "abi.h"), []byte("#endif\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := generate(dir); err == nil || !strings.Contains(err.Error(), "abi.h does not contain") {
		t.Error(err)
	}
}

// Lines longer than those of clang-format continue below the first parameter.
func TestWrap(t *testing.T) {
	parameter := strings.Repeat("p", 40)
	got := wrap("void x(", []string{parameter, parameter, parameter})
	want := "void x(" + parameter + ", " + parameter + ",\n       " + parameter + ");"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	last := strings.Repeat("q", maxLine-len("void x(")-len(", ")-len(");")-len(parameter))
	if got := wrap("void x(", []string{parameter, last}); len(got) != maxLine || strings.Contains(got, "\n") {
		t.Errorf("%d: %s", len(got), got)
	}
}

func TestCompare(t *testing.T) {
	if err := compare("a\nb\n", "a\nb\n"); err != nil {
		t.Error(err)
	}
	for _, c := range []struct{ committed, generated, text string }{
		{"a\nb\n", "a\nc\n", "in line 2:\n  committed: b\n  generated: c\n"},
		{"a", "a\nc", "in line 2:\n  committed: (end of file)\n  generated: c\n"},
	} {
		err := compare(c.committed, c.generated)
		if err == nil || !strings.Contains(err.Error(), c.text) || !strings.Contains(err.Error(), "go generate ./...") {
			t.Error(err)
		}
	}
}

func TestReplace(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "x.h")
	for _, content := range []string{"old", "new"} {
		if err := replace(path, content); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); string(got) != content {
			t.Errorf("%q, %v", got, err)
		}
	}
	if entries, err := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("%v, %v", entries, err)
	}
}

func TestArguments(t *testing.T) {
	if err := run([]string{"--chek"}); err == nil || !strings.Contains(err.Error(), `unknown arguments ["--chek"]`) {
		t.Error(err)
	}
}

func TestHeaderIsCurrent(t *testing.T) {
	if err := run([]string{"--check"}); err != nil {
		t.Error(err)
	}
}

// cgo derives prototypes from the same functions. A C compiler refuses conflicting declarations.
func TestPrototypesAgreeWithCgo(t *testing.T) {
	if _, err := exec.LookPath("cc"); err != nil {
		t.Skip("no C compiler here: ", err)
	}
	dir := t.TempDir()
	root, err := moduleRoot()
	if err != nil {
		t.Fatal(err)
	}
	export := filepath.Join(root, "export")
	sources, err := filepath.Glob(filepath.Join(export, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	arguments := []string{"tool", "cgo", "-objdir", filepath.Join(dir, "objects"),
		"-exportheader", filepath.Join(dir, "cgo.h"), "--"}
	for _, source := range sources {
		if text, err := os.ReadFile(source); err == nil && strings.Contains(string(text), "\n//export ") {
			arguments = append(arguments, filepath.Base(source))
		}
	}
	cgo := exec.Command("go", arguments...)
	cgo.Dir = export
	if out, err := cgo.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	compile := func(declaration string) (string, error) {
		path := filepath.Join(dir, "both.c")
		both := "#include \"" + filepath.Join(root, header) + "\"\n" + declaration + "#include \"cgo.h\"\n"
		if err := os.WriteFile(path, []byte(both), 0o644); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command("cc", "-fsyntax-only", "-I", dir, "-I", export, path).CombinedOutput()
		return string(out), err
	}
	if out, err := compile(""); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	// A control: the compiler notices a wrong prototype.
	if out, err := compile("int32_t swg_token_open(int64_t *out);\n"); err == nil || !strings.Contains(out, "swg_token_open") {
		t.Errorf("%v\n%s", err, out)
	}
}
