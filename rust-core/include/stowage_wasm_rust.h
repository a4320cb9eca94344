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
//          error. The previous content of the buffer is overwritten, not freed.
// Input    `pointer, length` pairs are borrowed for the duration of the call: the core copies what it
//          keeps. The pointer may be NULL only if the length is 0. Strings are UTF-8 with a length in
//          bytes; other bytes are SWR_INVALID_ARGUMENT. Lengths are in bytes, or in elements for
//          uint64_t arrays, which need not be aligned.
// Slots    A WebAssembly number is passed as 64 bits: i32 and f32 have their bits in the low 32 (the
//          high ones are ignored on input and 0 on output), i64 and f64 use all. The bits of
//          NaNs are never changed.
// Records  Structured data is little endian without padding: str is a u32 length in bytes and UTF-8,
//          a list is a u32 count and its entries. A record must end where its pointer, length pair does.
// Output   The caller owns a swr_buffer and frees it with swr_buffer_free: not with free(), and not
//          with the function of another core.
// Handles  A handle is an opaque number with a generation; 0 is never valid. Use after close is
//          SWR_CLOSED, a number that was never a handle is SWR_INVALID_ARGUMENT.
// Threads  Every function may be called from any thread at any time. One instance runs one call at a
//          time: a second thread waits. The core starts no thread, attaches to none, installs no
//          signal handler, reads no environment variable and writes nothing to stdout or stderr.
// Memory   The functions swr_memory_* and swr_global_* take the name of an exported memory or global, or
//          "module.name" of an imported one; the name of an export has precedence. A host function may use
//          them on the instance that called it, on the thread of the call; calling functions of that
//          instance is SWR_BUSY.
// Panics   A panic of the core is caught at the export and becomes SWR_PANIC with the text
//          "message (file:line)", and the process continues. As in every Rust program, two kinds
//          cannot be caught and end the process: a second panic while the first one unwinds, and
//          memory exhaustion.
// Stack    Input is parsed and run without recursion on the native stack; 228 KiB of stack are enough.


#ifndef STOWAGE_WASM_RUST_H
#define STOWAGE_WASM_RUST_H

#include <stddef.h>
#include <stdint.h>

// Default of `fuel` in swr_limits.
#define SWR_DEFAULT_FUEL 1000000000

// Default of `memory_pages` in swr_limits: 256 MiB.
#define SWR_DEFAULT_MEMORY_PAGES 4096

// Default of `table_elements` in swr_limits: the WebAssembly JavaScript API's limit.
#define SWR_DEFAULT_TABLE_ELEMENTS 10000000

// Default of `call_depth` in swr_limits.
#define SWR_DEFAULT_CALL_DEPTH 10000

// The call succeeded.
#define SWR_OK 0

// The core panicked; the text is "message (file:line)". This is a bug of the core; please report it.
#define SWR_PANIC 1

// NULL where it is not allowed, text that is not UTF-8, or a number that was never a handle.
#define SWR_INVALID_ARGUMENT 2

// The handle was closed before the call, or while the call waited for its turn.
#define SWR_CLOSED 3

// The bytes are not a valid WebAssembly module, or use a proposal that this core does not support.
#define SWR_INVALID_MODULE 4

// The caller did not provide an import of the module, or provided it with another type. The text names the
// import, both types, and the imports that were provided.
#define SWR_MISSING_IMPORT 5

// The instance exports no function, memory or global of that name.
#define SWR_UNKNOWN_EXPORT 6

// The number of arguments or results differs from the function's type, the type has other types than
// numbers, or a global is constant.
#define SWR_WRONG_ARGUMENTS 7

// The WebAssembly code trapped: unreachable, division by zero, out of bounds, bad indirect call.
#define SWR_TRAP 8

// The fuel of this call was used up. The instance stays usable; the next call gets fresh fuel.
#define SWR_OUT_OF_FUEL 9

// A function of the caller (host function, output, view) returned a value other than 0, or the caller passed
// no such function.
#define SWR_HOST 10

// The call would wait for itself: the instance is running a call of the same thread (a callback called back
// into it), or of a thread that waits for this one.
#define SWR_BUSY 11

