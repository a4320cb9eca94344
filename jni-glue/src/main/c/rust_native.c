/*
 * Shim between RustNative.java and the Rust core: each function converts its arguments, calls the core and
 * converts the result, without logic. stowage_jni.h documents the conversions, stowage_wasm_rust.h the core.
 * The JVM ignores results that are returned with an exception pending.
 */
#define STOWAGE_CONTRACT_ONLOAD
#include "stowage_contract.h"
#include "stowage_jni.h"
#include "stowage_wasm_rust.h"

STOWAGE_CORE_ABI(swr, RustNative_fail);

/* The context of the callbacks of one call, on the stack of that call, on whose thread the core calls back.
 */
typedef struct host_context {
  JNIEnv *env;
  jobject host_functions;
  jobject call_buffer;
  const uint64_t *handle; /* the instance's; swr_instance_open sets it before it runs anything */
  uint8_t *shared;        /* the memory of call_buffer; NULL until the first host call */
} host_context;

/* A swr_host_fn. Returns non-zero, with a Java exception left pending, if the host function threw.
 * HostFunctions.java documents the layout of the call buffer. */
static int32_t call_host(void *ctx, uint32_t import, const uint64_t *args, uint64_t *results) {
  host_context *host = ctx;
  JNIEnv *env = host->env;
  if (host->shared == NULL) {
    host->shared = (*env)->GetDirectBufferAddress(env, host->call_buffer);
  }
  uint64_t begin;
  uint32_t counts[2];
  memcpy(&begin, host->shared, sizeof begin);
  memcpy(counts, host->shared + sizeof begin + import * sizeof counts, sizeof counts);
  memcpy(host->shared + begin, args, counts[0] * sizeof *args);
  stowage_upcall_RustNative_host(env, host->host_functions, import, *host->handle);
  if ((*env)->ExceptionCheck(env)) {
    return 1;
  }
  memcpy(results, host->shared + begin, counts[1] * sizeof *results);
  return 0;
}

/* A swr_output_fn. Returns non-zero, with a Java exception left pending, if the stream threw. */
static int32_t write_output(void *ctx, int32_t stream, const uint8_t *bytes, size_t len) {
  const host_context *host = ctx;
  JNIEnv *env = host->env;
  STOWAGE_LOCAL_OR_RETURN(array, stowage_byte_array(env, bytes, len), 1);
  stowage_upcall_RustNative_output(env, host->host_functions, stream, array.ref);
  return (*env)->ExceptionCheck(env);
}

/* The callbacks of one call. Without a call buffer there is no host function. */
static swr_host host_of(host_context *context) {
  swr_host_fn call = context->call_buffer == NULL ? NULL : call_host;
  return (swr_host){.call = call, .write = write_output, .ctx = context};
}

/* A swr_view_fn. ctx is the view. Returns non-zero, with a Java exception left pending, if the view threw. */
static int32_t show(void *ctx, uint8_t *bytes, size_t len) {
  const stowage_object *view = ctx;
  JNIEnv *env = view->env;
  jobject buffer = len > INT32_MAX ? NULL : (*env)->NewDirectByteBuffer(env, bytes, (jlong)len);
  if (buffer == NULL && len <= INT32_MAX) {
    return 1;
  }
  stowage_upcall_RustNative_view(env, view->ref, buffer);
  return (*env)->ExceptionCheck(env);
}

void JNICALL RustNative_validate(JNIEnv *env, jclass cls, jbyteArray array, jobject direct, jint offset,
                                 jint length) {
  STOWAGE_RANGE_OR_RETURN(wasm, array, direct, offset, length);
  STOWAGE_CALL_OR_RETURN(swr_validate(wasm.ptr, wasm.len, &error));
}

jbyteArray JNICALL RustNative_describe(JNIEnv *env, jclass cls, jbyteArray array, jobject direct, jint offset,
                                       jint length) {
  STOWAGE_RANGE_OR_RETURN(wasm, array, direct, offset, length, NULL);
  STOWAGE_RETURN_BYTES(swr_describe(wasm.ptr, wasm.len, &result, &error));
}

jbyteArray JNICALL RustNative_sha256(JNIEnv *env, jclass cls, jbyteArray array, jobject direct, jint offset,
                                     jint length) {
  uint8_t digest[32];
  STOWAGE_RANGE_OR_RETURN(data, array, direct, offset, length, NULL);
  STOWAGE_CALL_OR_RETURN(swr_sha256(data.ptr, data.len, digest, &error), NULL);
  return stowage_byte_array(env, digest, sizeof digest);
}

