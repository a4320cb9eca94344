// Command export is the C ABI of the Go core: a shared library built with -buildmode=c-shared.
//
// It contains no logic. Every exported function converts its input, calls one of the other packages of this
// module inside [answer], which recovers from panics, and converts the result. The doc comments of the exported
// functions become the contract in include/stowage_wasm_go.h.
package main

//go:generate go run ../internal/headergen

// version is set by the linker flag -X main.version=...
var version = "unversioned"

func main() {}
