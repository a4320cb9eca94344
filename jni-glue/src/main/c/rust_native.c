/*
 * Shim between dev.stowage.wasm.internal.RustNative and the Rust core. Each function converts its arguments,
 * calls the core and converts the result; it adds no logic.
 *
 * The prototypes, the table for RegisterNatives and JNI_OnLoad come from stowage_contract.h, which is
 * generated from the class file. Statuses, ownership and threads are documented in stowage_wasm_rust.h.
 * Results returned with an exception pending are ignored by the JVM.
 */
#define STOWAGE_CONTRACT_ONLOAD
#include "stowage_contract.h"

#include <string.h>

#include "common.h"
#include "stowage_wasm_rust.h"

/* The context of the callbacks of one call. It lives on the stack of that call, on whose thread the core
 * calls back. */
typedef struct host_context {
  JNIEnv *env;
  jobject host_functions;
  jobject call_buffer;
  uint8_t *shared;        /* the memory of call_buffer; NULL until the first host call */
  const uint64_t *handle; /* the instance's; swr_instance_open sets it before it runs anything */
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
  (*env)->CallStaticVoidMethod(env, stowage_upcalls.RustNative, stowage_upcalls.RustNative_host,
                               host->host_functions, (jint)import, (jlong)*host->handle);
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
  jbyteArray array = stowage_out(env, bytes, len);
  if (array == NULL) {
    return 1;
  }
  (*env)->CallStaticVoidMethod(env, stowage_upcalls.RustNative, stowage_upcalls.RustNative_output,
                               host->host_functions, (jint)stream, array);
  /* A program may write often in one call; the references would fill the frame of that call. */
  (*env)->DeleteLocalRef(env, array);
  return (*env)->ExceptionCheck(env) ? 1 : 0;
}

/* The callbacks of one call. Without a call buffer there is no host function. */
static swr_host host_of(host_context *context) {
  return (swr_host){
      .call = context->call_buffer == NULL ? NULL : call_host, .write = write_output, .ctx = context};
}

/* The context of memoryView. */
typedef struct view_context {
  JNIEnv *env;
  jobject view;
} view_context;

/* A swr_view_fn. Returns non-zero, with a Java exception left pending, if the view threw. */
static int32_t show(void *ctx, uint8_t *bytes, size_t len) {
  const view_context *context = ctx;
  JNIEnv *env = context->env;
  jobject buffer = NULL;
  if (len <= INT32_MAX) {
    buffer = (*env)->NewDirectByteBuffer(env, bytes, (jlong)len);
    if (buffer == NULL) {
      return 1;
    }
  }
  (*env)->CallStaticVoidMethod(env, stowage_upcalls.RustNative, stowage_upcalls.RustNative_view,
                               context->view, buffer);
  return (*env)->ExceptionCheck(env) ? 1 : 0;
}

/* Throws the Java exception for a status and frees the error. SWR_OK has no error, so nothing is done. */
static void check(JNIEnv *env, int32_t status, swr_buffer *error) {
  if (status != SWR_OK) {
    stowage_fail(env, stowage_upcalls.RustNative, stowage_upcalls.RustNative_fail, status, error->ptr,
                 error->len);
    swr_buffer_free(error);
  }
}

/* Frees both buffers. Returns the result as a byte[], or NULL with an exception pending. */
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

/* The common signature of swr_sha256 and swr_sha512. */
typedef int32_t (*digest_fn)(const uint8_t *data, size_t len, uint8_t *out, swr_buffer *error);

static jbyteArray digest(JNIEnv *env, jbyteArray array, jobject direct, jint offset, jint length,
                         digest_fn function, size_t size) {
  stowage_in in;
  uint8_t out[64];
  swr_buffer error = {0};
  if (!stowage_in_source(env, array, direct, offset, length, &in)) {
    return NULL;
  }
  int32_t status = function(in.ptr, in.len, out, &error);
  stowage_in_free(&in);
  check(env, status, &error);
  return status == SWR_OK ? stowage_out(env, out, size) : NULL;
}

jbyteArray JNICALL RustNative_sha256(JNIEnv *env, jclass cls, jbyteArray array, jobject direct, jint offset,
                                     jint length) {
  (void)cls;
  return digest(env, array, direct, offset, length, swr_sha256, 32);
}

jbyteArray JNICALL RustNative_sha512(JNIEnv *env, jclass cls, jbyteArray array, jobject direct, jint offset,
                                     jint length) {
  (void)cls;
  return digest(env, array, direct, offset, length, swr_sha512, 64);
}

jlong JNICALL RustNative_tokenOpen(JNIEnv *env, jclass cls) {
  (void)cls;
  uint64_t token = 0;
  swr_buffer error = {0};
  check(env, swr_token_open(&token, &error), &error);
  return (jlong)token;
}

void JNICALL RustNative_tokenCancel(JNIEnv *env, jclass cls, jlong token) {
  (void)cls;
  swr_buffer error = {0};
  check(env, swr_token_cancel((uint64_t)token, &error), &error);
}

