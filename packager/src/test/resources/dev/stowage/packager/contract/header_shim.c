#define STOWAGE_CONTRACT_ONLOAD
#include "stowage_contract.h"
#include "stowage_jni.h"

/* ---- A core ---- */

typedef struct core_buffer {
  uint8_t *ptr;
  size_t len;
} core_buffer;

static void core_buffer_free(core_buffer *buffer) {
  free(buffer->ptr);
  *buffer = (core_buffer){0};
}

/* Stores a copy in out; fails with that text if status is not 0. */
static int32_t core_copy(int32_t status, const uint8_t *bytes, size_t len, core_buffer *out,
                         core_buffer *error) {
  core_buffer *buffer = status == 0 ? out : error;
  buffer->ptr = malloc(len + 1);
  if (buffer->ptr == NULL) {
    return -1;
  }
  memcpy(buffer->ptr, bytes, len);
  buffer->len = len;
  return status;
}

/* ---- The shim ---- */

STOWAGE_CORE_ABI(core, H_fail);

jbyteArray JNICALL H_copy(JNIEnv *env, jclass cls, jbyteArray bytes) {
  STOWAGE_BYTES_OR_RETURN(in, bytes, NULL);
  STOWAGE_RETURN_BYTES(core_copy(0, in.ptr, in.len, &result, &error));
}

jbyteArray JNICALL H_range(JNIEnv *env, jclass cls, jbyteArray array, jobject direct, jint offset,
                           jint length) {
  STOWAGE_RANGE_OR_RETURN(in, array, direct, offset, length, NULL);
  STOWAGE_RETURN_BYTES(core_copy(0, in.ptr, in.len, &result, &error));
}

jint JNICALL H_secret(JNIEnv *env, jclass cls, jbyteArray bytes) {
  STOWAGE_SECRET_OR_RETURN(in, bytes, 0);
  jint sum = 0;
  for (size_t i = 0; i < in.len; i++) {
    sum += in.ptr[i];
  }
  return sum;
}

jbyteArray JNICALL H_utf8(JNIEnv *env, jclass cls, jstring text) {
  STOWAGE_UTF8_OR_RETURN(in, text, NULL);
  return stowage_byte_array(env, in.ptr, in.len);
}

jstring JNICALL H_text(JNIEnv *env, jclass cls, jbyteArray utf8) {
  STOWAGE_BYTES_OR_RETURN(in, utf8, NULL);
  STOWAGE_BUFFER(out);
  STOWAGE_CALL_OR_RETURN(core_copy(0, in.ptr, in.len, &out, &error), NULL);
  return stowage_string(env, out.ptr, out.len);
}

void JNICALL H_room(JNIEnv *env, jclass cls, jbyteArray array, jobject direct, jint offset, jint length) {
  STOWAGE_ROOM_OR_RETURN(out, array, direct, offset, length);
  memset(out.ptr, 5, out.len);
  stowage_room_out(env, array, offset, &out);
}

void JNICALL H_slots(JNIEnv *env, jclass cls, jlongArray from, jlongArray to) {
  STOWAGE_SLOTS_OR_RETURN(in, from);
  STOWAGE_SLOT_ROOM_OR_RETURN(out, to);
  for (size_t i = 0; i < out.len; i++) {
    out.ptr[i] = 0 - in.ptr[i];
  }
  stowage_slots_out(env, to, &out);
}

void JNICALL H_raise(JNIEnv *env, jclass cls, jint status, jbyteArray text) {
  STOWAGE_BYTES_OR_RETURN(in, text);
  STOWAGE_BUFFER(out);
  STOWAGE_CALL(core_copy(status, in.ptr, in.len, &out, &error));
}

/* More callbacks than a native method has room for references. */
static int32_t step(void *ctx, int64_t value) {
  const stowage_object *listener = ctx;
  JNIEnv *env = listener->env;
  STOWAGE_LOCAL_OR_RETURN(bytes, stowage_byte_array(env, (const uint8_t *)"x", 1), 1);
  stowage_upcall_H_step(env, listener->ref, bytes.ref, value);
  return (*env)->ExceptionCheck(env);
}

void JNICALL H_callbacks(JNIEnv *env, jclass cls, jobject listener, jlong count) {
  stowage_object context = {env, listener};
  int32_t status = 0;
  for (jlong i = 0; i < count && status == 0; i++) {
    status = step(&context, i);
  }
}

jlong JNICALL H_after(JNIEnv *env, jclass cls, jobject listener, jlong value) {
  stowage_object context = {env, listener};
  STOWAGE_BUFFER(out);
  step(&context, value);
  STOWAGE_CALL(core_copy(0, (const uint8_t *)"ab", 2, &out, &error));
  return (jlong)out.len;
}
