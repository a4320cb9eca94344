// The Rust core of stowage-wasm: validate, describe and run WebAssembly modules. @since 0.1.0
//
// Written by cbindgen from the doc comments in src/; ci/header rewrites it, ci/header --check compares.
//
// General rules, true for every function unless its own text says otherwise:
//
// Status   Every function returns an int32_t: SWR_OK (0) or one of the SWR_ codes below. Results come
//          back through out-parameters. When the status is not SWR_OK, result parameters are set to
//          0 or to the empty buffer {NULL, 0, 0}.
// Errors   The last parameter, `error`, may be NULL. On failure it receives an owned UTF-8 message
//          (no terminating NUL); on SWR_OK it is set to {NULL, 0, 0}. There is no process-wide last
//          error. What a buffer held before the call is overwritten, not freed.
// Input    `pointer, length` pairs are borrowed for the duration of the call: the core copies what it
//          keeps. The pointer may be NULL only if the length is 0. Strings are UTF-8 with a length in
//          bytes; anything else is SWR_INVALID_ARGUMENT. Lengths are in bytes, or in elements for
//          int64_t arrays.
// Output   A swr_buffer is owned by the caller and is freed with swr_buffer_free, and with nothing
//          else: not with free(), not with another core's function.
// Handles  A handle is an opaque number with a generation; 0 is never valid. Use after close is
//          SWR_CLOSED, a number that was never handed out is SWR_INVALID_ARGUMENT.
// Threads  Every function may be called from any thread at any time. One instance runs one call at a
//          time: a second thread waits. The core starts no thread, attaches to none, installs no
//          signal handler, reads no environment variable and writes nothing to stdout or stderr.
// Panics   A panic of the core is caught at the export and becomes SWR_PANIC with the text
//          "message (file:line)"; the process lives on. What cannot be caught ends the process, as
//          in every Rust program: a second panic while the first one unwinds, and memory exhaustion.
// Stack    Input is parsed and run without recursion on the native stack; 228 KiB of stack are enough.


#ifndef STOWAGE_WASM_RUST_H
#define STOWAGE_WASM_RUST_H

#include <stddef.h>
#include <stdint.h>

// The call succeeded.
#define SWR_OK 0

// The core panicked; the text is "message (file:line)". A defect of the core: please report it.
#define SWR_PANIC 1

// NULL where it is not allowed, text that is not UTF-8, or a handle that was never handed out.
#define SWR_INVALID_ARGUMENT 2

// The handle was closed before, or while this call waited for its turn.
#define SWR_CLOSED 3

// The bytes are not a valid WebAssembly module, or use a proposal that this core does not run.
#define SWR_INVALID_MODULE 4

// The module imports something other than `host.call`.
#define SWR_MISSING_IMPORT 5

// The instance exports no function of that name.
#define SWR_UNKNOWN_EXPORT 6

// The number of arguments differs, or the function's type is not made of i64 only.
#define SWR_WRONG_ARGUMENTS 7

// The WebAssembly code trapped: unreachable, division by zero, out of bounds, call stack exhausted.
#define SWR_TRAP 8

// The fuel of this call was used up. The instance stays usable; the next call gets fresh fuel.
#define SWR_OUT_OF_FUEL 9

// The host callback returned non-zero, or the module called `host.call` and the call brought none.
#define SWR_HOST 10

// The call would wait for itself: the instance is running a call of this very thread (a callback
// called back into it), or of a thread that waits for this one.
#define SWR_BUSY 11

// The module, its memories or its tables exceed a limit of this core; the text names the limit.
#define SWR_TOO_LARGE 12

// Bytes owned by the caller, made by this core. Free with `swr_buffer_free`. `ptr` is NULL, and
// `len` and `cap` are 0, when there is nothing to free. Read `ptr` and `len`; leave `cap` alone.
typedef struct swr_buffer {
  // First byte, or NULL.
  uint8_t *ptr;
  // Bytes in use.
  size_t len;
  // Bytes allocated; swr_buffer_free needs it unchanged.
  size_t cap;
} swr_buffer;

// The function a module imports as `host.call`: gets `ctx`, the module's argument and where to put
// the result. Non-zero stops the call with SWR_HOST. It runs on the thread of the call that it
// serves, may call any function of this core, must not unwind, and must not keep `result`.
typedef int32_t (*swr_host_fn)(void *ctx, int64_t argument, int64_t *result);

// A host function with the context it is called with. Borrowed for the call it is given to.
typedef struct swr_host {
  // NULL: no host function.
  swr_host_fn call;
  // Passed on unchanged; never looked at.
  void *ctx;
} swr_host;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// The version of this core, as UTF-8, in `out`: the version of the POM it was built from, or "dev".
int32_t swr_version(struct swr_buffer *out, struct swr_buffer *error);

// Number of open instances in `*out`. For leak checks: 0 when everything is closed.
int32_t swr_live_handles(int64_t *out);

