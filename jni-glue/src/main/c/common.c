#include "common.h"

#include <stdlib.h>

static void throw_new(JNIEnv *env, const char *class_name, const char *text) {
  jclass cls = (*env)->FindClass(env, class_name);
  if (cls != NULL) {
    (*env)->ThrowNew(env, cls, text);
    (*env)->DeleteLocalRef(env, cls);
  }
}

/* Returns stack if size is at most room, else new memory, which is also stored in heap; NULL with an
 * OutOfMemoryError. */
static void *space(JNIEnv *env, size_t size, void *stack, size_t room, void **heap) {
  *heap = NULL;
  if (size <= room) {
    return stack;
  }
  *heap = malloc(size);
  if (*heap == NULL) {
    throw_new(env, "java/lang/OutOfMemoryError", "no native memory for a copy of an array");
  }
  return *heap;
}

/* Stores the address of a range of a direct buffer in start. It is NULL only if length is 0. */
static bool range(JNIEnv *env, jobject direct, jint offset, jint length, uint8_t **start) {
  *start = (*env)->GetDirectBufferAddress(env, direct);
  jlong capacity = (*env)->GetDirectBufferCapacity(env, direct);
  if ((*start == NULL && length > 0) || offset < 0 || length < 0 || (jlong)offset + length > capacity) {
    throw_new(env, "java/lang/IllegalArgumentException", "not a range of a direct buffer");
    return false;
  }
  if (*start != NULL) {
    *start += offset;
  }
  return true;
}

bool stowage_in_array(JNIEnv *env, jbyteArray array, jint offset, jint length, stowage_in *in) {
  /* GetByteArrayRegion refuses a negative length. */
  size_t size = length < 0 ? 0 : (size_t)length;
  uint8_t *target = space(env, size, in->stack, sizeof in->stack, &in->heap);
  if (target == NULL) {
    return false;
  }
  (*env)->GetByteArrayRegion(env, array, offset, length, (jbyte *)target);
  if ((*env)->ExceptionCheck(env)) {
    free(in->heap);
    return false;
  }
  in->ptr = target;
  in->len = size;
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
  uint8_t *start;
  if (!range(env, direct, offset, length, &start)) {
    return false;
  }
  in->heap = NULL;
  in->ptr = start;
  in->len = (size_t)length;
  return true;
}

void stowage_in_free(stowage_in *in) {
  free(in->heap);
}

bool stowage_room_for(JNIEnv *env, jbyteArray array, jobject direct, jint offset, jint length,
                      stowage_room *room) {
  if (array == NULL) {
    room->heap = NULL;
    room->len = (size_t)length;
    return range(env, direct, offset, length, &room->ptr);
  }
  room->len = length < 0 ? 0 : (size_t)length;
  room->ptr = space(env, room->len, room->stack, sizeof room->stack, &room->heap);
  return room->ptr != NULL;
}

void stowage_room_out(JNIEnv *env, jbyteArray array, jint offset, const stowage_room *room) {
  if (array != NULL) {
    (*env)->SetByteArrayRegion(env, array, offset, (jsize)room->len, (const jbyte *)room->ptr);
  }
}

void stowage_room_free(stowage_room *room) {
  free(room->heap);
}

bool stowage_slots_room(JNIEnv *env, jlongArray array, stowage_slots *slots) {
  slots->len = (size_t)(*env)->GetArrayLength(env, array);
  size_t size = slots->len * sizeof *slots->ptr;
  slots->ptr = space(env, size, slots->stack, sizeof slots->stack, &slots->heap);
  return slots->ptr != NULL;
}

bool stowage_slots_in(JNIEnv *env, jlongArray array, stowage_slots *slots) {
  if (!stowage_slots_room(env, array, slots)) {
    return false;
  }
  (*env)->GetLongArrayRegion(env, array, 0, (jsize)slots->len, (jlong *)slots->ptr);
  if ((*env)->ExceptionCheck(env)) {
    free(slots->heap);
    return false;
  }
  return true;
}

void stowage_slots_out(JNIEnv *env, jlongArray array, const stowage_slots *slots) {
  if (slots->len > 0) {
    (*env)->SetLongArrayRegion(env, array, 0, (jsize)slots->len, (const jlong *)slots->ptr);
  }
}

void stowage_slots_free(stowage_slots *slots) {
  free(slots->heap);
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
    /* fail always throws. Without this check, Java 8's -Xcheck:jni warns in the next native method. */
    (*env)->ExceptionCheck(env);
  }
}
