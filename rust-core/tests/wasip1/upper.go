// Copies stdin to stdout in upper case, and prints the number of bytes.
package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
)

func main() {
	in, err := io.ReadAll(os.Stdin)
	if err != nil {
		panic(err)
	}
	if _, err := os.Stdout.Write(bytes.ToUpper(in)); err != nil {
		panic(err)
	}
	fmt.Fprintln(os.Stderr, len(in))
}
