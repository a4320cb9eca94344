// Command bench pulls with the oras library and nothing else: what the pulls through Java are compared
// with. Each line "pull REFERENCE COUNT" on its input is answered by a line "NANOS n", the time of all of
// them together. Every pull is a new one, as in the core: its own repository, its own file.
package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"time"

	"oras.land/oras-go/v2"
	"oras.land/oras-go/v2/content/file"
	"oras.land/oras-go/v2/registry/remote"
	"oras.land/oras-go/v2/registry/remote/auth"
	"oras.land/oras-go/v2/registry/remote/retry"
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
		err = pull(reference, directory)
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

// pull is the library's own example of pulling files.
func pull(reference, directory string) error {
	store, err := file.New(directory)
	if err != nil {
		return err
	}
	defer store.Close()
	repository, err := remote.NewRepository(reference)
	if err != nil {
		return err
	}
	repository.PlainHTTP = true
	repository.Client = &auth.Client{Client: retry.DefaultClient, Cache: auth.NewCache()}
	tag := repository.Reference.Reference
	_, err = oras.Copy(context.Background(), repository, tag, store, tag, oras.DefaultCopyOptions)
	return err
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
