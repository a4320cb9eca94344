/*
 * Shim between dev.stowage.wasm.internal.GoNative and the Go core. Each function converts its arguments,
 * calls the core and converts the result; it adds no logic.
 *
 * The prototypes, the table for RegisterNatives and JNI_OnLoad come from stowage_contract.h, which is
 * generated from the class file. Statuses, ownership and threads are documented in stowage_wasm_go.h. Results
 * returned with an exception pending are ignored by the JVM.
 */
#define STOWAGE_CONTRACT_ONLOAD
#include "stowage_contract.h"

#include "common.h"
#include "stowage_wasm_go.h"

/* The context of report. It lives on the stack of the outer call, on whose thread the core calls back. */
typedef struct progress_context {
  JNIEnv *env;
  jobject listener;
} progress_context;

/* A swg_progress_fn. Returns non-zero, with a Java exception left pending, if the listener threw. */
static int32_t report(void *ctx, const uint8_t *blob, size_t blob_len, int64_t done, int64_t total) {
  const progress_context *progress = ctx;
  JNIEnv *env = progress->env;
  jbyteArray name = stowage_out(env, blob, blob_len);
  if (name == NULL) {
    return 1;
  }
  (*env)->CallStaticVoidMethod(env, stowage_upcalls.GoNative, stowage_upcalls.GoNative_progress,
                               progress->listener, name, (jlong)done, (jlong)total);
  /* There is one for each 64 KiB of a transfer; the references would fill the frame of the outer call. */
  (*env)->DeleteLocalRef(env, name);
  return (*env)->ExceptionCheck(env) ? 1 : 0;
}

/* Throws the Java exception for a status and frees the error. SWG_OK has no error, so nothing is done. */
static void check(JNIEnv *env, int32_t status, swg_buffer *error) {
  if (status != SWG_OK) {
    stowage_fail(env, stowage_upcalls.GoNative, stowage_upcalls.GoNative_fail, status, error->ptr,
                 error->len);
    swg_buffer_free(error);
  }
}

/* Frees both buffers. Returns the result as a byte[], or NULL with an exception pending. */
static jbyteArray take(JNIEnv *env, int32_t status, swg_buffer *result, swg_buffer *error) {
  jbyteArray array = NULL;
  check(env, status, error);
  if (status == SWG_OK) {
    array = stowage_out(env, result->ptr, result->len);
  }
  swg_buffer_free(result);
  return array;
}

/* Copies count arrays. On false it has copied none, and an exception is pending. */
static bool take_in(JNIEnv *env, int count, const jbyteArray *arrays, stowage_in *in) {
  for (int i = 0; i < count; i++) {
    if (!stowage_in_bytes(env, arrays[i], &in[i])) {
      while (i > 0) {
        stowage_in_free(&in[--i]);
      }
      return false;
    }
  }
  return true;
}

/* Frees what take_in copied. The last array holds the options, which may include a password: it is
 * overwritten first. Volatile, because the compiler removes writes to memory that is not read again. */
static void give_back(int count, stowage_in *in) {
  stowage_in *options = &in[count - 1];
  volatile uint8_t *secret = options->heap == NULL ? options->stack : options->heap;
  for (size_t i = 0; i < options->len; i++) {
    secret[i] = 0;
  }
  for (int i = 0; i < count; i++) {
    stowage_in_free(&in[i]);
  }
}

/* The common signature of swg_pull, swg_push and swg_copy, which transfer from the first to the second. */
typedef int32_t transfer_fn(const uint8_t *first, size_t first_len, const uint8_t *second, size_t second_len,
                            const uint8_t *options, size_t options_len, uint64_t token,
                            swg_progress_fn progress, void *ctx, swg_buffer *artifact, swg_buffer *error);

static jbyteArray transfer(JNIEnv *env, transfer_fn *function, jbyteArray first, jbyteArray second,
                           jbyteArray options, jlong token, jobject listener) {
  const jbyteArray arrays[3] = {first, second, options};
  stowage_in in[3];
  swg_buffer artifact = {0};
  swg_buffer error = {0};
  if (!take_in(env, 3, arrays, in)) {
    return NULL;
  }
  progress_context context = {.env = env, .listener = listener};
  int32_t status = function(in[0].ptr, in[0].len, in[1].ptr, in[1].len, in[2].ptr, in[2].len, (uint64_t)token,
                            listener == NULL ? NULL : report, &context, &artifact, &error);
  give_back(3, in);
  return take(env, status, &artifact, &error);
}

/* The common signature of swg_resolve and swg_tags. */
typedef int32_t query_fn(const uint8_t *what, size_t what_len, const uint8_t *options, size_t options_len,
                         uint64_t token, swg_buffer *answer, swg_buffer *error);

static jbyteArray query(JNIEnv *env, query_fn *function, jbyteArray what, jbyteArray options, jlong token) {
  const jbyteArray arrays[2] = {what, options};
  stowage_in in[2];
  swg_buffer answer = {0};
  swg_buffer error = {0};
  if (!take_in(env, 2, arrays, in)) {
    return NULL;
  }
  int32_t status = function(in[0].ptr, in[0].len, in[1].ptr, in[1].len, (uint64_t)token, &answer, &error);
  give_back(2, in);
  return take(env, status, &answer, &error);
}

jbyteArray JNICALL GoNative_pull(JNIEnv *env, jclass cls, jbyteArray reference, jbyteArray file,
                                 jbyteArray options, jlong token, jobject listener) {
  (void)cls;
  return transfer(env, swg_pull, reference, file, options, token, listener);
}

jbyteArray JNICALL GoNative_push(JNIEnv *env, jclass cls, jbyteArray file, jbyteArray reference,
                                 jbyteArray options, jlong token, jobject listener) {
  (void)cls;
  return transfer(env, swg_push, file, reference, options, token, listener);
}

jbyteArray JNICALL GoNative_copy(JNIEnv *env, jclass cls, jbyteArray from, jbyteArray to, jbyteArray options,
                                 jlong token, jobject listener) {
  (void)cls;
  return transfer(env, swg_copy, from, to, options, token, listener);
}

jbyteArray JNICALL GoNative_resolve(JNIEnv *env, jclass cls, jbyteArray reference, jbyteArray options,
                                    jlong token) {
  (void)cls;
  return query(env, swg_resolve, reference, options, token);
}

jbyteArray JNICALL GoNative_tags(JNIEnv *env, jclass cls, jbyteArray repository, jbyteArray options,
                                 jlong token) {
  (void)cls;
  return query(env, swg_tags, repository, options, token);
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
