// Panics, which Go reports on stderr, with exit code 2.
package main

func main() {
	panic("out of tea")
}
