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
//          uint64_t arrays, which need not be aligned.
// Slots    A WebAssembly number is passed as 64 bits: i32 and f32 have their bits in the low 32 (the
//          high ones are ignored on input and 0 on output), i64 and f64 use all. Bits of NaNs pass
//          unchanged.
// Records  Structured data is little endian without padding: str is a u32 length in bytes and UTF-8,
//          a list is a u32 count and its entries. A record must end where its pointer, length pair does.
// Output   A swr_buffer is owned by the caller and is freed with swr_buffer_free, and with nothing
//          else: not with free(), not with another core's function.
// Handles  A handle is an opaque number with a generation; 0 is never valid. Use after close is
//          SWR_CLOSED, a number that was never handed out is SWR_INVALID_ARGUMENT.
// Threads  Every function may be called from any thread at any time. One instance runs one call at a
//          time: a second thread waits. The core starts no thread, attaches to none, installs no
//          signal handler, reads no environment variable and writes nothing to stdout or stderr.
// Memory   The functions swr_memory_* and swr_global_* take the name of an exported memory or global, or
//          "module.name" of an imported one; an export's name comes first. A host function may use
//          them on the instance that called it, on the thread of the call; calling functions of that
//          instance is SWR_BUSY.
// Panics   A panic of the core is caught at the export and becomes SWR_PANIC with the text
//          "message (file:line)"; the process lives on. What cannot be caught ends the process, as
//          in every Rust program: a second panic while the first one unwinds, and memory exhaustion.
// Stack    Input is parsed and run without recursion on the native stack; 228 KiB of stack are enough.


#ifndef STOWAGE_WASM_RUST_H
#define STOWAGE_WASM_RUST_H

#include <stddef.h>
#include <stdint.h>

// Of swr_limits, where it is NULL.
#define SWR_DEFAULT_FUEL 1000000000

// Of swr_limits, where it is NULL: 256 MiB.
#define SWR_DEFAULT_MEMORY_PAGES 4096

// Of swr_limits, where it is NULL: the WebAssembly JavaScript API's limit.
#define SWR_DEFAULT_TABLE_ELEMENTS 10000000

// Of swr_limits, where it is NULL.
#define SWR_DEFAULT_CALL_DEPTH 10000

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

// The module imports something that the call did not give, or gave with another type; the text names
// the import, both types, and what was given.
#define SWR_MISSING_IMPORT 5

// The instance exports no function, memory or global of that name.
#define SWR_UNKNOWN_EXPORT 6

// The number of arguments or results differs from the function's type, the type holds something else
// than numbers, or a global is constant.
#define SWR_WRONG_ARGUMENTS 7

// The WebAssembly code trapped: unreachable, division by zero, out of bounds, bad indirect call.
#define SWR_TRAP 8

// The fuel of this call was used up. The instance stays usable; the next call gets fresh fuel.
#define SWR_OUT_OF_FUEL 9

// A function that the caller brought (host function, output, view) returned non-zero, or was called
// and the call brought none.
#define SWR_HOST 10

// The call would wait for itself: the instance is running a call of this very thread (a callback
// called back into it), or of a thread that waits for this one.
#define SWR_BUSY 11

// The module, its memories or its tables exceed a limit; the text names the limit.
#define SWR_TOO_LARGE 12

// The token of this call was cancelled: before it began, while it waited for its turn, or while it
// ran. The instance stays usable; its memory is as the stopped call left it.
#define SWR_CANCELED 13

// The program called WASI's proc_exit outside of swr_instance_run; the text has its code.
#define SWR_EXIT 14

// A read or write by the host does not lie inside of the memory.
#define SWR_OUT_OF_BOUNDS 15

// The call stack was exhausted: too many nested calls, or too many values in them.
#define SWR_CALL_DEPTH 16

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

