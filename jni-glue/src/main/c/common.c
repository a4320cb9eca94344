#include "common.h"

#include <stdlib.h>

static void throw_new(JNIEnv *env, const char *class_name, const char *text) {
  jclass cls = (*env)->FindClass(env, class_name);
  if (cls != NULL) {
    (*env)->ThrowNew(env, cls, text);
    (*env)->DeleteLocalRef(env, cls);
  }
}

bool stowage_in_array(JNIEnv *env, jbyteArray array, jint offset, jint length, stowage_in *in) {
  in->heap = NULL;
  uint8_t *target = in->stack;
  if (length > STOWAGE_STACK_BYTES) {
    target = in->heap = malloc((size_t)length);
    if (target == NULL) {
      throw_new(env, "java/lang/OutOfMemoryError", "no native memory for a copy of a byte[]");
      return false;
    }
  }
  (*env)->GetByteArrayRegion(env, array, offset, length, (jbyte *)target);
  if ((*env)->ExceptionCheck(env)) {
    free(in->heap);
    return false;
  }
  in->ptr = target;
  in->len = (size_t)length;
  return true;
}

bool stowage_in_bytes(JNIEnv *env, jbyteArray array, stowage_in *in) {
  return stowage_in_array(env, array, 0, (*env)->GetArrayLength(env, array), in);
}

bool stowage_in_source(JNIEnv *env, jbyteArray array, jobject direct, jint offset, jint length,
                       stowage_in *in) {
  if (array != NULL) {
    return stowage_in_array(env, array, offset, length, in);
  }
  const uint8_t *start = (*env)->GetDirectBufferAddress(env, direct);
  jlong capacity = (*env)->GetDirectBufferCapacity(env, direct);
  if ((start == NULL && length > 0) || offset < 0 || length < 0 || (jlong)offset + length > capacity) {
    throw_new(env, "java/lang/IllegalArgumentException", "not a range of a direct buffer");
    return false;
  }
  in->heap = NULL;
  in->ptr = start == NULL ? NULL : start + offset;
  in->len = (size_t)length;
  return true;
}

void stowage_in_free(stowage_in *in) {
  free(in->heap);
}

bool stowage_in_longs(JNIEnv *env, jlongArray array, stowage_longs *in) {
  jsize length = (*env)->GetArrayLength(env, array);
  in->heap = NULL;
  int64_t *target = in->stack;
  if (length > STOWAGE_STACK_LONGS) {
    target = in->heap = malloc((size_t)length * sizeof *target);
    if (target == NULL) {
      throw_new(env, "java/lang/OutOfMemoryError", "no native memory for a copy of a long[]");
      return false;
    }
  }
  (*env)->GetLongArrayRegion(env, array, 0, length, (jlong *)target);
  if ((*env)->ExceptionCheck(env)) {
    free(in->heap);
    return false;
  }
  in->ptr = target;
  in->len = (size_t)length;
  return true;
}

void stowage_longs_free(stowage_longs *in) {
  free(in->heap);
}

jbyteArray stowage_out(JNIEnv *env, const uint8_t *bytes, size_t len) {
  if (len > INT32_MAX) {
    throw_new(env, "java/lang/OutOfMemoryError", "result is longer than a Java array can be");
    return NULL;
  }
  jbyteArray array = (*env)->NewByteArray(env, (jsize)len);
  if (array != NULL && len > 0) {
    (*env)->SetByteArrayRegion(env, array, 0, (jsize)len, (const jbyte *)bytes);
  }
  return array;
}

void stowage_fail(JNIEnv *env, jclass cls, jmethodID fail, int32_t status, const uint8_t *text, size_t len) {
  if ((*env)->ExceptionCheck(env)) {
    return;
  }
  jbyteArray bytes = stowage_out(env, text, len);
  if (bytes != NULL) {
    (*env)->CallStaticVoidMethod(env, cls, fail, (jint)status, bytes);
  }
}