void JNICALL RustNative_tokenClose(JNIEnv *env, jclass cls, jlong token) {
  (void)cls;
  swr_buffer error = {0};
  check(env, swr_token_close((uint64_t)token, &error), &error);
}

/* Calls swr_instance_open with the records as byte[]. With an exception pending it returns SWR_OK. */
static int32_t open_instance(JNIEnv *env, const stowage_in *wasm, const swr_limits *limits,
                             jbyteArray imports, jbyteArray wasi, jlong token, const swr_host *host,
                             uint64_t *handle, swr_buffer *error) {
  stowage_in list;
  stowage_in world;
  int32_t status = SWR_OK;
  if (!stowage_in_bytes(env, imports, &list)) {
    return status;
  }
  if (stowage_in_bytes(env, wasi, &world)) {
    status = swr_instance_open(wasm->ptr, wasm->len, limits, list.ptr, list.len, world.ptr, world.len,
                               (uint64_t)token, host, handle, error);
    stowage_in_free(&world);
  }
  stowage_in_free(&list);
  return status;
}

jlong JNICALL RustNative_instanceOpen(JNIEnv *env, jclass cls, jbyteArray array, jobject direct, jint offset,
                                      jint length, jlong fuel, jlong memory_pages, jlong table_elements,
                                      jint call_depth, jbyteArray imports, jbyteArray wasi, jlong token,
                                      jobject host_functions, jobject call_buffer) {
  (void)cls;
  stowage_in wasm;
  uint64_t handle = 0;
  swr_buffer error = {0};
  if (!stowage_in_source(env, array, direct, offset, length, &wasm)) {
    return 0;
  }
  const swr_limits limits = {.fuel = (uint64_t)fuel,
                             .memory_pages = (uint64_t)memory_pages,
                             .table_elements = (uint64_t)table_elements,
                             .call_depth = (uint32_t)call_depth};
  host_context context = {
      .env = env, .host_functions = host_functions, .call_buffer = call_buffer, .handle = &handle};
  const swr_host host = host_of(&context);
  int32_t status = open_instance(env, &wasm, &limits, imports, wasi, token, &host, &handle, &error);
  stowage_in_free(&wasm);
  check(env, status, &error);
  return (jlong)handle;
}

jbyteArray JNICALL RustNative_instanceFunction(JNIEnv *env, jclass cls, jobject keep, jlong handle,
                                               jbyteArray name, jintArray number) {
  (void)cls;
  (void)keep;
  stowage_in in;
  uint32_t function = 0;
  swr_buffer type = {0};
  swr_buffer error = {0};
  if (!stowage_in_bytes(env, name, &in)) {
    return NULL;
  }
  int32_t status = swr_instance_function((uint64_t)handle, in.ptr, in.len, &function, &type, &error);
  stowage_in_free(&in);
  jbyteArray text = take(env, status, &type, &error);
  if (text != NULL) {
    const jint value = (jint)function;
    (*env)->SetIntArrayRegion(env, number, 0, 1, &value);
  }
  return text;
}

void JNICALL RustNative_instanceCall(JNIEnv *env, jclass cls, jobject keep, jlong handle, jint function,
                                     jlongArray args, jlongArray results, jlong token, jobject host_functions,
                                     jobject call_buffer) {
  (void)cls;
  (void)keep;
  stowage_slots in;
  stowage_slots out;
  swr_buffer error = {0};
  if (!stowage_slots_in(env, args, &in)) {
    return;
  }
  if (stowage_slots_room(env, results, &out)) {
    const uint64_t id = (uint64_t)handle;
    host_context context = {
        .env = env, .host_functions = host_functions, .call_buffer = call_buffer, .handle = &id};
    const swr_host host = host_of(&context);
    int32_t status = swr_instance_call(id, (uint32_t)function, in.ptr, in.len, (uint64_t)token, &host,
                                       out.ptr, out.len, &error);
    check(env, status, &error);
    if (status == SWR_OK) {
      stowage_slots_out(env, results, &out);
    }
    stowage_slots_free(&out);
  }
  stowage_slots_free(&in);
}

jint JNICALL RustNative_instanceRun(JNIEnv *env, jclass cls, jobject keep, jlong handle, jlong token,
                                    jobject host_functions, jobject call_buffer) {
  (void)cls;
  (void)keep;
  int32_t exit_code = 0;
  swr_buffer error = {0};
  const uint64_t id = (uint64_t)handle;
  host_context context = {
      .env = env, .host_functions = host_functions, .call_buffer = call_buffer, .handle = &id};
  const swr_host host = host_of(&context);
  check(env, swr_instance_run(id, (uint64_t)token, &host, &exit_code, &error), &error);
  return exit_code;
}

void JNICALL RustNative_instanceClose(JNIEnv *env, jclass cls, jlong handle) {
  (void)cls;
  swr_buffer error = {0};
  check(env, swr_instance_close((uint64_t)handle, &error), &error);
}