// What an instance may use. Where it goes beyond, the text of the error names the limit.
typedef struct swr_limits {
  // Of each call, and of the start function, in wasmi's units: about one per instruction, memory
  // operations by size. 0 lets nothing run.
  uint64_t fuel;
  // All memories of the instance together, in pages of 64 KiB.
  uint64_t memory_pages;
  // All tables of the instance together, in elements.
  uint64_t table_elements;
  // Nested WebAssembly calls, at most 1,000,000. The values of all nested calls
  // have 8 MiB, whatever this is.
  uint32_t call_depth;
} swr_limits;

// A host function: gets `ctx`, the import's place in the list given to swr_instance_open (from 0),
// the arguments and where to put the results, as many of each as the import's type has. Non-zero
// stops the call with SWR_HOST. It runs on the thread of the call that called it, may call any
// function of this core, must not unwind, and must not keep the pointers.
typedef int32_t (*swr_host_fn)(void *ctx, uint32_t import, const uint64_t *args, uint64_t *results);

// Receives what a WASI program writes: stream 1 is stdout, 2 is stderr. At most 64 KiB at a time; a piece
// may end within a character. `bytes` is valid until it returns. Non-zero stops the call with SWR_HOST.
// Rules as for swr_host_fn, except that the running instance itself is out of reach: SWR_BUSY.
typedef int32_t (*swr_output_fn)(void *ctx, int32_t stream, const uint8_t *bytes, size_t len);

// The functions that the caller passes to one open, call or run. Borrowed for that call.
typedef struct swr_host {
  // Called for all functions of the import list. NULL: a call of one is SWR_HOST.
  swr_host_fn call;
  // NULL: output is dropped.
  swr_output_fn write;
  // Passed on unchanged; never looked at.
  void *ctx;
} swr_host;

// Gets the bytes of a memory in place, to read and to write, until it returns; `bytes` is not NULL.
// Non-zero makes swr_memory_view return SWR_HOST. Rules as for swr_host_fn.
typedef int32_t (*swr_view_fn)(void *ctx, uint8_t *bytes, size_t len);

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// The version of this core, as UTF-8, in `out`: the version of the POM it was built from, or "dev".
int32_t swr_version(struct swr_buffer *out, struct swr_buffer *error);

// Number of open instances and tokens in `*out`. For leak checks: 0 when everything is closed.
int32_t swr_live_handles(int64_t *out);

// Bytes held for the caller in `*out`: buffers not yet freed (their `cap`), tokens, and per instance
// its module's length, memories and tables. For leak checks: 0 when everything is freed and closed.
int32_t swr_native_bytes(int64_t *out);

// Frees the bytes of `buffer` and sets it to {NULL, 0, 0}, so a second call does nothing. NULL is
// allowed. Only for buffers that this core filled, unchanged; any thread may free.
void swr_buffer_free(struct swr_buffer *buffer);

// SWR_OK if the bytes are a valid WebAssembly core module (binary format): version 3.0, and the
// proposals threads, legacy exceptions, custom page sizes and wide arithmetic. Function bodies are
// checked too. A valid module may still be refused by swr_instance_open, which runs fewer proposals
// (no garbage collection, exceptions, threads).
//
// Fails with SWR_INVALID_MODULE (the text has reason and offset), SWR_TOO_LARGE (above 1 GiB).
int32_t swr_validate(const uint8_t *wasm, size_t wasm_len, struct swr_buffer *error);

// The description of a valid module in `out`, owned by the caller: what it needs and provides. The module is read in place,
// once, at about the cost of swr_validate.
//
// Format 1, little endian, without padding: u32 format (1), then eight lists, each a u32 number of
// entries and the entries; str is a u32 length in bytes and UTF-8.
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
// kind: 0 func, 1 table, 2 memory, 3 global, 4 tag. type, in WebAssembly's text form: func and tag
// "(i64, i64) -> (i64)"; table "funcref 1..10" (without a maximum "funcref 1.."); memory
// "1..16 pages" / "1.. pages", followed by " shared" or " of 2^n bytes"; both start with "i64 " when
// indexed by i64; global "i32" / "mut i32", after "shared " when shared.
//
// Fails like swr_validate, and with SWR_TOO_LARGE above 100000 custom sections.
int32_t swr_describe(const uint8_t *wasm,
                     size_t wasm_len,
                     struct swr_buffer *out,
                     struct swr_buffer *error);

