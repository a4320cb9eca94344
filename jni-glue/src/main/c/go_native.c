/*
 * Shim between dev.stowage.wasm.GoNative and the Go core. Each function converts, checks, calls, converts; it
 * adds no logic.
 *
 * The prototypes, the table for RegisterNatives and JNI_OnLoad come from stowage_contract.h, which is
 * generated from the class file. Statuses, ownership and threads are documented in stowage_wasm_go.h. Results
 * returned with an exception pending are ignored by the JVM.
 */
#define STOWAGE_CONTRACT_ONLOAD
#include "stowage_contract.h"

#include "common.h"
#include "stowage_wasm_go.h"

#include <string.h>

/* The context of report: lives on the stack of the outer call, on whose thread the core calls back. */
typedef struct progress_context {
  JNIEnv *env;
  jobject listener;
} progress_context;

/* A swg_progress_fn. Non-zero, with a Java exception left pending, if the listener threw. */
static int32_t report(void *ctx, const uint8_t *blob, size_t blob_len, int64_t done, int64_t total) {
  (void)blob;
  (void)blob_len;
  const progress_context *progress = ctx;
  JNIEnv *env = progress->env;
  (*env)->CallStaticVoidMethod(env, stowage_upcalls.GoNative, stowage_upcalls.GoNative_progress,
                               progress->listener, (jlong)done, (jlong)total);
  return (*env)->ExceptionCheck(env) ? 1 : 0;
}

/* Does nothing for SWG_OK, when there is no error to free; else frees it and leaves an exception pending. */
static void check(JNIEnv *env, int32_t status, swg_buffer *error) {
  if (status != SWG_OK) {
    stowage_fail(env, stowage_upcalls.GoNative, stowage_upcalls.GoNative_fail, status, error->ptr,
                 error->len);
    swg_buffer_free(error);
  }
}

/* Frees both buffers. The result as a byte[], or NULL with an exception pending. */
static jbyteArray take(JNIEnv *env, int32_t status, swg_buffer *result, swg_buffer *error) {
  jbyteArray array = NULL;
  check(env, status, error);
  if (status == SWG_OK) {
    array = stowage_out(env, result->ptr, result->len);
  }
  swg_buffer_free(result);
  return array;
}

/* Leaves in *artifact the fourth string of the record, the module's digest. */
static void keep_module_digest(swg_buffer *artifact) {
  size_t at = 0;
  uint32_t len = 0;
  for (int i = 0; i < 4 && artifact->len - at >= sizeof len; i++) {
    at += len;
    memcpy(&len, artifact->ptr + at, sizeof len);
    at += sizeof len;
  }
  if (artifact->len > 0) {
    memmove(artifact->ptr, artifact->ptr + at, len);
    artifact->len = len;
  }
}

jbyteArray JNICALL GoNative_pull(JNIEnv *env, jclass cls, jbyteArray reference, jbyteArray file, jlong token,
                                 jobject listener) {
  (void)cls;
  stowage_in ref;
  stowage_in out;
  swg_buffer digest = {0};
  swg_buffer error = {0};
  if (!stowage_in_bytes(env, reference, &ref)) {
    return NULL;
  }
  if (!stowage_in_bytes(env, file, &out)) {
    stowage_in_free(&ref);
    return NULL;
  }
  progress_context context = {.env = env, .listener = listener};
  swg_progress_fn progress = listener == NULL ? NULL : report;
  int32_t status = swg_pull(ref.ptr, ref.len, out.ptr, out.len, NULL, 0, (uint64_t)token, progress, &context,
                            &digest, &error);
  keep_module_digest(&digest);
  stowage_in_free(&ref);
  stowage_in_free(&out);
  return take(env, status, &digest, &error);
}

jbyteArray JNICALL GoNative_pack(JNIEnv *env, jclass cls, jbyteArray file, jbyteArray layout_dir,
                                 jbyteArray tag) {
  (void)cls;
  stowage_in in[3];
  jbyteArray const arrays[3] = {file, layout_dir, tag};
  swg_buffer digest = {0};
  swg_buffer error = {0};
  int taken = 0;
  while (taken < 3 && stowage_in_bytes(env, arrays[taken], &in[taken])) {
    taken++;
  }
  int32_t status = SWG_OK;
  if (taken == 3) {
    status = swg_pack(in[0].ptr, in[0].len, in[1].ptr, in[1].len, in[2].ptr, in[2].len, &digest, &error);
  }
  for (int i = 0; i < taken; i++) {
    stowage_in_free(&in[i]);
  }
  return taken == 3 ? take(env, status, &digest, &error) : NULL;
}

jlong JNICALL GoNative_tokenOpen(JNIEnv *env, jclass cls) {
  (void)cls;
  uint64_t token = 0;
  swg_buffer error = {0};
  check(env, swg_token_open(&token, &error), &error);
  return (jlong)token;
}

void JNICALL GoNative_tokenCancel(JNIEnv *env, jclass cls, jlong token) {
  (void)cls;
  swg_buffer error = {0};
  check(env, swg_token_cancel((uint64_t)token, &error), &error);
}

void JNICALL GoNative_tokenClose(JNIEnv *env, jclass cls, jlong token) {
  (void)cls;
  swg_buffer error = {0};
  check(env, swg_token_close((uint64_t)token, &error), &error);
}

jbyteArray JNICALL GoNative_version(JNIEnv *env, jclass cls) {
  (void)cls;
  swg_buffer version = {0};
  swg_buffer error = {0};
  int32_t status = swg_version(&version, &error);
  return take(env, status, &version, &error);
}

jlong JNICALL GoNative_liveHandles(JNIEnv *env, jclass cls) {
  (void)cls;
  int64_t count = 0;
  swg_buffer none = {0};
  check(env, swg_live_handles(&count), &none);
  return count;
}

jlong JNICALL GoNative_nativeBytes(JNIEnv *env, jclass cls) {
  (void)cls;
  int64_t bytes = 0;
  swg_buffer none = {0};
  check(env, swg_native_bytes(&bytes), &none);
  return bytes;
}

void JNICALL GoNative_probePanic(JNIEnv *env, jclass cls, jint where, jbyteArray text) {
  (void)cls;
  stowage_in in;
  swg_buffer error = {0};
  if (stowage_in_bytes(env, text, &in)) {
    int32_t status = swg_probe_panic(where, in.ptr, in.len, &error);
    stowage_in_free(&in);
    check(env, status, &error);
  }
}