jbyteArray JNICALL RustNative_sha512(JNIEnv *env, jclass cls, jbyteArray array, jobject direct, jint offset,
                                     jint length) {
  uint8_t digest[64];
  STOWAGE_RANGE_OR_RETURN(data, array, direct, offset, length, NULL);
  STOWAGE_CALL_OR_RETURN(swr_sha512(data.ptr, data.len, digest, &error), NULL);
  return stowage_byte_array(env, digest, sizeof digest);
}

jlong JNICALL RustNative_tokenOpen(JNIEnv *env, jclass cls) {
  uint64_t token = 0;
  STOWAGE_CALL_OR_RETURN(swr_token_open(&token, &error), 0);
  return token;
}

void JNICALL RustNative_tokenCancel(JNIEnv *env, jclass cls, jlong token) {
  STOWAGE_CALL_OR_RETURN(swr_token_cancel(token, &error));
}

void JNICALL RustNative_tokenClose(JNIEnv *env, jclass cls, jlong token) {
  STOWAGE_CALL_OR_RETURN(swr_token_close(token, &error));
}

jlong JNICALL RustNative_instanceOpen(JNIEnv *env, jclass cls, jbyteArray array, jobject direct, jint offset,
                                      jint length, jlong fuel, jlong memory_pages, jlong table_elements,
                                      jint call_depth, jbyteArray imports, jbyteArray wasi, jlong token,
                                      jobject host_functions, jobject call_buffer) {
  STOWAGE_RANGE_OR_RETURN(wasm, array, direct, offset, length, 0);
  STOWAGE_BYTES_OR_RETURN(list, imports, 0);
  STOWAGE_BYTES_OR_RETURN(world, wasi, 0);
  const swr_limits limits = {
      .fuel = fuel, .memory_pages = memory_pages, .table_elements = table_elements, .call_depth = call_depth};
  uint64_t handle = 0;
  const swr_host host = host_of(&(host_context){env, host_functions, call_buffer, &handle, NULL});
  STOWAGE_CALL_OR_RETURN(swr_instance_open(wasm.ptr, wasm.len, &limits, list.ptr, list.len, world.ptr,
                                           world.len, token, &host, &handle, &error),
                         0);
  return handle;
}

jbyteArray JNICALL RustNative_instanceFunction(JNIEnv *env, jclass cls, jobject keep, jlong handle,
                                               jbyteArray name, jintArray number) {
  STOWAGE_BYTES_OR_RETURN(in, name, NULL);
  STOWAGE_BUFFER(type);
  uint32_t function = 0;
  STOWAGE_CALL_OR_RETURN(swr_instance_function(handle, in.ptr, in.len, &function, &type, &error), NULL);
  jbyteArray text = stowage_byte_array(env, type.ptr, type.len);
  if (text != NULL) {
    (*env)->SetIntArrayRegion(env, number, 0, 1, (const jint *)&function);
  }
  return text;
}

void JNICALL RustNative_instanceCall(JNIEnv *env, jclass cls, jobject keep, jlong handle, jint function,
                                     jlongArray args, jlongArray results, jlong token, jobject host_functions,
                                     jobject call_buffer) {
  STOWAGE_SLOTS_OR_RETURN(in, args);
  STOWAGE_SLOT_ROOM_OR_RETURN(out, results);
  const uint64_t id = handle;
  const swr_host host = host_of(&(host_context){env, host_functions, call_buffer, &id, NULL});
  STOWAGE_CALL_OR_RETURN(
      swr_instance_call(id, function, in.ptr, in.len, token, &host, out.ptr, out.len, &error));
  stowage_slots_out(env, results, &out);
}

jint JNICALL RustNative_instanceRun(JNIEnv *env, jclass cls, jobject keep, jlong handle, jlong token,
                                    jobject host_functions, jobject call_buffer) {
  const uint64_t id = handle;
  int32_t exit_code = 0;
  const swr_host host = host_of(&(host_context){env, host_functions, call_buffer, &id, NULL});
  STOWAGE_CALL_OR_RETURN(swr_instance_run(id, token, &host, &exit_code, &error), 0);
  return exit_code;
}

void JNICALL RustNative_instanceClose(JNIEnv *env, jclass cls, jlong handle) {
  STOWAGE_CALL_OR_RETURN(swr_instance_close(handle, &error));
}

