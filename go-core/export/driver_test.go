//go:build linux

package main

import (
	"bytes"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-containerregistry/pkg/registry"

	"github.com/stowage/stowage/go-core/oci"
	"github.com/stowage/stowage/go-core/options"
)

const header = "../include/stowage_wasm_go.h"

// build builds the shared library like the packager: with a version script that exports the symbols of the header.
func build(t *testing.T) (library string, symbols []string) {
	t.Helper()
	text, err := os.ReadFile(header)
	if err != nil {
		t.Fatal(err)
	}
	for _, match := range regexp.MustCompile(`(?m)^(?:int32_t|void) (swg_\w+)\(`).FindAllSubmatch(text, -1) {
		symbols = append(symbols, string(match[1]))
	}
	dir := t.TempDir()
	script := filepath.Join(dir, "exports.map")
	rules := "{ global: " + strings.Join(symbols, "; ") + "; local: *; };\n"
	if err := os.WriteFile(script, []byte(rules), 0o644); err != nil {
		t.Fatal(err)
	}
	library = filepath.Join(dir, "libdriven.so")
	run(t, "go", "build", "-buildmode=c-shared", "-trimpath", "-buildvcs=false", "-o", library,
		"-ldflags", "-s -w -X main.version=1.2.3-driver -extldflags '-Wl,--version-script="+script+" -Wl,-z,nodelete'", ".")
	return library, symbols
}

func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// A C program tests the exports: threads, callbacks, cancellation, panics, buffers and symbols.
func TestDriver(t *testing.T) {
	library, symbols := build(t)

	t.Run("symbols", func(t *testing.T) {
		var found []string
		for line := range strings.Lines(run(t, "nm", "-D", "--defined-only", library)) {
			found = append(found, strings.Fields(line)[2])
		}
		slices.Sort(found)
		slices.Sort(symbols)
		if !slices.Equal(found, symbols) {
			t.Errorf("the library exports %v, the header %v", found, symbols)
		}
	})

	t.Run("C", func(t *testing.T) {
		dir := t.TempDir()
		driver := filepath.Join(dir, "driver")
		run(t, "cc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-I", filepath.Dir(header),
			"-o", driver, "../testdata/driver.c", "-ldl", "-lpthread")
		silent, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer silent.Close()
		module := filepath.Join(dir, "module.wasm")
		// A module with one custom section of 2^18 bytes (LEB128 80 80 10): name "" and zeros.
		content := append([]byte("\x00asm\x01\x00\x00\x00\x00\x80\x80\x10"), bytes.Repeat([]byte{0}, 1<<18)...)
		if err := os.WriteFile(module, content, 0o644); err != nil {
			t.Fatal(err)
		}
		command := exec.Command(driver, library, dir, module, silent.Addr().String(), gated(t, module))
		command.Stdin = strings.NewReader("input")
		output, err := command.CombinedOutput()
		out := string(output)
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if !strings.HasSuffix(out, "counters at zero\n") {
			t.Errorf("the driver stopped early:\n%s", out)
		}
		left, _ := filepath.Glob(filepath.Join(dir, ".stowage-*"))
		if len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	})
}

// gated returns a reference to the module in a registry that requires credentials. The environment names a
// credential helper that has them.
func gated(t *testing.T, module string) string {
	t.Helper()
	inner := registry.New(registry.Logger(log.New(io.Discard, "", 0)))
	open := true
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if user, password, _ := r.BasicAuth(); !open && (user != "u" || password != "p") {
			w.Header().Set("Www-Authenticate", "Basic")
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		inner.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	host := strings.TrimPrefix(server.URL, "http://")
	if _, err := oci.Push(t.Context(), module, host+"/m:v1", oci.Job{Options: options.Default()}); err != nil {
		t.Fatal(err)
	}
	open = false
	dir := t.TempDir()
	for name, content := range map[string]string{
		"docker-credential-driver": "#!/bin/sh\n[ \"$(cat)\" = " + host + " ] && echo '{\"Username\":\"u\",\"Secret\":\"p\"}'\n",
		"config.json":              `{"credsStore":"driver"}`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("DOCKER_CONFIG", dir)
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	return host + "/m:v1"
}
