// Prints its environment.
package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Printf("%q\n", os.Environ())
}
