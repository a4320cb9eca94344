// Command bench pulls with the oras library only. It is the baseline for pulls through Java. For each input line
// "pull REFERENCE COUNT" it prints a line "NANOS n", the total time of these pulls. As in the core, every pull has
// its own repository object and its own file. The library keeps connections by default.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
	"oras.land/oras-go/v2"
	"oras.land/oras-go/v2/content"
	"oras.land/oras-go/v2/registry/remote"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var figure, reference string
		var count int
		if _, err := fmt.Sscan(lines.Text(), &figure, &reference, &count); err != nil {
			fail(fmt.Errorf("%q: %w", lines.Text(), err))
		}
		nanos, err := pulls(reference, count)
		if err != nil {
			fail(err)
		}
		fmt.Println("NANOS", nanos)
	}
}

func pulls(reference string, count int) (int64, error) {
	var sum time.Duration
	for range count {
		directory, err := os.MkdirTemp("", "stowage-bench-")
		if err != nil {
			return 0, err
		}
		start := time.Now()
		err = pull(reference, filepath.Join(directory, "module.wasm"))
		sum += time.Since(start)
		if err != nil {
			return 0, err
		}
		if err := os.RemoveAll(directory); err != nil {
			return 0, err
		}
	}
	return sum.Nanoseconds(), nil
}

// pull fetches the manifest and copies its layer into a file, verifying the digest.
func pull(reference, out string) (err error) {
	repository, err := remote.NewRepository(reference)
	if err != nil {
		return err
	}
	repository.PlainHTTP = true
	ctx := context.Background()
	_, body, err := oras.FetchBytes(ctx, repository, reference, oras.DefaultFetchBytesOptions)
	if err != nil {
		return err
	}
	var manifest ocispec.Manifest
	if err := json.Unmarshal(body, &manifest); err != nil {
		return err
	}
	blob, err := repository.Fetch(ctx, manifest.Layers[0])
	if err != nil {
		return err
	}
	defer blob.Close()
	file, err := os.Create(out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	verified := content.NewVerifyReader(blob, manifest.Layers[0])
	if _, err := io.Copy(file, verified); err != nil {
		return err
	}
	return verified.Verify()
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
