// Command export is the C ABI of the Go core: a shared library made with -buildmode=c-shared.
//
// It holds no logic. Every exported function converts its input, calls one of the ordinary packages
// of this module inside [answer], which recovers, and converts the result. The doc comments of the
// exported functions become the contract in include/stowage_wasm_go.h (ci/header).
package main

// version is set by the build: -ldflags "-X main.version=...".
var version = "unversioned"

func main() {}
