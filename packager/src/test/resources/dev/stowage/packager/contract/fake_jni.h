/*
 * A JNIEnv and an allocator that fail on request. The JNIEnv complains of every call that JNI does not
 * allow while an exception is pending.
 */
#ifndef FAKE_JNI_H
#define FAKE_JNI_H

#include <jni.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LARGE = 5000, DIRECT = 8, NEVER = -1 };

static struct {
  int fail_at;    /* which of the operations that can fail does; NEVER for none */
  int operations; /* of those so far */
  bool direct;    /* buffers are direct */
  bool empty;     /* buffers are direct, without memory */
  bool pending;
  const char *thrown; /* the class last thrown by ThrowNew */
  char text[128];     /* and its text */
  int blocks;         /* of malloc, not freed */
  bool secrets;       /* blocks must be zero when they are freed */
  int references;     /* local ones, not deleted */
  int regions;        /* copied to or from arrays */
  int calls;          /* of the core */
  int buffers;        /* of the core, not freed */
  int status;         /* the core returns */
  int fails;          /* calls of the upcall that throws */
  bool mute;          /* that upcall does not throw */
  int length;         /* of every array */
  const jchar *chars; /* of every string */
  int char_count;
  jchar made[LARGE]; /* chars of the last new string */
  int made_count;
} now;

/* What the direct buffer of these tests holds. */
static uint8_t memory[DIRECT];
static const jbyteArray NEW_ARRAY = (jbyteArray)(uintptr_t)memory;
static int wrong;

static void expect(bool holds, const char *what) {
  if (!holds) {
    wrong++;
    printf("not so: %s (operation %d fails)\n", what, now.fail_at);
  }
}

static bool failing(void) {
  return now.operations++ == now.fail_at;
}

static void *test_malloc(size_t size) {
  void *block = failing() ? NULL : malloc(size);
  now.blocks += block != NULL;
  return block;
}

static void test_free(void *block) {
  for (int i = 0; block != NULL && now.secrets && i < LARGE; i++) {
    expect(((const uint8_t *)block)[i] == 0, "a secret is overwritten before its memory is freed");
  }
  now.blocks -= block != NULL;
  free(block);
}

/* From here on the allocator of the header. */
#define malloc test_malloc
#define free test_free
#include "stowage_jni.h"
#undef malloc
#undef free

/* ---- JNI ---- */

static void enter(const char *function) {
  if (now.pending) {
    wrong++;
    printf("not so: %s is called with an exception pending (operation %d fails)\n", function, now.fail_at);
  }
}

static jclass JNICALL find_class(JNIEnv *env, const char *name) {
  enter("FindClass");
  now.pending = failing();
  now.references += !now.pending;
  return now.pending ? NULL : (jclass)(uintptr_t)name;
}

static jint JNICALL throw_new(JNIEnv *env, jclass cls, const char *text) {
  enter("ThrowNew");
  now.pending = true;
  now.thrown = (const char *)cls;
  snprintf(now.text, sizeof now.text, "%s", text);
  return 0;
}

static void JNICALL delete_local(JNIEnv *env, jobject reference) {
  expect(reference != NULL, "only a reference is deleted");
  now.references--;
}

static jboolean JNICALL exception_check(JNIEnv *env) {
  return now.pending;
}

static jsize JNICALL array_length(JNIEnv *env, jarray array) {
  enter("GetArrayLength");
  return now.length;
}

static void region(const char *function) {
  enter(function);
  now.regions++;
  now.pending = failing();
}

static void JNICALL get_bytes(JNIEnv *env, jbyteArray array, jsize from, jsize length, jbyte *to) {
  memset(to, 7, length < 0 ? 0 : (size_t)length);
  region("GetByteArrayRegion");
  now.pending |= length < 0;
}

static void JNICALL set_bytes(JNIEnv *env, jbyteArray array, jsize from, jsize length, const jbyte *bytes) {
  /* JNI throws only for a range outside of the array, which the whole of a new one is not. */
  if (array == NEW_ARRAY) {
    enter("SetByteArrayRegion");
    now.regions++;
  } else {
    region("SetByteArrayRegion");
  }
}

static void JNICALL get_longs(JNIEnv *env, jlongArray array, jsize from, jsize length, jlong *to) {
  memset(to, 7, (size_t)length * sizeof *to);
  region("GetLongArrayRegion");
}

static void JNICALL set_longs(JNIEnv *env, jlongArray array, jsize from, jsize length, const jlong *longs) {
  region("SetLongArrayRegion");
}

static void *JNICALL address(JNIEnv *env, jobject buffer) {
  enter("GetDirectBufferAddress");
  return now.direct ? memory : NULL;
}

static jlong JNICALL capacity(JNIEnv *env, jobject buffer) {
  enter("GetDirectBufferCapacity");
  return now.empty ? 0 : now.direct ? DIRECT : -1;
}

static jbyteArray JNICALL new_bytes(JNIEnv *env, jsize length) {
  enter("NewByteArray");
  now.pending = failing();
  now.references += !now.pending;
  return now.pending ? NULL : NEW_ARRAY;
}

static jsize JNICALL string_length(JNIEnv *env, jstring string) {
  enter("GetStringLength");
  return now.char_count;
}

static void JNICALL string_region(JNIEnv *env, jstring string, jsize from, jsize count, jchar *to) {
  expect((uintptr_t)to % _Alignof(jchar) == 0, "chars are aligned");
  region("GetStringRegion");
  if (!now.pending) {
    memcpy(to, now.chars + from, (size_t)count * sizeof *to);
  }
}

static jstring JNICALL new_string(JNIEnv *env, const jchar *chars, jsize count) {
  enter("NewString");
  now.pending = failing();
  now.references += !now.pending;
  now.made_count = count;
  memcpy(now.made, chars, (size_t)(count < LARGE ? count : LARGE) * sizeof *chars);
  return now.pending ? NULL : (jstring)(uintptr_t)&now;
}

static JNIEnv *fresh(int length) {
  static const struct JNINativeInterface_ table = {
      .FindClass = find_class,
      .ThrowNew = throw_new,
      .DeleteLocalRef = delete_local,
      .ExceptionCheck = exception_check,
      .GetArrayLength = array_length,
      .GetByteArrayRegion = get_bytes,
      .GetLongArrayRegion = get_longs,
      .SetByteArrayRegion = set_bytes,
      .SetLongArrayRegion = set_longs,
      .GetDirectBufferAddress = address,
      .GetDirectBufferCapacity = capacity,
      .NewByteArray = new_bytes,
      .GetStringLength = string_length,
      .GetStringRegion = string_region,
      .NewString = new_string,
  };
  static JNIEnv env = &table;
  memset(&now, 0, sizeof now);
  now.length = length;
  now.fail_at = NEVER;
  return &env;
}

/* The same, and the n-th operation that can fail does. */
static JNIEnv *failing_at(int operation, int length) {
  JNIEnv *env = fresh(length);
  now.fail_at = operation;
  return env;
}

static const jobject OBJECT = (jobject)(uintptr_t)&now;

#endif