// Bytes held for the caller in `*out`: buffers not yet freed (their `cap`), and per instance its
// module's length, memories and tables. For leak checks: 0 when everything is freed and closed.
int32_t swr_native_bytes(int64_t *out);

// Frees the bytes of `buffer` and sets it to {NULL, 0, 0}, so a second call does nothing. NULL is
// allowed. Only for buffers that this core filled, unchanged; any thread may free.
void swr_buffer_free(struct swr_buffer *buffer);

// SWR_OK if the bytes are a valid WebAssembly 3.0 core module (binary format). Function bodies are
// checked too. A valid module may still be refused by swr_instance_open, which runs fewer proposals
// (no garbage collection, exceptions, threads).
//
// Fails with SWR_INVALID_MODULE (the text has reason and offset), SWR_TOO_LARGE (above 1 GiB).
int32_t swr_validate(const uint8_t *wasm, size_t wasm_len, struct swr_buffer *error);

// Imports and exports of a valid module in `out`, owned by the caller. The module is read in place.
//
// Format 1, little endian, without padding: u32 format (1); u32 number of imports, each {str module,
// str name, u8 kind, str type}; u32 number of exports, each {str name, u8 kind, str type}. str is a
// u32 length in bytes and UTF-8. Both lists are in the module's order. kind: 0 func, 1 table,
// 2 memory, 3 global, 4 tag. type, in WebAssembly's text form: func and tag "(i64, i64) -> (i64)";
// table "funcref 1..10" (without a maximum "funcref 1.."); memory "1..16 pages" / "1.. pages",
// followed by " shared" or " of 2^n bytes"; both start with "i64 " when indexed by i64; global
// "i32" / "mut i32", after "shared " when shared.
//
// Fails like swr_validate.
int32_t swr_describe(const uint8_t *wasm,
                     size_t wasm_len,
                     struct swr_buffer *out,
                     struct swr_buffer *error);

// The SHA-256 digest of the bytes in `out`, which has room for 32 bytes. No size limit.
int32_t swr_sha256(const uint8_t *data, size_t len, uint8_t *out, struct swr_buffer *error);

// Compiles and instantiates a module and runs its start function. `*out_handle` is to be closed with
// swr_instance_close. `fuel` is the budget of each later call and of the start function, in wasmi's
// units (about one per instruction; memory operations cost by size); 0 lets nothing run. `host`
// serves the start function only and may be NULL, as may its `call`. The module may import
// `host.call`, (i64) -> (i64), and nothing else. Compiling is not bounded by fuel but by the length
// of the module.
//
// Limits: 1 GiB of module, 4096 pages (256 MiB) of memories and tables together, where a table
// element counts 8 bytes, 10000 nested calls.
//
// Fails with SWR_INVALID_MODULE, SWR_MISSING_IMPORT, SWR_TOO_LARGE; SWR_TRAP, SWR_OUT_OF_FUEL,
// SWR_HOST from the start function and from segments that do not fit.
int32_t swr_instance_open(const uint8_t *wasm,
                          size_t wasm_len,
                          uint64_t fuel,
                          const struct swr_host *host,
                          uint64_t *out_handle,
                          struct swr_buffer *error);

// Calls the exported function `name` with `args`; `*result` is its result, 0 if it has none. Callable
// are functions with any number of i64 parameters and at most one i64 result. `host` serves this call
// only and may be NULL, as may its `call`: a module that then calls `host.call` gets SWR_HOST.
//
// One call at a time per instance: another thread waits. A call that would wait for itself is
// SWR_BUSY. After a failure the instance stays usable (its memory is as the failed call left it),
// except after SWR_PANIC: close it.
//
// Fails with SWR_CLOSED, SWR_BUSY, SWR_UNKNOWN_EXPORT (the text lists the exports),
// SWR_WRONG_ARGUMENTS, SWR_TRAP, SWR_OUT_OF_FUEL, SWR_HOST.
int32_t swr_instance_call(uint64_t handle,
                          const uint8_t *name,
                          size_t name_len,
                          const int64_t *args,
                          size_t args_len,
                          const struct swr_host *host,
                          int64_t *result,
                          struct swr_buffer *error);

// Closes an instance. Never waits and may be called from a callback of the instance: a call that runs
// on any thread finishes and its memory is released when it returns; calls after this one, and those
// still waiting, get SWR_CLOSED. Closing twice is SWR_OK.
int32_t swr_instance_close(uint64_t handle,
                           struct swr_buffer *error);

// Panics inside the core with `msg`, for tests of the boundary: always SWR_PANIC, with the text
// "msg (file:line)"; SWR_INVALID_ARGUMENT if `msg` is not UTF-8.
int32_t swr_probe_panic(const uint8_t *msg, size_t msg_len, struct swr_buffer *error);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* STOWAGE_WASM_RUST_H */