jlong JNICALL RustNative_memorySize(JNIEnv *env, jclass cls, jobject keep, jlong handle, jbyteArray name) {
  (void)cls;
  (void)keep;
  stowage_in in;
  uint64_t bytes = 0;
  swr_buffer error = {0};
  if (stowage_in_bytes(env, name, &in)) {
    int32_t status = swr_memory_size((uint64_t)handle, in.ptr, in.len, &bytes, &error);
    stowage_in_free(&in);
    check(env, status, &error);
  }
  return (jlong)bytes;
}

void JNICALL RustNative_memoryRead(JNIEnv *env, jclass cls, jobject keep, jlong handle, jbyteArray name,
                                   jlong at, jbyteArray array, jobject direct, jint offset, jint length) {
  (void)cls;
  (void)keep;
  stowage_in in;
  stowage_room room;
  swr_buffer error = {0};
  if (!stowage_in_bytes(env, name, &in)) {
    return;
  }
  if (stowage_room_for(env, array, direct, offset, length, &room)) {
    int32_t status =
        swr_memory_read((uint64_t)handle, in.ptr, in.len, (uint64_t)at, room.ptr, room.len, &error);
    check(env, status, &error);
    if (status == SWR_OK) {
      stowage_room_out(env, array, offset, &room);
    }
    stowage_room_free(&room);
  }
  stowage_in_free(&in);
}

void JNICALL RustNative_memoryWrite(JNIEnv *env, jclass cls, jobject keep, jlong handle, jbyteArray name,
                                    jlong at, jbyteArray array, jobject direct, jint offset, jint length) {
  (void)cls;
  (void)keep;
  stowage_in in;
  stowage_in bytes;
  swr_buffer error = {0};
  if (!stowage_in_bytes(env, name, &in)) {
    return;
  }
  if (stowage_in_source(env, array, direct, offset, length, &bytes)) {
    int32_t status =
        swr_memory_write((uint64_t)handle, in.ptr, in.len, (uint64_t)at, bytes.ptr, bytes.len, &error);
    stowage_in_free(&bytes);
    check(env, status, &error);
  }
  stowage_in_free(&in);
}

jlong JNICALL RustNative_memoryGrow(JNIEnv *env, jclass cls, jobject keep, jlong handle, jbyteArray name,
                                    jlong pages) {
  (void)cls;
  (void)keep;
  stowage_in in;
  uint64_t before = 0;
  swr_buffer error = {0};
  if (stowage_in_bytes(env, name, &in)) {
    int32_t status = swr_memory_grow((uint64_t)handle, in.ptr, in.len, (uint64_t)pages, &before, &error);
    stowage_in_free(&in);
    check(env, status, &error);
  }
  return (jlong)before;
}

void JNICALL RustNative_memoryView(JNIEnv *env, jclass cls, jobject keep, jlong handle, jbyteArray name,
                                   jobject view) {
  (void)cls;
  (void)keep;
  stowage_in in;
  swr_buffer error = {0};
  if (stowage_in_bytes(env, name, &in)) {
    view_context context = {.env = env, .view = view};
    int32_t status = swr_memory_view((uint64_t)handle, in.ptr, in.len, show, &context, &error);
    stowage_in_free(&in);
    check(env, status, &error);
  }
}

jlong JNICALL RustNative_globalGet(JNIEnv *env, jclass cls, jobject keep, jlong handle, jbyteArray name) {
  (void)cls;
  (void)keep;
  stowage_in in;
  uint64_t value = 0;
  swr_buffer error = {0};
  if (stowage_in_bytes(env, name, &in)) {
    int32_t status = swr_global_get((uint64_t)handle, in.ptr, in.len, &value, NULL, &error);
    stowage_in_free(&in);
    check(env, status, &error);
  }
  return (jlong)value;
}

jbyteArray JNICALL RustNative_globalType(JNIEnv *env, jclass cls, jobject keep, jlong handle,
                                         jbyteArray name) {
  (void)cls;
  (void)keep;
  stowage_in in;
  uint64_t value = 0;
  swr_buffer type = {0};
  swr_buffer error = {0};
  if (!stowage_in_bytes(env, name, &in)) {
    return NULL;
  }
  int32_t status = swr_global_get((uint64_t)handle, in.ptr, in.len, &value, &type, &error);
  stowage_in_free(&in);
  return take(env, status, &type, &error);
}

void JNICALL RustNative_globalSet(JNIEnv *env, jclass cls, jobject keep, jlong handle, jbyteArray name,
                                  jlong value) {
  (void)cls;
  (void)keep;
  stowage_in in;
  swr_buffer error = {0};
  if (stowage_in_bytes(env, name, &in)) {
    int32_t status = swr_global_set((uint64_t)handle, in.ptr, in.len, (uint64_t)value, &error);
    stowage_in_free(&in);
    check(env, status, &error);
  }
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