// The module, its memories or its tables exceed a limit; the text names the limit.
#define SWR_TOO_LARGE 12

// The token of this call was cancelled before it began, while it waited for its turn, or while it ran. The
// instance stays usable; its memory is as the stopped call left it.
#define SWR_CANCELED 13

// The program called WASI's proc_exit outside of swr_instance_run; the text has its code.
#define SWR_EXIT 14

// The range of a read or write is not inside the memory.
#define SWR_OUT_OF_BOUNDS 15

// The call stack was exhausted: too many nested calls, or too many values in them.
#define SWR_CALL_DEPTH 16

// Bytes that this core allocated and the caller owns. Free them with `swr_buffer_free`. If there is nothing
// to free, `ptr` is NULL and `len` and `cap` are 0. Read `ptr` and `len`, and do not change any member.
typedef struct swr_buffer {
  // First byte, or NULL.
  uint8_t *ptr;
  // Bytes in use.
  size_t len;
  // Bytes allocated, which swr_buffer_free needs.
  size_t cap;
} swr_buffer;

// The limits of an instance. If one is exceeded, the text of the error names it.
typedef struct swr_limits {
  // Fuel of each call and of the start function, in wasmi's units: about one per instruction, for memory
  // operations by size. With 0 nothing can run.
  uint64_t fuel;
  // Pages of 64 KiB of all memories of the instance together.
  uint64_t memory_pages;
  // Elements of all tables of the instance together.
  uint64_t table_elements;
  // Nested WebAssembly calls, at most 1,000,000. In addition, the values of all nested calls have at most
  // 8 MiB.
  uint32_t call_depth;
} swr_limits;

// A host function. It receives `ctx`, the import's index in the list given to swr_instance_open, the
// arguments, and room for the results, as many of each as the import's type has. A result other than 0 stops
// the call with SWR_HOST. It runs on the thread of the call and may call any function of this core. It must
// not unwind, and must not keep the pointers.
typedef int32_t (*swr_host_fn)(void *ctx, uint32_t import, const uint64_t *args, uint64_t *results);

// Receives the output of a WASI program: stream 1 is stdout, 2 is stderr. It is called with at most 64 KiB
// at a time; a piece can end within a character. `bytes` is valid until it returns. A result other than 0
// stops the call with SWR_HOST. The rules are those of swr_host_fn, except that it cannot use the running
// instance, which is SWR_BUSY.
typedef int32_t (*swr_output_fn)(void *ctx, int32_t stream, const uint8_t *bytes, size_t len);

// The functions that the caller passes to one open, call or run; borrowed for that call.
typedef struct swr_host {
  // Called for all functions of the import list. If it is NULL, calling one of them is SWR_HOST.
  swr_host_fn call;
  // If it is NULL, output is dropped.
  swr_output_fn write;
  // Passed to the functions unchanged, and never read.
  void *ctx;
} swr_host;

// Receives the bytes of a memory in place, to read and to write until it returns; `bytes` is not NULL. A
// result other than 0 makes swr_memory_view return SWR_HOST. The rules are those of swr_host_fn.
typedef int32_t (*swr_view_fn)(void *ctx, uint8_t *bytes, size_t len);

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// Stores the version of this core in `out`, as UTF-8: that of the POM it was built from, or "dev".
int32_t swr_version(struct swr_buffer *out, struct swr_buffer *error);

// Stores the number of open instances and tokens in `*out`. For leak checks: it is 0 when everything is
// closed.
int32_t swr_live_handles(int64_t *out);

// Stores in `*out` how many bytes the core holds for the caller: buffers that are not freed (their `cap`),
// tokens, and for each instance the length of its module, its memories and its tables. For leak checks: it
// is 0 when everything is freed and closed.
int32_t swr_native_bytes(int64_t *out);

// Frees the bytes of `buffer` and sets it to {NULL, 0, 0}, so a second call does nothing. NULL is allowed.
// Only for unchanged buffers of this core, on any thread.
void swr_buffer_free(struct swr_buffer *buffer);

