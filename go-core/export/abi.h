/*
 * stowage-wasm, Go core: pulls WebAssembly modules from OCI registries and image layouts, and packs
 * them into image layouts. Everything here is there since 0.1.0.
 *
 * Status   Every function that can fail returns one of the SWG_ codes; 0 is success. A code keeps its
 *          meaning and number for ever.
 * Errors   The last parameter `error` may be NULL. Otherwise the function writes it on every return:
 *          {NULL, 0, 0} on success, an owned UTF-8 message on failure. It is written, never read: a
 *          message that is still in it is lost, so free it before the next call. No error is kept in
 *          a global or a thread.
 * Input    A pointer and a length, borrowed until the function returns: the core copies what it keeps.
 *          The pointer may be NULL only when the length is 0. Text is UTF-8, not terminated; invalid
 *          UTF-8 and NUL bytes in a path are SWG_INVALID_ARGUMENT.
 * Output   Out-parameters must not be NULL unless said otherwise. They are written on every return;
 *          after a failure they are zero. An owned buffer belongs to the caller, who gives it back to
 *          swg_buffer_free and to no other function.
 * Handles  uint64_t, never 0, never used twice: a handle used after its close is SWG_CLOSED, a number
 *          that was never a handle is SWG_INVALID_ARGUMENT.
 * Threads  Every function may be called from any thread at any time; the core starts and stops its
 *          own threads and never calls back on them: a callback runs on the thread of the call that
 *          got it, before that call returns.
 * Panics   A Go panic, in the call or in a goroutine of the core, is SWG_PANIC with the text
 *          "message (file:line)". The process goes on.
 * Process  One Go runtime per process; it is never unloaded. The library must not be closed
 *          (dlclose), must not be loaded a second time under another name, and must not be used in a
 *          child after fork without exec.
 */
#ifndef STOWAGE_WASM_GO_H
#define STOWAGE_WASM_GO_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a call came to. */
enum swg_status {
  SWG_OK = 0,
  SWG_PANIC = 1,             /* a defect of the core; please report the text */
  SWG_INVALID_ARGUMENT = 2,  /* NULL, invalid UTF-8, an empty path, a number that is no handle */
  SWG_CLOSED = 3,            /* the token was closed before */
  SWG_INVALID_REFERENCE = 4, /* a reference, tag or digest is not well formed */
  SWG_NOT_FOUND = 5,         /* no such manifest, blob, layout or file */
  SWG_DIGEST_MISMATCH = 6,   /* the bytes are not those the digest names */
  SWG_TRUNCATED = 7,         /* fewer bytes than the manifest promises, from a source that was not cut */
  SWG_UNSUPPORTED = 8,       /* not a Wasm artifact, an index, another digest algorithm, no Wasm module */
  SWG_CANCELED = 9,          /* by swg_token_cancel */
  SWG_HOST = 10,             /* the progress callback returned non-zero */
  SWG_NETWORK = 11,          /* refused, cut, timed out, or the registry answered with an error */
  SWG_IO = 12,               /* the file system: the text has the path and the system's reason */
  SWG_INTERNAL = 13          /* anything else, and no memory for a result */
};

/*
 * Bytes owned by whoever holds the struct. ptr is NULL when cap is 0. Fill one in only by passing it to
 * a function of this header; a copy of the struct is not a copy of the bytes.
 */
typedef struct swg_buffer {
  uint8_t *ptr;
  size_t len; /* bytes in use */
  size_t cap; /* bytes allocated */
} swg_buffer;

/*
 * Told how far a pull is: `done` bytes of `total` written, total -1 when unknown. Called on the thread
 * of the swg_pull that got it, first with done 0, then about every 64 KiB, last with done == total
 * before the file is put in place. ctx is the one given to that swg_pull. Non-zero stops the pull with
 * SWG_HOST; no further call follows. It may call this library; it must return (no longjmp, no C++
 * exception). While it runs, nothing is written: a slow callback slows the pull.
 */
typedef int32_t (*swg_progress_fn)(void *ctx, int64_t done, int64_t total);

#ifdef __cplusplus
}
#endif

#endif
