// Sleeps for the time in its argument, and prints whether its clocks agree.
package main

import (
	"fmt"
	"os"
	"time"
)

func main() {
	wanted, err := time.ParseDuration(os.Args[1])
	if err != nil {
		panic(err)
	}
	started := time.Now()
	time.Sleep(wanted)
	fmt.Println(time.Since(started) >= wanted, started.Year() >= 2026)
}
