/*
 * Conversions between JNI and the cores' C ABI, shared by the shims and compiled into each.
 *
 * Every function that returns false or NULL leaves a Java exception pending. None may be called with one
 * pending, except stowage_in_free.
 */
#ifndef STOWAGE_COMMON_H
#define STOWAGE_COMMON_H

#include <jni.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Copies up to these sizes live on the shim's stack: no malloc for names, paths and small modules. */
enum { STOWAGE_STACK_BYTES = 4096, STOWAGE_STACK_LONGS = 16 };

/* Bytes lent to a core for one call: ptr and len go to the core, the rest belongs to common.c. ptr may be
 * NULL if len is 0. */
typedef struct stowage_in {
  const uint8_t *ptr;
  size_t len;
  void *heap;
  uint8_t stack[STOWAGE_STACK_BYTES];
} stowage_in;

/* 64-bit integers lent to a core for one call. */
typedef struct stowage_longs {
  const int64_t *ptr;
  size_t len;
  void *heap;
  int64_t stack[STOWAGE_STACK_LONGS];
} stowage_longs;

/*
 * Copies length bytes of array from offset. A copy, not GetPrimitiveArrayCritical: validating a large module
 * or pulling one takes long, may block and may call back into Java, all of which is forbidden in a critical
 * region and would hold up the garbage collector. Who has megabytes passes a direct buffer.
 */
bool stowage_in_array(JNIEnv *env, jbyteArray array, jint offset, jint length, stowage_in *in);

/* As stowage_in_array for a whole array. */
bool stowage_in_bytes(JNIEnv *env, jbyteArray array, stowage_in *in);

/*
 * Takes array if it is not NULL, else lends the memory of the direct buffer itself. The offset counts from
 * the buffer's start (JNI knows no position) and is checked against its capacity. The argument keeps the
 * buffer reachable.
 */
bool stowage_in_source(JNIEnv *env, jbyteArray array, jobject direct, jint offset, jint length,
                       stowage_in *in);

/* Frees what a successful stowage_in_* took. An exception may be pending. */
void stowage_in_free(stowage_in *in);

/* Copies a whole long[]. */
bool stowage_in_longs(JNIEnv *env, jlongArray array, stowage_longs *in);

/* Frees what a successful stowage_in_longs took. An exception may be pending. */
void stowage_longs_free(stowage_longs *in);

/* A new byte[] of len bytes, or NULL: OutOfMemoryError, also for what no Java array can hold. */
jbyteArray stowage_out(JNIEnv *env, const uint8_t *bytes, size_t len);

/*
 * Turns a core's status and text into a Java exception, by calling fail(int, byte[]) of the shim's class. If
 * an exception is already pending (a callback threw), that one stays: it is the cause, the status only its
 * echo.
 */
void stowage_fail(JNIEnv *env, jclass cls, jmethodID fail, int32_t status, const uint8_t *text, size_t len);

#endif