// The SHA-256 digest of the bytes in `out`, which has room for 32 bytes. No size limit.
int32_t swr_sha256(const uint8_t *data, size_t len, uint8_t *out, struct swr_buffer *error);

// The SHA-512 digest of the bytes in `out`, which has room for 64 bytes. No size limit.
int32_t swr_sha512(const uint8_t *data, size_t len, uint8_t *out, struct swr_buffer *error);

// Panics inside the core with `msg`, for tests of the boundary: always SWR_PANIC, with the text
// "msg (file:line)"; SWR_INVALID_ARGUMENT if `msg` is not UTF-8.
int32_t swr_probe_panic(const uint8_t *msg, size_t msg_len, struct swr_buffer *error);

// Compiles and instantiates a module and runs its start function. `*out_handle` is to be closed with
// swr_instance_close. `limits` may be NULL: the defaults. Compiling is not bounded by fuel but by the
// length of the module, at most 1 GiB.
//
// `imports` is empty (length 0) or a record: list of {str module, str name, u8 kind, str type}, kind
// and type as in swr_describe, kinds 0 func, 1 table, 2 memory, 3 global; a global is followed by its
// first value, a slot (u64). Functions and globals are of numbers only. Functions are `host`'s;
// tables, memories and globals are made new for this instance. Entries that the module does not
// import are fine; the same one twice is SWR_INVALID_ARGUMENT.
//
// `wasi` is empty, or a record that requests WASI preview 1 (wasi_snapshot_preview1): list of
// arguments (str), the program's name first; list of environment variables {str, str}; stdin (u32
// length and bytes). At most 10000 arguments and 10000 variables, without NUL. Nothing is inherited from
// the process; there are no files and no sockets. Clocks and random numbers are the system's. Fuel does
// not count what WASI's functions do, nor sleeping; a token ends both. An entry of `imports` comes
// before WASI's of the same name.
//
// `token` (0: none) and `host` (may be NULL) are those of the start function. `*out_handle` is set before that
// runs, so that a host function called by it can use the instance's memories and globals.
//
// Fails with SWR_INVALID_MODULE, SWR_MISSING_IMPORT, SWR_TOO_LARGE; SWR_CANCELED; SWR_TRAP from segments
// that do not fit; and from the start function as swr_instance_call does.
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

// The number of the exported function `name`, for swr_instance_call, and its type, like
// "(i32, f64) -> (i64, i64)", in `out_type`, owned by the caller, unless that is NULL. The same name has the same number for
// as long as the instance lives. Never waits.
//
// Fails with SWR_UNKNOWN_EXPORT (the text lists the functions), SWR_WRONG_ARGUMENTS if the type has
// something else than i32, i64, f32 and f64, SWR_CLOSED.
int32_t swr_instance_function(uint64_t handle,
                              const uint8_t *name,
                              size_t name_len,
                              uint32_t *out_function,
                              struct swr_buffer *out_type,
                              struct swr_buffer *error);

// Calls a function by its number. `args` and `results` are slots, as many of each as the function's
// type has. `token` (0: none) can stop the call: it then runs in slices of fuel, which costs little.
// `host` is for this call only and may be NULL, as may its members.
//
// One call at a time per instance: another thread waits. A call that would wait for itself is
// SWR_BUSY. After a failure the instance stays usable (its memory is as the failed call left it),
// except after SWR_PANIC: close it.
//
// Fails with SWR_CLOSED, SWR_BUSY, SWR_WRONG_ARGUMENTS (another number of arguments or results),
// SWR_TRAP, SWR_OUT_OF_FUEL, SWR_CALL_DEPTH, SWR_HOST, SWR_CANCELED, SWR_EXIT; SWR_INVALID_ARGUMENT if
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

