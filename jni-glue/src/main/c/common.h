/*
 * Conversions between JNI and the cores' C ABI, shared by the shims and compiled into each.
 *
 * Every function that returns false or NULL leaves a Java exception pending. None may be called with one
 * pending, except those that free.
 */
#ifndef STOWAGE_COMMON_H
#define STOWAGE_COMMON_H

#include <jni.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Copies up to these sizes live on the shim's stack: no malloc for names, paths and small modules. */
enum { STOWAGE_STACK_BYTES = 4096, STOWAGE_STACK_SLOTS = 16 };

/* Bytes lent to a core for one call: ptr and len go to the core, the rest belongs to common.c. ptr may be
 * NULL if len is 0. */
typedef struct stowage_in {
  const uint8_t *ptr;
  size_t len;
  void *heap;
  uint8_t stack[STOWAGE_STACK_BYTES];
} stowage_in;

/* Room lent to a core for one call, for bytes that go to Java. */
typedef struct stowage_room {
  uint8_t *ptr;
  size_t len;
  void *heap;
  uint8_t stack[STOWAGE_STACK_BYTES];
} stowage_room;

/* 64-bit slots lent to a core for one call, to read or to fill. */
typedef struct stowage_slots {
  uint64_t *ptr;
  size_t len;
  void *heap;
  uint64_t stack[STOWAGE_STACK_SLOTS];
} stowage_slots;

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

/* Room for length bytes: a copy's, if array is not NULL, else the memory of the direct buffer, as in
 * stowage_in_source. */
bool stowage_room_for(JNIEnv *env, jbyteArray array, jobject direct, jint offset, jint length,
                      stowage_room *room);

/* Copies what the core wrote to array from offset, unless it is NULL. The room is to be freed still. */
void stowage_room_out(JNIEnv *env, jbyteArray array, jint offset, const stowage_room *room);

/* Frees what a successful stowage_room_for took. An exception may be pending. */
void stowage_room_free(stowage_room *room);

/* Copies a whole long[]. */
bool stowage_slots_in(JNIEnv *env, jlongArray array, stowage_slots *slots);

/* Room for as many slots as a long[] has. */
bool stowage_slots_room(JNIEnv *env, jlongArray array, stowage_slots *slots);

/* Copies the slots to a long[] that has room for them. */
void stowage_slots_out(JNIEnv *env, jlongArray array, const stowage_slots *slots);

/* Frees what a successful stowage_slots_in or _room took. An exception may be pending. */
void stowage_slots_free(stowage_slots *slots);

/* A new byte[] of len bytes, or NULL: OutOfMemoryError, also for what no Java array can hold. */
jbyteArray stowage_out(JNIEnv *env, const uint8_t *bytes, size_t len);

/*
 * Turns a core's status and text into a Java exception, by calling fail(int, byte[]) of the shim's class. If
 * an exception is already pending (a callback threw), that one stays: it is the cause, the status only its
 * echo.
 */
void stowage_fail(JNIEnv *env, jclass cls, jmethodID fail, int32_t status, const uint8_t *text, size_t len);

#endif