// Returns SWR_OK if the bytes are a valid WebAssembly core module in the binary format, including function
// bodies: version 3.0 with the proposals threads, legacy exceptions, custom page sizes and wide arithmetic.
// swr_instance_open supports fewer proposals (no garbage collection, exceptions, threads), so it can refuse
// a valid module.
//
// Fails with SWR_INVALID_MODULE (the text has the reason and the offset), SWR_TOO_LARGE (above 1 GiB).
int32_t swr_validate(const uint8_t *wasm,
                     size_t wasm_len,
                     struct swr_buffer *error);

// Stores the description of a valid module in `out`, owned by the caller: its imports, exports and contents.
// The module is read in place, once, at about the cost of swr_validate.
//
// Format 1, little endian, without padding: u32 format (1), then eight lists, each a u32 number of entries
// and the entries; str is a u32 length in bytes and UTF-8.
//   imports    {str module, str name, u8 kind, str type}, in the module's order
//   exports    {str name, u8 kind, str type}, in the module's order
//   memories   {str type}, in the order of their index, imported ones first
//   tables     {str type}, likewise
//   globals    {str type}, likewise
//   custom     {str name, u64 offset, u64 size} of custom sections: where the payload behind the name
//              begins in the module, and its length, in bytes
//   producers  {str field, str name, str version} from the section "producers" (tool conventions);
//              none if it is malformed
//   features   {str name}, sorted: the proposals beyond the WebAssembly MVP without which the module
//              would be invalid, by the names of the section "target_features" (tool conventions):
//              atomics, bulk-memory, call-indirect-overlong (a table index in more bytes than needed,
//              if nothing else is of reference-types), custom-page-sizes, exception-handling,
//              extended-const, function-references, gc, legacy-exceptions, memory64, multimemory,
//              multivalue, mutable-globals, nontrapping-fptoint, reference-types, relaxed-simd,
//              sign-ext, simd128, tail-call, wide-arithmetic
//
// kind: 0 func, 1 table, 2 memory, 3 global, 4 tag. type, in WebAssembly's text form: func and tag "(i64,
// i64) -> (i64)"; table "funcref 1..10" (without a maximum "funcref 1.."); memory "1..16 pages" / "1..
// pages", followed by " shared" or " of 2^n bytes"; both start with "i64 " when indexed by i64; global "i32"
// / "mut i32", after "shared " when shared.
//
// Fails like swr_validate, and with SWR_TOO_LARGE above 100000 custom sections.
int32_t swr_describe(const uint8_t *wasm,
                     size_t wasm_len,
                     struct swr_buffer *out,
                     struct swr_buffer *error);

// Stores the SHA-256 digest of the bytes in `out`, which has room for 32 bytes. There is no size limit.
int32_t swr_sha256(const uint8_t *data,
                   size_t len,
                   uint8_t *out,
                   struct swr_buffer *error);

// Stores the SHA-512 digest of the bytes in `out`, which has room for 64 bytes. There is no size limit.
int32_t swr_sha512(const uint8_t *data,
                   size_t len,
                   uint8_t *out,
                   struct swr_buffer *error);

// Panics inside the core with `msg`, for tests of the boundary. Always returns SWR_PANIC with the text "msg
// (file:line)", or SWR_INVALID_ARGUMENT if `msg` is not UTF-8.
int32_t swr_probe_panic(const uint8_t *msg,
                        size_t msg_len,
                        struct swr_buffer *error);

