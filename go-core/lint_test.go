// Package gocore_test checks rules that hold for all sources of this module.
package gocore_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// parseAll visits every Go file of this module that is not a test.
func parseAll(t *testing.T, visit func(path string, files *token.FileSet, file *ast.File)) {
	t.Helper()
	seen := 0
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		seen++
		visit(path, files, file)
		return nil
	})
	if err != nil || seen < 10 {
		t.Fatalf("read %d files: %v", seen, err)
	}
}

// A panic in a goroutine that does not recover ends the JVM, so only guard.Go starts goroutines.
func TestGoroutinesStartInGuardOnly(t *testing.T) {
	guarded := 0
	parseAll(t, func(path string, files *token.FileSet, file *ast.File) {
		ast.Inspect(file, func(node ast.Node) bool {
			statement, ok := node.(*ast.GoStmt)
			if ok && filepath.ToSlash(path) == "guard/guard.go" {
				guarded++
			} else if ok {
				t.Errorf("%s: bare go statement; use guard.Go", files.Position(statement.Pos()))
			}
			return true
		})
	})
	if guarded != 1 {
		t.Errorf("guard.go has %d go statements, want 1", guarded)
	}
}

// Every export is one call of a helper that recovers.
func TestExportsRecover(t *testing.T) {
	exports := 0
	parseAll(t, func(path string, files *token.FileSet, file *ast.File) {
		for _, declaration := range file.Decls {
			function, ok := declaration.(*ast.FuncDecl)
			if !ok || function.Doc == nil || !isExport(function) {
				continue
			}
			exports++
			if len(function.Body.List) != 1 || !callsAnswer(function.Body.List[0]) {
				t.Errorf("%s: %s is not one call of answer...", files.Position(function.Pos()), function.Name)
			}
		}
	})
	if exports != 13 {
		t.Errorf("%d exports, want 13", exports)
	}
}

func isExport(function *ast.FuncDecl) bool {
	for _, comment := range function.Doc.List {
		if strings.HasPrefix(comment.Text, "//export ") {
			return true
		}
	}
	return false
}

func callsAnswer(statement ast.Stmt) bool {
	var expression ast.Expr
	switch s := statement.(type) {
	case *ast.ReturnStmt:
		expression = s.Results[0]
	case *ast.ExprStmt: // swg_buffer_free returns nothing
		expression = s.X
	}
	call, ok := expression.(*ast.CallExpr)
	if !ok {
		return false
	}
	name, ok := call.Fun.(*ast.Ident)
	return ok && strings.HasPrefix(name.Name, "answer")
}

// os/signal would replace signal handlers of the JVM. The profiler would use SIGPROF and a timer, and both pprof
// packages import it.
func TestDependenciesLeaveTheProcessAlone(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "./export").Output()
	if err != nil {
		t.Fatal(err)
	}
	dependencies := strings.Fields(string(out))
	if len(dependencies) < 50 {
		t.Fatalf("only %d dependencies", len(dependencies))
	}
	forbidden := map[string]bool{
		"os/signal": true, "runtime/pprof": true, "net/http/pprof": true, "runtime/trace": true,
		"plugin": true, "testing": true,
	}
	for _, dependency := range dependencies {
		if forbidden[dependency] {
			t.Errorf("the core depends on %s", dependency)
		}
	}
	t.Logf("%d packages", len(dependencies))
}
