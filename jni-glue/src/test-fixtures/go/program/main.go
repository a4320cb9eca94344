// A WASI program for the tests: prints its arguments and environment, copies its input, and exits with a given
// code.
package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
)

func main() {
	fmt.Println("args", os.Args)
	fmt.Println("GREETING", os.Getenv("GREETING"))
	if _, err := io.Copy(os.Stdout, os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	if _, err := os.ReadDir("/"); err == nil {
		fmt.Println("there are files")
	}
	fmt.Fprintln(os.Stderr, "to the error stream")
	if len(os.Args) > 1 {
		code, _ := strconv.Atoi(os.Args[1])
		os.Exit(code)
	}
}
