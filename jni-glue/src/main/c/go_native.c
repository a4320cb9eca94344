/*
 * Shim between GoNative.java and the Go core: each function converts its arguments, calls the core and
 * converts the result, without logic. stowage_jni.h documents the conversions, stowage_wasm_go.h the core.
 * The JVM ignores results that are returned with an exception pending.
 */
#define STOWAGE_CONTRACT_ONLOAD
#include "stowage_contract.h"
#include "stowage_jni.h"
#include "stowage_wasm_go.h"

STOWAGE_CORE_ABI(swg, GoNative_fail);

/* A swg_progress_fn. ctx is the listener. Returns non-zero, with an exception pending, if that threw. */
static int32_t report(void *ctx, const uint8_t *blob, size_t blob_len, int64_t done, int64_t total) {
  const stowage_object *listener = ctx;
  JNIEnv *env = listener->env;
  STOWAGE_LOCAL_OR_RETURN(name, stowage_byte_array(env, blob, blob_len), 1);
  stowage_upcall_GoNative_progress(env, listener->ref, name.ref, done, total);
  return (*env)->ExceptionCheck(env);
}

/* The common signature of swg_pull, swg_push and swg_copy, which transfer from the first to the second. */
typedef int32_t transfer_fn(const uint8_t *first, size_t first_len, const uint8_t *second, size_t second_len,
                            const uint8_t *options, size_t options_len, uint64_t token,
                            swg_progress_fn progress, void *ctx, swg_buffer *artifact, swg_buffer *error);

/* The options may include a password. */
static jbyteArray transfer(JNIEnv *env, transfer_fn *function, jbyteArray first, jbyteArray second,
                           jbyteArray options, jlong token, jobject listener) {
  STOWAGE_BYTES_OR_RETURN(from, first, NULL);
  STOWAGE_BYTES_OR_RETURN(to, second, NULL);
  STOWAGE_SECRET_OR_RETURN(settings, options, NULL);
  stowage_object context = {env, listener};
  STOWAGE_RETURN_BYTES(function(from.ptr, from.len, to.ptr, to.len, settings.ptr, settings.len, token,
                                listener == NULL ? NULL : report, &context, &result, &error));
}

/* The common signature of swg_resolve and swg_tags. */
typedef int32_t query_fn(const uint8_t *what, size_t what_len, const uint8_t *options, size_t options_len,
                         uint64_t token, swg_buffer *answer, swg_buffer *error);

static jbyteArray query(JNIEnv *env, query_fn *function, jbyteArray what, jbyteArray options, jlong token) {
  STOWAGE_BYTES_OR_RETURN(in, what, NULL);
  STOWAGE_SECRET_OR_RETURN(settings, options, NULL);
  STOWAGE_RETURN_BYTES(function(in.ptr, in.len, settings.ptr, settings.len, token, &result, &error));
}

jbyteArray JNICALL GoNative_pull(JNIEnv *env, jclass cls, jbyteArray reference, jbyteArray file,
                                 jbyteArray options, jlong token, jobject listener) {
  return transfer(env, swg_pull, reference, file, options, token, listener);
}

jbyteArray JNICALL GoNative_push(JNIEnv *env, jclass cls, jbyteArray file, jbyteArray reference,
                                 jbyteArray options, jlong token, jobject listener) {
  return transfer(env, swg_push, file, reference, options, token, listener);
}

jbyteArray JNICALL GoNative_copy(JNIEnv *env, jclass cls, jbyteArray from, jbyteArray to, jbyteArray options,
                                 jlong token, jobject listener) {
  return transfer(env, swg_copy, from, to, options, token, listener);
}

jbyteArray JNICALL GoNative_resolve(JNIEnv *env, jclass cls, jbyteArray reference, jbyteArray options,
                                    jlong token) {
  return query(env, swg_resolve, reference, options, token);
}

jbyteArray JNICALL GoNative_tags(JNIEnv *env, jclass cls, jbyteArray repository, jbyteArray options,
                                 jlong token) {
  return query(env, swg_tags, repository, options, token);
}

jlong JNICALL GoNative_tokenOpen(JNIEnv *env, jclass cls) {
  uint64_t token = 0;
  STOWAGE_CALL_OR_RETURN(swg_token_open(&token, &error), 0);
  return token;
}

void JNICALL GoNative_tokenCancel(JNIEnv *env, jclass cls, jlong token) {
  STOWAGE_CALL_OR_RETURN(swg_token_cancel(token, &error));
}

void JNICALL GoNative_tokenClose(JNIEnv *env, jclass cls, jlong token) {
  STOWAGE_CALL_OR_RETURN(swg_token_close(token, &error));
}

jbyteArray JNICALL GoNative_version(JNIEnv *env, jclass cls) {
  STOWAGE_RETURN_BYTES(swg_version(&result, &error));
}

jlong JNICALL GoNative_liveHandles(JNIEnv *env, jclass cls) {
  int64_t count = 0;
  STOWAGE_CALL_OR_RETURN(swg_live_handles(&count), 0);
  return count;
}

jlong JNICALL GoNative_nativeBytes(JNIEnv *env, jclass cls) {
  int64_t bytes = 0;
  STOWAGE_CALL_OR_RETURN(swg_native_bytes(&bytes), 0);
  return bytes;
}

void JNICALL GoNative_probePanic(JNIEnv *env, jclass cls, jint where, jbyteArray text) {
  STOWAGE_BYTES_OR_RETURN(in, text);
  STOWAGE_CALL_OR_RETURN(swg_probe_panic(where, in.ptr, in.len, &error));
}
