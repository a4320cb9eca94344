// Command figures measures a pull of this core beside the same pull written with oras-go alone.
//
//	go run ./internal/figures                     a registry in memory, modules of 1 KB, 1 MB and 100 MB
//	go run ./internal/figures -n 20 REFERENCE...  modules that are in a registry already, plain HTTP
//
// One line per module: its size, then the median of oras-go and of this core in milliseconds per pull, and
// the ratio of the two. Both pull into a new directory and take turns, in rounds, in one process; the registry
// in memory is another process. "kept" is oras-go with its default client, which keeps its connection from
// pull to pull; "fresh" opens one per pull, as this core and every one-shot program do.
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/google/go-containerregistry/pkg/registry"

	"github.com/stowage/stowage/go-core/oci"
	"github.com/stowage/stowage/go-core/options"
)

func main() {
	log.SetFlags(0)
	n := flag.Int("n", 0, "pulls of each kind; 0 chooses by size")
	serve := flag.Bool("serve", false, "be the registry in memory: print host:port, serve until stdin ends")
	flag.Parse()
	if *serve {
		serveInMemory()
		return
	}
	references := flag.Args()
	if len(references) == 0 {
		host, stop := startRegistry()
		defer stop()
		references = pushModules(host, 1<<10, 1<<20, 100<<20)
	}
	fmt.Printf("%12s %10s %10s %10s %8s %8s\n", "bytes", "kept ms", "fresh ms", "stowage ms", "/kept", "/fresh")
	for _, reference := range references {
		row(reference, *n)
	}
}

func row(reference string, n int) {
	pulls := []func(out string) error{
		func(out string) error { return pullWithORAS(reference, out, nil) },
		func(out string) error { return pullWithORAS(reference, out, freshClient()) },
		func(out string) error { return pullWithStowage(reference, out) },
	}
	var size int64
	for _, pull := range pulls { // warm
		_, size = timed(pull)
	}
	if n == 0 {
		n = int(min(2000, max(9, 500<<20/(size+500<<10))))
	}
	times := make([][]float64, len(pulls))
	for range n {
		for i, pull := range pulls {
			took, _ := timed(pull)
			times[i] = append(times[i], float64(took)/1e6)
		}
	}
	var medians []float64
	for _, of := range times {
		slices.Sort(of)
		medians = append(medians, of[len(of)/2])
	}
	fmt.Printf("%12d %10.3f %10.3f %10.3f %8.3f %8.3f\n", size, medians[0], medians[1], medians[2],
		medians[2]/medians[0], medians[2]/medians[1])
}

// timed pulls into a directory of its own, which it makes and removes beside the clock.
func timed(pull func(out string) error) (time.Duration, int64) {
	dir, err := os.MkdirTemp("", "figures-*")
	check(err)
	defer os.RemoveAll(dir)
	out := filepath.Join(dir, "module.wasm")
	start := time.Now()
	check(pull(out))
	took := time.Since(start)
	info, err := os.Stat(out)
	check(err)
	return took, info.Size()
}

func pullWithStowage(reference, out string) error {
	_, err := oci.Pull(context.Background(), reference, out, job())
	return err
}

func job() oci.Job {
	o := options.Default()
	o.DockerConfig = options.None
	return oci.Job{Options: o}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func serveInMemory() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	fmt.Println(listener.Addr())
	server := &http.Server{Handler: registry.New(registry.Logger(log.New(io.Discard, "", 0)))}
	stop := make(chan error)
	// The only goroutine of a program that is no part of the core.
	time.AfterFunc(0, func() { stop <- server.Serve(listener) })
	_, err = io.Copy(io.Discard, os.Stdin)
	check(err)
}

func startRegistry() (host string, stop func()) {
	command := exec.Command(os.Args[0], "-serve")
	in, err := command.StdinPipe()
	check(err)
	out, err := command.StdoutPipe()
	check(err)
	check(command.Start())
	line := make([]byte, 100)
	n, err := out.Read(line)
	check(err)
	return strings.TrimSpace(string(line[:n])), func() { in.Close(); command.Wait() }
}

// pushModules pushes modules of about these sizes, in bytes, and gives their references.
func pushModules(host string, sizes ...int) []string {
	dir, err := os.MkdirTemp("", "figures-*")
	check(err)
	defer os.RemoveAll(dir)
	var references []string
	for _, size := range sizes {
		file := filepath.Join(dir, "module.wasm")
		// The core looks at the first eight bytes only.
		content := append([]byte("\x00asm\x01\x00\x00\x00"), bytes.Repeat([]byte{7}, size-8)...)
		check(os.WriteFile(file, content, 0o600))
		reference := fmt.Sprintf("%s/figures:%d", host, size)
		_, err := oci.Push(context.Background(), file, reference, job())
		check(err)
		references = append(references, reference)
	}
	return references
}
