// Prints its arguments, and a word to stderr.
package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Printf("hello %q\n", os.Args)
	fmt.Fprintln(os.Stderr, "aside")
}
