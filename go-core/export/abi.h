/*
 * stowage-wasm, Go core: moves WebAssembly modules, and whatever else is stored like them, between files,
 * OCI registries and OCI image layouts. Everything here is there since 0.1.0.
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
 * Records  Options in and results out: little endian, without padding. A string is its length in bytes
 *          (uint32) and its UTF-8, a list its count (uint32) and its entries.
 * Artifact A record of what an operation was about: string manifest digest ("sha256:..."), string manifest
 *          media type, string layout ("cncf", "wasm-to-oci", or "" for anything else), string module
 *          digest ("" if there is no module), uint64 module size in bytes (0), list of annotations {string
 *          key, string value} of the manifest, sorted.
 * References  host[:port]/repository[:tag][@sha256:...] for a registry (tag "latest" when there is neither
 *          tag nor digest; with a digest the tag is ignored), or oci:<directory>:<tag> for an OCI image
 *          layout on disk.
 * Options  A list of {string key, string value}; NULL with length 0 for the defaults. An unknown or
 *          repeated key or a bad value is SWG_INVALID_ARGUMENT and named.
 *            plain-http     hosts, host or host:port, separated by commas, that may be asked over plain
 *                           HTTP, besides 127.0.0.0/8, ::1 and localhost
 *            username, password  both or none; sent to the registry of the reference, when it asks
 *            docker-config  path of a Docker config.json with credentials, or "none"; absent:
 *                           $DOCKER_CONFIG/config.json, else ~/.docker/config.json, when there is one.
 *                           Its credential helpers are run. username wins.
 *            proxy          URL (http, https, socks5, socks5h), or "none"; absent: the environment's
 *                           (HTTPS_PROXY, HTTP_PROXY, NO_PROXY). Loopback is never asked through a proxy.
 *            ca-file        PEM file of certificate authorities that are trusted besides the system's
 *            platform       os/architecture[/variant]: which manifest of an index
 *            timeout-ms     of the whole operation, 1 to 3600000000; absent: none
 *            retries        0 to 10, default 3: how often one request or one blob is tried again after 408,
 *                           429, 5xx or a cut connection. Retry-After is kept up to 30 s.
 *            max-bytes      of one blob, default 1073741824; more is SWG_TOO_LARGE, before it is moved
 * Network  A registry that may be asked over plain HTTP and answers that it speaks TLS is asked over HTTPS
 *          from then on. A download that is cut goes on where it was, when the registry knows ranges, else
 *          from the start. A silent peer ends an operation with SWG_TIMEOUT: 10 s to connect, 30 s between
 *          bytes, 30 s for a credential helper. No text or log holds a credential, and none is remembered
 *          from one operation to the next. A connection is kept for 5 s for the next operation.
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
  SWG_INVALID_ARGUMENT = 2,  /* NULL, no UTF-8, an empty path, a bad option, a number that is no handle */
  SWG_CLOSED = 3,            /* the token was closed before */
  SWG_INVALID_REFERENCE = 4, /* a reference, tag or digest is not well formed */
  SWG_NOT_FOUND = 5,         /* no such repository, manifest, platform, blob, layout or file */
  SWG_DIGEST_MISMATCH = 6,   /* the bytes are not those the digest names */
  SWG_TRUNCATED = 7,         /* fewer bytes than the manifest promises, from a source that was not cut */
  SWG_UNSUPPORTED =
      8,             /* not a Wasm artifact, an unknown manifest, another digest algorithm, no Wasm module */
  SWG_CANCELED = 9,  /* by swg_token_cancel */
  SWG_HOST = 10,     /* the progress callback returned non-zero */
  SWG_NETWORK = 11,  /* refused, cut, no TLS, or the registry answered with an error */
  SWG_IO = 12,       /* the file system: the text has the path and the system's reason */
  SWG_INTERNAL = 13, /* anything else, and no memory for a result */
  SWG_UNAUTHORIZED = 14, /* 401: no credentials, wrong ones, or a credential helper failed */
  SWG_FORBIDDEN = 15,    /* 403: the credentials have no right to it */
  SWG_TIMEOUT = 16,      /* longer than timeout-ms, or the peer was silent */
  SWG_TOO_LARGE = 17     /* more than max-bytes, or than the registry takes */
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
 * Told how far an operation is: of the blob with this digest ("sha256:...", not terminated, borrowed) `done`
 * of `total` bytes are moved. Called on the thread of the call that got it, for each blob first with done
 * 0, then about every 64 KiB, last with done == total; blobs may take turns. A blob that the target has
 * already is not told of. ctx is the one given to that call. Non-zero stops the operation with SWG_HOST;
 * no further call follows. It may call this library; it must return (no longjmp, no C++ exception). While
 * it runs, nothing is moved: a slow callback slows the operation.
 */
typedef int32_t (*swg_progress_fn)(void *ctx, const uint8_t *blob, size_t blob_len, int64_t done,
                                   int64_t total);

#ifdef __cplusplus
}
#endif

#endif