// Runs a WASI command: calls its export `_start`. `*exit_code` is what the program gave to proc_exit, or
// 0 if it returned. Token and host as in swr_instance_call. A command is meant to run once: most
// programs cannot start a second time in the same memory.
//
// Fails like swr_instance_call, except with SWR_EXIT; SWR_UNKNOWN_EXPORT if there is no `_start`,
// SWR_WRONG_ARGUMENTS if it is not () -> ().
int32_t swr_instance_run(uint64_t handle,
                         uint64_t token,
                         const struct swr_host *host,
                         int32_t *exit_code,
                         struct swr_buffer *error);

// Closes an instance. Never waits and may be called from a callback of the instance: a call that runs
// on any thread finishes and its memory is released when it returns; calls after this one, and those
// still waiting, get SWR_CLOSED. Closing twice is SWR_OK.
int32_t swr_instance_close(uint64_t handle,
                           struct swr_buffer *error);

// The size of memory `name` in bytes.
//
// Fails with SWR_UNKNOWN_EXPORT (the text lists the memories), SWR_CLOSED, SWR_BUSY.
int32_t swr_memory_size(uint64_t handle,
                        const uint8_t *name,
                        size_t name_len,
                        uint64_t *out_bytes,
                        struct swr_buffer *error);

// Copies `len` bytes of memory `name` from `offset` on to `out`. On failure `out` is as it was.
//
// Fails with SWR_OUT_OF_BOUNDS (all of them must lie in the memory; 0 bytes may be read at its end),
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

// Grows memory `name` by `pages` (of 64 KiB); `*out_old_pages` is what it had before. With 0 pages, this is
// the size in pages.
//
// Fails with SWR_TOO_LARGE (the text names the limit: the memory's own maximum, or that of
// swr_limits), SWR_UNKNOWN_EXPORT, SWR_CLOSED, SWR_BUSY.
int32_t swr_memory_grow(uint64_t handle,
                        const uint8_t *name,
                        size_t name_len,
                        uint64_t pages,
                        uint64_t *out_old_pages,
                        struct swr_buffer *error);

// Calls `view` once with the bytes of memory `name` in place, on this thread. The pointer is valid
// until `view` returns, and not after. The instance is held meanwhile, so that the bytes cannot move:
// a use of the instance on this thread is SWR_BUSY, other threads wait, a close takes effect
// afterwards. Of an empty memory `len` is 0.
//
// Fails with SWR_HOST if `view` returns non-zero (what it wrote stays), SWR_UNKNOWN_EXPORT,
// SWR_CLOSED, SWR_BUSY.
int32_t swr_memory_view(uint64_t handle,
                        const uint8_t *name,
                        size_t name_len,
                        swr_view_fn view,
                        void *ctx,
                        struct swr_buffer *error);

// The value of global `name` as a slot, and its type, like "i32" or "mut f64", in `out_type`, owned by
// the caller, unless that is NULL.
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

// Opens a cancel token; `*out` is to be closed with swr_token_close. Any number of calls may have it.
int32_t swr_token_open(uint64_t *out,
                       struct swr_buffer *error);

// Cancels every call that has the token, now and later: each returns SWR_CANCELED, except those
// that were about to return. One that waits for its turn stops waiting, one that runs stops within
// about a millisecond; a host function is not interrupted, but is the last thing that its call does.
// Returns at once and waits for none of them. Cancelling twice is SWR_OK. Any thread, also a callback.
//
// Fails with SWR_CLOSED.
int32_t swr_token_cancel(uint64_t token,
                         struct swr_buffer *error);

// Closes a token. A call that has it goes on and can no longer be cancelled. Closing twice is
// SWR_OK. Any thread, also a callback.
int32_t swr_token_close(uint64_t token, struct swr_buffer *error);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* STOWAGE_WASM_RUST_H */