// Compiles and instantiates a module and runs its start function. Close `*out_handle` with
// swr_instance_close. If `limits` is NULL, the defaults apply. Fuel does not limit compilation; the length
// of the module does, which is at most 1 GiB.
//
// `imports` is empty (length 0) or a record: list of {str module, str name, u8 kind, str type}, kind and
// type as in swr_describe, kinds 0 func, 1 table, 2 memory, 3 global; a global is followed by its first
// value, a slot (u64). Functions and globals can have number types only. `host` implements the functions;
// tables, memories and globals are created for this instance. Entries that the module does not import are
// ignored; a repeated entry is SWR_INVALID_ARGUMENT.
//
// `wasi` is empty, or a record that requests WASI preview 1 (wasi_snapshot_preview1): list of arguments
// (str), the program's name first; list of environment variables {str, str}; stdin (u32 length and bytes).
// At most 10000 arguments and 10000 variables, without NUL. The program inherits nothing from the process,
// and has no files and no sockets. Clocks and random numbers are the system's. WASI functions and sleeping
// use no fuel, but a token ends both. An entry of `imports` replaces the WASI function of the same name.
//
// `token` (0: none) and `host` (may be NULL) are for the start function. `*out_handle` is set before it
// runs, so that a host function can use the instance's memories and globals.
//
// Fails with SWR_INVALID_MODULE, SWR_MISSING_IMPORT, SWR_TOO_LARGE; SWR_CANCELED; SWR_TRAP if a segment does
// not fit; and like swr_instance_call for the start function.
int32_t swr_instance_open(const uint8_t *wasm,
                          size_t wasm_len,
                          const struct swr_limits *limits,
                          const uint8_t *imports,
                          size_t imports_len,
                          const uint8_t *wasi,
                          size_t wasi_len,
                          uint64_t token,
                          const struct swr_host *host,
                          uint64_t *out_handle,
                          struct swr_buffer *error);

// Finds the exported function `name`. Stores its number for swr_instance_call, and unless `out_type` is NULL
// its type, like "(i32, f64) -> (i64, i64)", owned by the caller. The number of a function never changes.
// This function never waits.
//
// Fails with SWR_UNKNOWN_EXPORT (the text lists the functions), SWR_WRONG_ARGUMENTS if the type contains
// other types than i32, i64, f32 and f64, SWR_CLOSED.
int32_t swr_instance_function(uint64_t handle,
                              const uint8_t *name,
                              size_t name_len,
                              uint32_t *out_function,
                              struct swr_buffer *out_type,
                              struct swr_buffer *error);

// Calls a function by its number. `args` and `results` are slots, as many of each as the function's type
// has. `token` (0: none) can stop the call, which then runs in slices of fuel, at a small cost. `host` is
// used for this call only; it and its members may be NULL.
//
// An instance runs one call at a time, and other threads wait. A call that would wait for itself is
// SWR_BUSY. After a failure the instance stays usable, and its memory is as the failed call left it; after
// SWR_PANIC it can only be closed.
//
// Fails with SWR_CLOSED, SWR_BUSY, SWR_WRONG_ARGUMENTS (another number of arguments or results), SWR_TRAP,
// SWR_OUT_OF_FUEL, SWR_CALL_DEPTH, SWR_HOST, SWR_CANCELED, SWR_EXIT; SWR_INVALID_ARGUMENT if
// swr_instance_function never returned that number.
int32_t swr_instance_call(uint64_t handle,
                          uint32_t function,
                          const uint64_t *args,
                          size_t args_len,
                          uint64_t token,
                          const struct swr_host *host,
                          uint64_t *results,
                          size_t results_len,
                          struct swr_buffer *error);

// Runs a WASI command: calls its export `_start`. `*exit_code` is the argument of proc_exit, or 0 if the
// program returned. Token and host are used as in swr_instance_call. Run a command once only: most programs
// cannot start a second time in the same memory.
//
// Fails like swr_instance_call, except with SWR_EXIT; SWR_UNKNOWN_EXPORT if there is no `_start`,
// SWR_WRONG_ARGUMENTS if it is not () -> ().
int32_t swr_instance_run(uint64_t handle,
                         uint64_t token,
                         const struct swr_host *host,
                         int32_t *exit_code,
                         struct swr_buffer *error);

// Closes an instance. This function never waits, and a callback of the instance may call it: a call that is
// running on any thread finishes, and the memory is released when it returns. Later calls, and those that
// are still waiting, return SWR_CLOSED. Closing twice is SWR_OK.
int32_t swr_instance_close(uint64_t handle,
                           struct swr_buffer *error);

// Stores the size of memory `name` in bytes.
//
// Fails with SWR_UNKNOWN_EXPORT (the text lists the memories), SWR_CLOSED, SWR_BUSY.
int32_t swr_memory_size(uint64_t handle,
                        const uint8_t *name,
                        size_t name_len,
                        uint64_t *out_bytes,
                        struct swr_buffer *error);

