/*
 * Shim between dev.stowage.wasm.RustNative and the Rust core. Each function converts, checks, calls,
 * converts; it adds no logic.
 *
 * The prototypes, the table for RegisterNatives and JNI_OnLoad come from stowage_contract.h, which is
 * generated from the class file. Statuses, ownership and threads are documented in stowage_wasm_rust.h.
 * Results returned with an exception pending are ignored by the JVM.
 */
#define STOWAGE_CONTRACT_ONLOAD
#include "stowage_contract.h"

#include "common.h"
#include "stowage_wasm_rust.h"

/* The context of host_call: lives on the stack of the outer call, on whose thread the core calls back. */
typedef struct host_context {
  JNIEnv *env;
  jobject function;
} host_context;

/* A swr_host_fn. Non-zero, with a Java exception left pending, if the host function threw. */
static int32_t host_call(void *ctx, int64_t argument, int64_t *result) {
  const host_context *host = ctx;
  JNIEnv *env = host->env;
  jlong value = (*env)->CallStaticLongMethod(env, stowage_upcalls.RustNative, stowage_upcalls.RustNative_host,
                                             host->function, (jlong)argument);
  if ((*env)->ExceptionCheck(env)) {
    return 1;
  }
  *result = value;
  return 0;
}

/* The host of a call; no host function if the Java object is null. */
static swr_host host_of(host_context *context) {
  return (swr_host){.call = context->function == NULL ? NULL : host_call, .ctx = context};
}

/* Does nothing for SWR_OK, when there is no error to free; else frees it and leaves an exception pending. */
static void check(JNIEnv *env, int32_t status, swr_buffer *error) {
  if (status != SWR_OK) {
    stowage_fail(env, stowage_upcalls.RustNative, stowage_upcalls.RustNative_fail, status, error->ptr,
                 error->len);
    swr_buffer_free(error);
  }
}

/* Frees both buffers. The result as a byte[], or NULL with an exception pending. */
static jbyteArray take(JNIEnv *env, int32_t status, swr_buffer *result, swr_buffer *error) {
  jbyteArray array = NULL;
  check(env, status, error);
  if (status == SWR_OK) {
    array = stowage_out(env, result->ptr, result->len);
  }
  swr_buffer_free(result);
  return array;
}

void JNICALL RustNative_validate(JNIEnv *env, jclass cls, jbyteArray array, jobject direct, jint offset,
                                 jint length) {
  (void)cls;
  stowage_in in;
  swr_buffer error = {0};
  if (stowage_in_source(env, array, direct, offset, length, &in)) {
    int32_t status = swr_validate(in.ptr, in.len, &error);
    stowage_in_free(&in);
    check(env, status, &error);
  }
}

jbyteArray JNICALL RustNative_describe(JNIEnv *env, jclass cls, jbyteArray array, jobject direct, jint offset,
                                       jint length) {
  (void)cls;
  stowage_in in;
  swr_buffer description = {0};
  swr_buffer error = {0};
  if (!stowage_in_source(env, array, direct, offset, length, &in)) {
    return NULL;
  }
  int32_t status = swr_describe(in.ptr, in.len, &description, &error);
  stowage_in_free(&in);
  return take(env, status, &description, &error);
}

jbyteArray JNICALL RustNative_sha256(JNIEnv *env, jclass cls, jbyteArray array, jobject direct, jint offset,
                                     jint length) {
  (void)cls;
  stowage_in in;
  uint8_t digest[32];
  swr_buffer error = {0};
  if (!stowage_in_source(env, array, direct, offset, length, &in)) {
    return NULL;
  }
  int32_t status = swr_sha256(in.ptr, in.len, digest, &error);
  stowage_in_free(&in);
  check(env, status, &error);
  return status == SWR_OK ? stowage_out(env, digest, sizeof digest) : NULL;
}

jlong JNICALL RustNative_instanceOpen(JNIEnv *env, jclass cls, jbyteArray module, jlong fuel,
                                      jobject function) {
  (void)cls;
  stowage_in in;
  uint64_t handle = 0;
  swr_buffer error = {0};
  if (!stowage_in_bytes(env, module, &in)) {
    return 0;
  }
  host_context context = {.env = env, .function = function};
  swr_host host = host_of(&context);
  int32_t status = swr_instance_open(in.ptr, in.len, (uint64_t)fuel, &host, &handle, &error);
  stowage_in_free(&in);
  check(env, status, &error);
  return (jlong)handle;
}

jlong JNICALL RustNative_instanceCall(JNIEnv *env, jclass cls, jlong handle, jbyteArray export,
                                      jlongArray args, jobject function) {
  (void)cls;
  stowage_in name;
  stowage_longs longs;
  int64_t result = 0;
  swr_buffer error = {0};
  if (!stowage_in_bytes(env, export, &name)) {
    return 0;
  }
  if (!stowage_in_longs(env, args, &longs)) {
    stowage_in_free(&name);
    return 0;
  }
  host_context context = {.env = env, .function = function};
  swr_host host = host_of(&context);
  int32_t status =
      swr_instance_call((uint64_t)handle, name.ptr, name.len, longs.ptr, longs.len, &host, &result, &error);
  stowage_in_free(&name);
  stowage_longs_free(&longs);
  check(env, status, &error);
  return result;
}

void JNICALL RustNative_instanceClose(JNIEnv *env, jclass cls, jlong handle) {
  (void)cls;
  swr_buffer error = {0};
  check(env, swr_instance_close((uint64_t)handle, &error), &error);
}

jbyteArray JNICALL RustNative_version(JNIEnv *env, jclass cls) {
  (void)cls;
  swr_buffer version = {0};
  swr_buffer error = {0};
  int32_t status = swr_version(&version, &error);
  return take(env, status, &version, &error);
}

jlong JNICALL RustNative_liveHandles(JNIEnv *env, jclass cls) {
  (void)cls;
  int64_t count = 0;
  swr_buffer none = {0};
  check(env, swr_live_handles(&count), &none);
  return count;
}

jlong JNICALL RustNative_nativeBytes(JNIEnv *env, jclass cls) {
  (void)cls;
  int64_t bytes = 0;
  swr_buffer none = {0};
  check(env, swr_native_bytes(&bytes), &none);
  return bytes;
}

void JNICALL RustNative_probePanic(JNIEnv *env, jclass cls, jbyteArray text) {
  (void)cls;
  stowage_in in;
  swr_buffer error = {0};
  if (stowage_in_bytes(env, text, &in)) {
    int32_t status = swr_probe_panic(in.ptr, in.len, &error);
    stowage_in_free(&in);
    check(env, status, &error);
  }
}
