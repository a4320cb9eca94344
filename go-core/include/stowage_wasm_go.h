/* Written by go-core/ci/header from go-core/export. Change it there. */
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

/*
 * Gives the version of this library, for example "0.1.0", in a buffer owned by the caller. Thread safe.
 */
int32_t swg_version(swg_buffer *out, swg_buffer *error);

/*
 * Counts the tokens that are open now. Returns SWG_INVALID_ARGUMENT when out is NULL. Thread safe.
 */
int32_t swg_live_handles(int64_t *out);

/*
 * Counts the bytes (caps) of owned buffers that were not yet freed and of open tokens. Zero when the
 * caller has given everything back. Returns SWG_INVALID_ARGUMENT when out is NULL. Thread safe.
 */
int32_t swg_native_bytes(int64_t *out);

/*
 * Frees what a function of this library put into *buffer and sets it to {NULL, 0, 0}. NULL and empty
 * buffers are fine, so a second call is too. Not for buffers of another library. Any thread, one thread
 * at a time for one buffer.
 */
void swg_buffer_free(swg_buffer *buffer);

/*
 * Panics on purpose, so that a program can prove that its own process survives it: where 0 in this
 * call, where 1 in a goroutine of the core, on another thread. Returns SWG_PANIC, with an error of msg and
 * "(file:line)"; SWG_INVALID_ARGUMENT for another where. Thread safe.
 */
int32_t swg_probe_panic(int32_t where, const uint8_t *msg, size_t msg_len, swg_buffer *error);

/*
 * Pulls one Wasm module into a file. See "References", "Options", "Artifact" and "Network" above.
 *
 * ref names a manifest in the CNCF Wasm layout (config application/vnd.wasm.config.v0+json, layer
 * application/wasm) or in that of wasm-to-oci (config application/vnd.wasm.config.v1+json, layer
 * application/vnd.wasm.content.layer.v1+wasm), with exactly one such layer; or an index with such
 * manifests, of which the option platform chooses one. Without that option there must be just one.
 *
 * out_file is the path to write. The bytes go to a new file beside it, .stowage-*.part, and take its
 * place by rename when their digest is right: out_file is the old file, or the whole new one, at every
 * moment. After a failure the old file is as it was and no .part file is left (a killed process
 * leaves its own). A symbolic link is replaced, not followed. Mode 0644 less the process's umask.
 *
 * token is 0, or an open token: swg_token_cancel ends the pull with SWG_CANCELED. progress may be NULL;
 * it and ctx are used until the function returns.
 * artifact receives a record, owned by the caller.
 *
 * Blocks until done. Thread safe, also for pulls to the same out_file: the last to finish wins, whole.
 */
int32_t swg_pull(const uint8_t *ref, size_t ref_len, const uint8_t *out_file, size_t out_file_len,
                 const uint8_t *options, size_t options_len, uint64_t token, swg_progress_fn progress,
                 void *ctx, swg_buffer *artifact, swg_buffer *error);

/*
 * Tells what a reference names, without moving a blob: the manifest, or, of an index, the manifest that the
 * option platform chooses, or without that option the index itself. Any artifact will do.
 * token, artifact, errors and threads as for swg_pull.
 */
int32_t swg_resolve(const uint8_t *ref, size_t ref_len, const uint8_t *options, size_t options_len,
                    uint64_t token, swg_buffer *artifact, swg_buffer *error);

/*
 * Stores one Wasm module, in the CNCF Wasm layout, where a reference points to: in a registry, or in an
 * image layout directory, which is made when missing.
 *
 * file is the path of a WebAssembly module (binary format, version 1; a component is SWG_UNSUPPORTED).
 * A tag that is there already moves to this module. The same module gives the same manifest, byte for
 * byte, at any time and under any file name. Blobs that are there already are not sent again.
 * token, progress, ctx, artifact as for swg_pull; progress is told of the module and of its config.
 *
 * Into a layout, blobs come first, index.json is replaced by rename last: a process that is killed leaves
 * a layout that is as good as before. Threads and processes take turns. Thread safe.
 */
int32_t swg_push(const uint8_t *file, size_t file_len, const uint8_t *ref, size_t ref_len,
                 const uint8_t *options, size_t options_len, uint64_t token, swg_progress_fn progress,
                 void *ctx, swg_buffer *artifact, swg_buffer *error);

/*
 * Copies what a reference names, with everything it refers to, from a registry or layout to a registry or
 * layout. Any OCI or Docker manifest will do, Wasm or not; manifests keep their bytes and so their digest.
 * Of an index all manifests are copied, unless the option platform chooses one. Blobs that are there
 * already are not sent again; the manifest comes last.
 * options hold for both ends; username and password are refused with SWG_INVALID_ARGUMENT when these are
 * two different registries. token, progress, ctx, artifact as for swg_pull; layouts as for swg_push.
 */
int32_t swg_copy(const uint8_t *from, size_t from_len, const uint8_t *to, size_t to_len,
                 const uint8_t *options, size_t options_len, uint64_t token, swg_progress_fn progress,
                 void *ctx, swg_buffer *artifact, swg_buffer *error);

/*
 * Lists the tags of host[:port]/repository or oci:<directory>; a tag or digest there is
 * SWG_INVALID_REFERENCE. out receives a list of strings, sorted, owned by the caller.
 * token, errors and threads as for swg_pull.
 */
int32_t swg_tags(const uint8_t *ref, size_t ref_len, const uint8_t *options, size_t options_len,
                 uint64_t token, swg_buffer *out, swg_buffer *error);

/*
 * Opens a cancel token. out receives its handle, to be closed with swg_token_close. Thread safe.
 */
int32_t swg_token_open(uint64_t *out, swg_buffer *error);

/*
 * Cancels every operation that uses the token, now and later: each returns SWG_CANCELED. Returns at once;
 * it does not wait for them. Cancelling twice is SWG_OK. What is in place already is not undone.
 * Any thread, also a progress callback.
 */
int32_t swg_token_cancel(uint64_t token, swg_buffer *error);

/*
 * Closes a token. An operation that uses it goes on and can no longer be canceled. Closing it again is
 * SWG_OK; 0 and numbers that were never a handle are SWG_INVALID_ARGUMENT. Any thread.
 */
int32_t swg_token_close(uint64_t token, swg_buffer *error);

#ifdef __cplusplus
}
#endif

#endif