// Copies `len` bytes of memory `name` from `offset` on to `out`. On failure `out` is unchanged.
//
// Fails with SWR_OUT_OF_BOUNDS (all bytes must be in the memory; 0 bytes can be read at its end),
// SWR_UNKNOWN_EXPORT, SWR_CLOSED, SWR_BUSY.
int32_t swr_memory_read(uint64_t handle,
                        const uint8_t *name,
                        size_t name_len,
                        uint64_t offset,
                        uint8_t *out,
                        size_t len,
                        struct swr_buffer *error);

// Copies `len` bytes from `data` to memory `name` at `offset`. On failure nothing is written.
//
// Fails like swr_memory_read.
int32_t swr_memory_write(uint64_t handle,
                         const uint8_t *name,
                         size_t name_len,
                         uint64_t offset,
                         const uint8_t *data,
                         size_t len,
                         struct swr_buffer *error);

// Grows memory `name` by `pages` (of 64 KiB); `*out_old_pages` is its previous size in pages, so with 0
// pages this returns the size.
//
// Fails with SWR_TOO_LARGE (the text names the limit: the memory's own maximum, or that of swr_limits),
// SWR_UNKNOWN_EXPORT, SWR_CLOSED, SWR_BUSY.
int32_t swr_memory_grow(uint64_t handle,
                        const uint8_t *name,
                        size_t name_len,
                        uint64_t pages,
                        uint64_t *out_old_pages,
                        struct swr_buffer *error);

// Calls `view` once with the bytes of memory `name` in place, on this thread. The pointer is valid until
// `view` returns, and not after. The instance is locked meanwhile, so that the bytes cannot move: another
// use of it on this thread is SWR_BUSY, other threads wait, and a close takes effect afterwards. For an
// empty memory `len` is 0.
//
// Fails with SWR_HOST if `view` returns non-zero (its changes to the memory remain), SWR_UNKNOWN_EXPORT,
// SWR_CLOSED, SWR_BUSY.
int32_t swr_memory_view(uint64_t handle,
                        const uint8_t *name,
                        size_t name_len,
                        swr_view_fn view,
                        void *ctx,
                        struct swr_buffer *error);

// Stores the value of global `name` as a slot, and unless `out_type` is NULL its type, like "i32" or "mut
// f64", owned by the caller.
//
// Fails with SWR_WRONG_ARGUMENTS if it is not a number, SWR_UNKNOWN_EXPORT (the text lists the globals),
// SWR_CLOSED, SWR_BUSY.
int32_t swr_global_get(uint64_t handle,
                       const uint8_t *name,
                       size_t name_len,
                       uint64_t *out,
                       struct swr_buffer *out_type,
                       struct swr_buffer *error);

// Sets global `name` to the slot `value`.
//
// Fails with SWR_WRONG_ARGUMENTS if it is constant or not a number, SWR_UNKNOWN_EXPORT, SWR_CLOSED,
// SWR_BUSY.
int32_t swr_global_set(uint64_t handle,
                       const uint8_t *name,
                       size_t name_len,
                       uint64_t value,
                       struct swr_buffer *error);

// Opens a cancel token; Close `*out` with swr_token_close. Any number of calls can use it.
int32_t swr_token_open(uint64_t *out, struct swr_buffer *error);

// Cancels all calls with the token, now and later: each returns SWR_CANCELED, except calls that were about
// to return. A waiting call stops waiting, and a running one stops within about a millisecond. A host
// function is not interrupted; its call stops when it returns. This function does not wait for the calls.
// Cancelling twice is SWR_OK. It may be called on any thread, also in a callback.
//
// Fails with SWR_CLOSED.
int32_t swr_token_cancel(uint64_t token,
                         struct swr_buffer *error);

// Closes a token. Calls with the token continue and can no longer be cancelled. Closing twice is SWR_OK.
// This may be called on any thread, also in a callback.
int32_t swr_token_close(uint64_t token,
                        struct swr_buffer *error);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* STOWAGE_WASM_RUST_H */
