// Command headergen writes include/stowage_wasm_go.h, the contract of the Go core for C callers, from the package
// export: the types of export/abi.h, and for each exported function its prototype below its doc comment.
//
//	go generate ./...                      write the header
//	go run ./internal/headergen --check    fail if the committed header differs
//
// cgo writes a header too, but without doc comments since Go 1.26 (golang/go#76697).
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// header is the path of the header in the module.
const header = "include/stowage_wasm_go.h"

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "headergen:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	check := len(args) == 1 && args[0] == "--check"
	if len(args) > 0 && !check {
		return fmt.Errorf("unknown arguments %q; the only argument is --check", args)
	}
	root, err := moduleRoot()
	if err != nil {
		return err
	}
	generated, err := generate(filepath.Join(root, "export"))
	if err != nil {
		return err
	}
	path := filepath.Join(root, filepath.FromSlash(header))
	if check {
		committed, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return compare(string(committed), generated)
	}
	return replace(path, generated)
}

// moduleRoot returns the first directory with a go.mod, from the working directory upwards: go generate runs in the
// directory of a package.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	for err == nil {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", fmt.Errorf("no go.mod in the working directory or above it; run headergen in go-core")
		}
		dir = filepath.Dir(dir)
	}
	return "", err
}

// compare returns an error that shows the first line in which the committed header differs.
func compare(committed, generated string) error {
	if committed == generated {
		return nil
	}
	old, new := strings.Split(committed, "\n"), strings.Split(generated, "\n")
	line := 0
	for line < min(len(old), len(new)) && old[line] == new[line] {
		line++
	}
	at := func(lines []string) string {
		if line < len(lines) {
			return lines[line]
		}
		return "(end of file)"
	}
	return fmt.Errorf("%s differs from export/ in line %d:\n  committed: %s\n  generated: %s\n"+
		"run 'go generate ./...' in go-core and commit the result", header, line+1, at(old), at(new))
}

// replace writes a file atomically, so that an interrupted run leaves the old header.
func replace(path, content string) error {
	part, err := os.CreateTemp(filepath.Dir(path), ".header-*")
	if err != nil {
		return err
	}
	defer os.Remove(part.Name()) // fails after the rename, as intended
	_, err = part.WriteString(content)
	if closed := part.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Chmod(part.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(part.Name(), path)
	}
	return err
}
