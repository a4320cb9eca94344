/*
 * stowage-wasm, Go core: transfers WebAssembly modules, and other artifacts that are stored in the same way,
 * between files, OCI registries and OCI image layouts. All functions exist since 0.1.0.
 *
 * Status   Every function that can fail returns one of the SWG_ codes; 0 is success. The number
 *          and meaning of a code never change.
 * Errors   The last parameter `error` may be NULL. Otherwise the function writes it on every return:
 *          {NULL, 0, 0} on success, an owned UTF-8 message on failure. It never reads the old value, so
 *          free a message before the next call. No error is stored in a global or a thread.
 * Input    A pointer and a length, borrowed until the function returns: the core copies what it keeps.
 *          The pointer may be NULL only if the length is 0. Text is UTF-8, not terminated; invalid
 *          UTF-8 and NUL bytes in a path are SWG_INVALID_ARGUMENT.
 * Output   Out-parameters must not be NULL unless said otherwise. They are written on every return;
 *          after a failure they are zero. An owned buffer belongs to the caller, who frees it with
 *          swg_buffer_free and no other function.
 * Handles  A handle is a uint64_t that is never 0, and no number is used twice. Using a closed handle is
 *          SWG_CLOSED; a number that was never a handle is SWG_INVALID_ARGUMENT.
 * Threads  Every function may be called from any thread at any time. The core has its own threads, but
 *          never calls a callback on them: a callback runs on the thread that called the function to
 *          which it was passed, before that function returns.
 * Panics   A Go panic, in the call or in a goroutine of the core, is SWG_PANIC with the text
 *          "message (file:line)". The process continues.
 * Records  The encoding of options and results: little endian, without padding. A string is its length in
 *          bytes (uint32) followed by its UTF-8, a list is its count (uint32) followed by its entries.
 * Artifact The record that describes the result of an operation: string manifest digest ("sha256:..."),
 *          string manifest media type, string layout ("cncf", "wasm-to-oci", or "" for anything else), string
 *          module digest ("" without a module), uint64 module size in bytes (0), list of annotations
 *          {string key, string value} of the manifest, sorted.
 * References  host[:port]/repository[:tag][@sha256:...] for a registry (the tag is "latest" if there is
 *          neither tag nor digest; with a digest the tag is ignored), or oci:<directory>:<tag> for an OCI
 *          image layout on disk.
 * Options  A list of {string key, string value}; NULL with length 0 for the defaults. An unknown or
 *          repeated key or an invalid value is SWG_INVALID_ARGUMENT, and the message names it.
 *            plain-http     hosts (host or host:port, separated by commas) to which plain HTTP is allowed,
 *                           in addition to 127.0.0.0/8, ::1 and localhost
 *            username, password  both or none; sent to the registry of the reference if it requires them
 *            docker-config  path of a Docker config.json with credentials, or "none"; absent:
 *                           $DOCKER_CONFIG/config.json, else ~/.docker/config.json, if it exists. Its
 *                           credential helpers are run. username has priority.
 *            proxy          URL (http, https, socks5, socks5h), or "none"; absent: the environment's
 *                           (HTTPS_PROXY, HTTP_PROXY, NO_PROXY). Loopback is never reached through a proxy.
 *            ca-file        PEM file of certificate authorities to trust in addition to the system's
 *            platform       os/architecture[/variant]: the manifest to select from an index
 *            timeout-ms     of the whole operation, 1 to 3600000000; absent: none
 *            retries        0 to 10, default 3: how often one request or one blob is tried again
 *                           after status 408, 429 or 5xx, or a broken connection. Retry-After is
 *                           obeyed up to 30 s.
 *            max-bytes      of one blob, default 1073741824; a larger blob is SWG_TOO_LARGE and is not
 *                           transferred
 * Network  If plain HTTP to a registry is allowed, but the registry requires TLS, it gets HTTPS requests
 *          from then on. After a broken connection a download continues at the same byte if the registry
 *          supports ranges, and restarts otherwise. An operation ends with SWG_TIMEOUT if a peer does not
 *          respond: 10 s to connect, 30 s between bytes, 30 s for a credential helper. No text or log
 *          contains a credential, and no operation uses credentials of another. A connection is kept for
 *          5 s for the next operation.
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

/* The status of a call. */
enum swg_status {
  SWG_OK = 0,
  SWG_PANIC = 1,             /* a bug in the core; please report the text */
  SWG_INVALID_ARGUMENT = 2,  /* NULL, invalid UTF-8, an empty path, an invalid option, not a handle */
  SWG_CLOSED = 3,            /* the token is closed */
  SWG_INVALID_REFERENCE = 4, /* a reference, tag or digest is not well formed */
  SWG_NOT_FOUND = 5,         /* a repository, manifest, platform, blob, layout or file does not exist */
  SWG_DIGEST_MISMATCH = 6,   /* the content does not have the expected digest */
  SWG_TRUNCATED = 7,         /* fewer bytes than the manifest states, although no connection broke */
  SWG_UNSUPPORTED =
      8,             /* not a Wasm artifact, an unknown manifest, another digest algorithm, no Wasm module */
  SWG_CANCELED = 9,  /* by swg_token_cancel */
  SWG_HOST = 10,     /* the progress callback returned non-zero */
  SWG_NETWORK = 11,  /* refused, broken, TLS failed, or the registry returned an error */
  SWG_IO = 12,       /* the file system: the text contains the path and the system's reason */
  SWG_INTERNAL = 13, /* any other error, or no memory for a result */
  SWG_UNAUTHORIZED = 14, /* 401: no credentials, wrong credentials, or a failed credential helper */
  SWG_FORBIDDEN = 15,    /* 403: the credentials do not give access */
  SWG_TIMEOUT = 16,      /* longer than timeout-ms, or the peer did not respond */
  SWG_TOO_LARGE = 17     /* larger than max-bytes, or than the registry accepts */
};

/*
 * Bytes that belong to the caller. ptr is NULL if cap is 0. Only functions of this header may fill in the
 * struct. A copy of the struct is not a copy of the bytes.
 */
typedef struct swg_buffer {
  uint8_t *ptr;
  size_t len; /* bytes in use */
  size_t cap; /* bytes allocated */
} swg_buffer;

/*
 * Receives the progress of an operation: `done` of `total` bytes of the blob with this digest ("sha256:...",
 * not terminated, borrowed) are transferred. It is called on the thread that called the operation: for each
 * blob first with done 0, then about every 64 KiB, and last with done == total. Calls for several blobs may
 * alternate. There are no calls for blobs that exist at the destination. ctx is the argument of the
 * operation. A result other than 0 stops the operation with SWG_HOST, and no further call follows. The
 * callback may call this library. It must return (no longjmp, no C++ exception). The transfer pauses while it
 * runs.
 */
typedef int32_t (*swg_progress_fn)(void *ctx, const uint8_t *blob, size_t blob_len, int64_t done,
                                   int64_t total);

#ifdef __cplusplus
}
#endif

#endif