jlong JNICALL RustNative_memorySize(JNIEnv *env, jclass cls, jobject keep, jlong handle, jbyteArray name) {
  STOWAGE_BYTES_OR_RETURN(in, name, 0);
  uint64_t bytes = 0;
  STOWAGE_CALL_OR_RETURN(swr_memory_size(handle, in.ptr, in.len, &bytes, &error), 0);
  return bytes;
}

void JNICALL RustNative_memoryRead(JNIEnv *env, jclass cls, jobject keep, jlong handle, jbyteArray name,
                                   jlong at, jbyteArray array, jobject direct, jint offset, jint length) {
  STOWAGE_BYTES_OR_RETURN(in, name);
  STOWAGE_ROOM_OR_RETURN(room, array, direct, offset, length);
  STOWAGE_CALL_OR_RETURN(swr_memory_read(handle, in.ptr, in.len, at, room.ptr, room.len, &error));
  stowage_room_out(env, array, offset, &room);
}

void JNICALL RustNative_memoryWrite(JNIEnv *env, jclass cls, jobject keep, jlong handle, jbyteArray name,
                                    jlong at, jbyteArray array, jobject direct, jint offset, jint length) {
  STOWAGE_BYTES_OR_RETURN(in, name);
  STOWAGE_RANGE_OR_RETURN(bytes, array, direct, offset, length);
  STOWAGE_CALL_OR_RETURN(swr_memory_write(handle, in.ptr, in.len, at, bytes.ptr, bytes.len, &error));
}

jlong JNICALL RustNative_memoryGrow(JNIEnv *env, jclass cls, jobject keep, jlong handle, jbyteArray name,
                                    jlong pages) {
  STOWAGE_BYTES_OR_RETURN(in, name, 0);
  uint64_t before = 0;
  STOWAGE_CALL_OR_RETURN(swr_memory_grow(handle, in.ptr, in.len, pages, &before, &error), 0);
  return before;
}

void JNICALL RustNative_memoryView(JNIEnv *env, jclass cls, jobject keep, jlong handle, jbyteArray name,
                                   jobject view) {
  STOWAGE_BYTES_OR_RETURN(in, name);
  stowage_object context = {env, view};
  STOWAGE_CALL_OR_RETURN(swr_memory_view(handle, in.ptr, in.len, show, &context, &error));
}

jlong JNICALL RustNative_globalGet(JNIEnv *env, jclass cls, jobject keep, jlong handle, jbyteArray name) {
  STOWAGE_BYTES_OR_RETURN(in, name, 0);
  uint64_t value = 0;
  STOWAGE_CALL_OR_RETURN(swr_global_get(handle, in.ptr, in.len, &value, NULL, &error), 0);
  return value;
}

jbyteArray JNICALL RustNative_globalType(JNIEnv *env, jclass cls, jobject keep, jlong handle,
                                         jbyteArray name) {
  STOWAGE_BYTES_OR_RETURN(in, name, NULL);
  uint64_t value = 0;
  STOWAGE_RETURN_BYTES(swr_global_get(handle, in.ptr, in.len, &value, &result, &error));
}

void JNICALL RustNative_globalSet(JNIEnv *env, jclass cls, jobject keep, jlong handle, jbyteArray name,
                                  jlong value) {
  STOWAGE_BYTES_OR_RETURN(in, name);
  STOWAGE_CALL_OR_RETURN(swr_global_set(handle, in.ptr, in.len, value, &error));
}

jbyteArray JNICALL RustNative_version(JNIEnv *env, jclass cls) {
  STOWAGE_RETURN_BYTES(swr_version(&result, &error));
}

jlong JNICALL RustNative_liveHandles(JNIEnv *env, jclass cls) {
  int64_t count = 0;
  STOWAGE_CALL_OR_RETURN(swr_live_handles(&count), 0);
  return count;
}

jlong JNICALL RustNative_nativeBytes(JNIEnv *env, jclass cls) {
  int64_t bytes = 0;
  STOWAGE_CALL_OR_RETURN(swr_native_bytes(&bytes), 0);
  return bytes;
}

void JNICALL RustNative_probePanic(JNIEnv *env, jclass cls, jbyteArray text) {
  STOWAGE_BYTES_OR_RETURN(in, text);
  STOWAGE_CALL_OR_RETURN(swr_probe_panic(in.ptr, in.len, &error));
}
