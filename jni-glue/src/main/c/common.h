/*
 * Conversions between JNI and the cores' C ABI, compiled into each shim.
 *
 * A function that returns false or NULL leaves a Java exception pending. Only functions that free may be
 * called while one is pending.
 */
#ifndef STOWAGE_COMMON_H
#define STOWAGE_COMMON_H

#include <jni.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Copies up to these sizes live on the shim's stack, so that names, paths and small modules need no malloc.
 */
enum { STOWAGE_STACK_BYTES = 4096, STOWAGE_STACK_SLOTS = 16 };

/* Bytes that a core reads during one call: ptr and len go to the core, the rest belongs to common.c. ptr may
 * be NULL if len is 0. */
typedef struct stowage_in {
  const uint8_t *ptr;
  size_t len;
  void *heap;
  uint8_t stack[STOWAGE_STACK_BYTES];
} stowage_in;

/* Memory that a core writes during one call, for bytes that go to Java. */
typedef struct stowage_room {
  uint8_t *ptr;
  size_t len;
  void *heap;
  uint8_t stack[STOWAGE_STACK_BYTES];
} stowage_room;

/* 64-bit slots that a core reads or writes during one call. */
typedef struct stowage_slots {
  uint64_t *ptr;
  size_t len;
  void *heap;
  uint64_t stack[STOWAGE_STACK_SLOTS];
} stowage_slots;

/*
 * Copies length bytes of array from offset. GetPrimitiveArrayCritical would save the copy, but a critical
 * region may not block, run for long or call back into Java, and it stops the garbage collector; validating
 * or pulling a large module does all of these. Callers pass megabytes in a direct buffer.
 */
bool stowage_in_array(JNIEnv *env, jbyteArray array, jint offset, jint length, stowage_in *in);

/* Copies a whole array, as stowage_in_array. */
bool stowage_in_bytes(JNIEnv *env, jbyteArray array, stowage_in *in);

/*
 * Copies from array if it is not NULL; else uses the memory of the direct buffer itself. The offset counts
 * from the buffer's start, because JNI has no position, and is checked against its capacity. The JNI argument
 * keeps the buffer reachable.
 */
bool stowage_in_source(JNIEnv *env, jbyteArray array, jobject direct, jint offset, jint length,
                       stowage_in *in);

/* Frees the memory of a successful stowage_in_*. An exception may be pending. */
void stowage_in_free(stowage_in *in);

/* Provides memory for length bytes: new memory if array is not NULL, else the direct buffer's own, as
 * stowage_in_source. */
bool stowage_room_for(JNIEnv *env, jbyteArray array, jobject direct, jint offset, jint length,
                      stowage_room *room);

/* Copies what the core wrote to array at offset; does nothing if array is NULL. Does not free the room. */
void stowage_room_out(JNIEnv *env, jbyteArray array, jint offset, const stowage_room *room);

/* Frees the memory of a successful stowage_room_for. An exception may be pending. */
void stowage_room_free(stowage_room *room);

/* Copies a whole long[]. */
bool stowage_slots_in(JNIEnv *env, jlongArray array, stowage_slots *slots);

/* Provides memory for as many slots as a long[] has. */
bool stowage_slots_room(JNIEnv *env, jlongArray array, stowage_slots *slots);

/* Copies the slots to a long[] of the same length. */
void stowage_slots_out(JNIEnv *env, jlongArray array, const stowage_slots *slots);

/* Frees the memory of a successful stowage_slots_in or _room. An exception may be pending. */
void stowage_slots_free(stowage_slots *slots);

/* Returns a new byte[] of len bytes, or NULL with an OutOfMemoryError, also when a Java array cannot hold
 * them. */
jbyteArray stowage_out(JNIEnv *env, const uint8_t *bytes, size_t len);

/*
 * Throws the Java exception for a core's status and text, by calling fail(int, byte[]) of the shim's class.
 * An exception that is already pending stays: a callback threw it, and the status only reports that.
 */
void stowage_fail(JNIEnv *env, jclass cls, jmethodID fail, int32_t status, const uint8_t *text, size_t len);

#endif
