/*
 * stowage_jni.h: conversions between JNI and the C ABI of a core, for shims in C11 (gcc, clang, zig).
 * `stowage:jni` writes this file beside stowage_contract.h; changes here are lost. Include it after that one.
 *
 *     STOWAGE_CORE_ABI(greet, GreetNative_fail);
 *
 *     jstring JNICALL GreetNative_hello(JNIEnv *env, jclass cls, jstring name) {
 *       STOWAGE_UTF8_OR_RETURN(utf8, name, NULL);
 *       STOWAGE_BUFFER(greeting);
 *       STOWAGE_CALL_OR_RETURN(greet_hello(utf8.ptr, utf8.len, &greeting, &error), NULL);
 *       return stowage_string(env, greeting.ptr, greeting.len);
 *     }
 *
 * Exceptions  A macro STOWAGE_..._OR_RETURN returns from the function when it fails, with a Java exception
 *             pending. Its last argument is the value to return; a void function omits it. After the macro
 *             no exception is pending. Only macros with RETURN in their names return.
 * Release     What a macro declares is released at the end of its scope, also after a return. A goto or a
 *             case that jumps past such a declaration does not compile.
 * Variables   The macros use a variable env, which every native method has. Those with a call as argument
 *             declare a variable error for it, STOWAGE_RETURN_BYTES also result. There is no global state.
 * Pointers    A ptr is never NULL, even if len is 0, and is valid until the end of the scope.
 * null        A Java null in place of an array or a string is a NullPointerException.
 *
 * SPDX-License-Identifier: MIT-0 (MIT No Attribution). Copyright the authors of Stowage. Whoever has a copy
 * may use, change, publish, sell and sublicense it for any purpose, without naming its origin. It comes "as
 * is", without warranty of any kind; its authors are not liable for any claim or damage.
 */
#ifndef STOWAGE_JNI_H
#define STOWAGE_JNI_H

#if defined(__cplusplus)
#error "stowage_jni.h is for C, not for C++: put C++ behind the C header of the core"
#elif !defined(__GNUC__)
#error "stowage_jni.h needs gcc, clang or zig, for __attribute__((cleanup))"
#endif

#define STOWAGE_JNI_VERSION 1 /* raised when a shim could notice a change of this file */

#include <jni.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* clang always refuses a jump past a declaration with a cleanup; gcc needs this option. */
#if !defined(__clang__)
#pragma GCC diagnostic error "-Wjump-misses-init"
#endif

/* Copies of up to this many bytes, or numbers, are on the stack: names and paths need no malloc. */
enum { STOWAGE_STACK_BYTES = 4096, STOWAGE_STACK_SLOTS = 16 };
typedef uint8_t stowage_bytes_stack[STOWAGE_STACK_BYTES];
typedef uint64_t stowage_slots_stack[STOWAGE_STACK_SLOTS];
_Static_assert(sizeof(size_t) >= 8, "the size of every Java array in bytes is a size_t");

/* len bytes at ptr. heap is private. */
typedef struct stowage_bytes {
  uint8_t *ptr;
  size_t len;
  void *heap;
} stowage_bytes;

/* len numbers of 64 bits at ptr. heap is private. */
typedef struct stowage_slots {
  uint64_t *ptr;
  size_t len;
  void *heap;
} stowage_slots;

/* A reference and the env of the thread that may use it; also the context of a simple callback. */
typedef struct stowage_object {
  JNIEnv *env;
  jobject ref;
} stowage_object;

/* Declares `stowage_bytes name`: a copy of a whole byte[]. GetPrimitiveArrayCritical would save the copy, but
 * allows no code that blocks, runs for long or calls Java. Pass megabytes in a direct buffer instead. */
#define STOWAGE_BYTES_OR_RETURN(name, array, ...)                                                            \
  STOWAGE_DECLARE(bytes, free, name, stowage_bytes_of(env, array, name##_stack), __VA_ARGS__)

/* Declares `stowage_bytes name`: length bytes from offset, copied from array, or if that is null those of the
 * direct buffer itself, from its start, not its position. A range outside of either is an exception. */
#define STOWAGE_RANGE_OR_RETURN(name, array, direct, offset, length, ...)                                    \
  STOWAGE_DECLARE(bytes, free, name, stowage_range_of(env, array, direct, offset, length, name##_stack),     \
                  __VA_ARGS__)

/* As STOWAGE_BYTES_OR_RETURN; the copy is overwritten with zeros when it is released. For passwords, keys. */
#define STOWAGE_SECRET_OR_RETURN(name, array, ...)                                                           \
  STOWAGE_DECLARE(bytes, wipe, name, stowage_bytes_of(env, array, name##_stack), __VA_ARGS__)

/* Declares `stowage_bytes name`: a String as UTF-8, without a final zero; not the modified UTF-8 of
 * GetStringUTFChars. A lone surrogate, which UTF-8 cannot hold, is an IllegalArgumentException. */
#define STOWAGE_UTF8_OR_RETURN(name, string, ...)                                                            \
  STOWAGE_DECLARE(bytes, free, name, stowage_utf8_of(env, string, name##_stack), __VA_ARGS__)

/* Declares `stowage_bytes name`: memory in which a core stores length bytes. It is the range of the direct
 * buffer itself if array is null; else stowage_room_out copies them to the array. */
#define STOWAGE_ROOM_OR_RETURN(name, array, direct, offset, length, ...)                                     \
  STOWAGE_DECLARE(bytes, free, name, stowage_room_for(env, array, direct, offset, length, name##_stack),     \
                  __VA_ARGS__)

/* Declares `stowage_slots name`: a copy of a whole long[]. */
#define STOWAGE_SLOTS_OR_RETURN(name, array, ...)                                                            \
  STOWAGE_DECLARE(slots, free, name, stowage_slots_of(env, array, name##_stack), __VA_ARGS__)

/* Declares `stowage_slots name`: memory for as many numbers as a long[] has; see stowage_slots_out. */
#define STOWAGE_SLOT_ROOM_OR_RETURN(name, array, ...)                                                        \
  STOWAGE_DECLARE(slots, free, name, stowage_slots_for(env, array, name##_stack), __VA_ARGS__)

/* Declares `stowage_object name`: the new local reference that object evaluates to, as name.ref; returns if
 * it is NULL. For callbacks and loops: Java deletes references only when the native method returns. */
#define STOWAGE_LOCAL_OR_RETURN(name, object, ...)                                                           \
  __attribute__((cleanup(stowage_object_delete))) stowage_object name = {env, (object)};                     \
  if (name.ref == NULL)                                                                                      \
  return __VA_ARGS__

/* Private: declares the memory of a small copy, then the variable. */
#define STOWAGE_DECLARE(kind, release, name, value, ...)                                                     \
  stowage_##kind##_stack name##_stack;                                                                       \
  __attribute__((cleanup(stowage_##kind##_##release))) stowage_##kind name = (value);                        \
  if (name.ptr == NULL)                                                                                      \
  return __VA_ARGS__

/* To be written once in a C file, after the header of the core, whose functions return an int32_t, 0 for
 * success, and fill a <prefix>_buffer {ptr, len, ...} that <prefix>_buffer_free frees. A failed call leaves a
 * text in UTF-8 in its error buffer, or leaves it empty. fail is the upcall that throws, <class>_<method>: in
 * Java a `static void method(int status, byte[] utf8)`. */
#define STOWAGE_CORE_ABI(prefix, fail)                                                                       \
  typedef prefix##_buffer stowage_buffer;                                                                    \
  __attribute__((unused)) static inline void stowage_buffer_free(stowage_buffer *buffer) {                   \
    prefix##_buffer_free(buffer);                                                                            \
  }                                                                                                          \
  __attribute__((unused)) static inline bool stowage_ok(JNIEnv *env, int32_t status,                         \
                                                        stowage_buffer *error) {                             \
    if (status != 0) {                                                                                       \
      stowage_throw(env, stowage_upcall_##fail, status, error->ptr, error->len);                             \
      prefix##_buffer_free(error);                                                                           \
    }                                                                                                        \
    return status == 0;                                                                                      \
  }                                                                                                          \
  _Static_assert(STOWAGE_JNI_VERSION > 0, "")

/* Declares `stowage_buffer name`: an empty buffer of the core, freed at the end of the scope. */
#define STOWAGE_BUFFER(name) __attribute__((cleanup(stowage_buffer_free))) stowage_buffer name = {0}

/* Evaluates a call of the core, which may use &error. If its status is not 0, throws and returns. An
 * exception that a callback left pending stays; the core must not return 0 then. */
#define STOWAGE_CALL_OR_RETURN(call, ...)                                                                    \
  do {                                                                                                       \
    stowage_buffer error = {0};                                                                              \
    if (!stowage_ok(env, (call), &error)) {                                                                  \
      return __VA_ARGS__;                                                                                    \
    }                                                                                                        \
  } while (0)

/* The same without a return, for code that may run with an exception pending, such as after an upcall: then
 * it does nothing. That check is one more JNI call. */
#define STOWAGE_CALL(call)                                                                                   \
  do {                                                                                                       \
    stowage_buffer error = {0};                                                                              \
    if (!(*env)->ExceptionCheck(env)) {                                                                      \
      stowage_ok(env, (call), &error);                                                                       \
    }                                                                                                        \
  } while (0)

/* Evaluates a call of the core that stores its result in &result, and returns that as a byte[], or NULL. */
#define STOWAGE_RETURN_BYTES(call)                                                                           \
  do {                                                                                                       \
    STOWAGE_BUFFER(result);                                                                                  \
    STOWAGE_CALL_OR_RETURN(call, NULL);                                                                      \
    return stowage_byte_array(env, result.ptr, result.len);                                                  \
  } while (0)

/* ---- Functions. None may be called with an exception pending, unless its comment allows it. ---- */

/* Throws a new exception of a class such as "java/lang/Error", or what FindClass throws instead. */
__attribute__((cold)) static inline void stowage_throw_new(JNIEnv *env, const char *name, const char *text) {
  jclass type = (*env)->FindClass(env, name);
  if (type != NULL) {
    (*env)->ThrowNew(env, type, text);
    (*env)->DeleteLocalRef(env, type);
  }
}

/* Private: throws for a text that cannot be converted. The format has one %zu, for the position. */
__attribute__((cold)) static inline void stowage_throw_at(JNIEnv *env, const char *format, size_t position) {
  char text[80];
  snprintf(text, sizeof text, format, position);
  stowage_throw_new(env, "java/lang/IllegalArgumentException", text);
}

/* Private: throws the exception for a Java null. Returns whether object is one. */
static inline bool stowage_is_null(JNIEnv *env, jobject object) {
  if (object == NULL) {
    stowage_throw_new(env, "java/lang/NullPointerException", "null passed to a native method");
  }
  return object == NULL;
}

/* Private: stack if size is at most room, else new memory, also stored in heap. NULL: OutOfMemoryError. */
static inline void *stowage_space(JNIEnv *env, size_t size, void *stack, size_t room, void **heap) {
  if (size <= room) {
    return stack;
  }
  *heap = malloc(size);
  if (*heap == NULL) {
    stowage_throw_new(env, "java/lang/OutOfMemoryError", "no native memory for a copy");
  }
  return *heap;
}

/* Private: the address of a range of a direct buffer; stack if that is empty; NULL with an exception. */
static inline uint8_t *stowage_direct(JNIEnv *env, jobject direct, jint offset, jint length, uint8_t *stack) {
  uint8_t *start = direct == NULL ? NULL : (*env)->GetDirectBufferAddress(env, direct);
  const jlong capacity = direct == NULL ? -1 : (*env)->GetDirectBufferCapacity(env, direct);
  if ((start == NULL && length > 0) || offset < 0 || length < 0 || (jlong)offset + length > capacity) {
    stowage_throw_new(env, "java/lang/IllegalArgumentException", "not a range of a direct buffer");
    return NULL;
  }
  return start == NULL ? stack : start + offset;
}

/* Private. Volatile, because compilers remove writes to memory that is not read again. */
static inline void stowage_zero(volatile uint8_t *memory, size_t len) {
  for (size_t i = 0; memory != NULL && i < len; i++) {
    memory[i] = 0;
  }
}

/* Private: copies a range of a byte[]. JNI itself refuses a range outside of it, or a negative length. */
__attribute__((unused)) static stowage_bytes stowage_copy(JNIEnv *env, jbyteArray array, jint offset,
                                                          jint length, uint8_t *stack) {
  stowage_bytes bytes = {.len = length < 0 ? 0 : (size_t)length};
  uint8_t *copy = stowage_space(env, bytes.len, stack, STOWAGE_STACK_BYTES, &bytes.heap);
  if (copy != NULL) {
    (*env)->GetByteArrayRegion(env, array, offset, length, (jbyte *)copy);
    if ((*env)->ExceptionCheck(env)) {
      stowage_zero(copy, bytes.len);
      copy = NULL;
    }
  }
  bytes.ptr = copy;
  return bytes;
}

/* Private: see STOWAGE_BYTES_OR_RETURN. */
static inline stowage_bytes stowage_bytes_of(JNIEnv *env, jbyteArray array, uint8_t *stack) {
  return stowage_is_null(env, array) ? (stowage_bytes){0}
                                     : stowage_copy(env, array, 0, (*env)->GetArrayLength(env, array), stack);
}

/* Private: see STOWAGE_RANGE_OR_RETURN. */
__attribute__((unused)) static stowage_bytes stowage_range_of(JNIEnv *env, jbyteArray array, jobject direct,
                                                              jint offset, jint length, uint8_t *stack) {
  return array != NULL
             ? stowage_copy(env, array, offset, length, stack)
             : (stowage_bytes){stowage_direct(env, direct, offset, length, stack), (size_t)length, NULL};
}

/* Private: the memory of a direct buffer is not in heap. */
static inline void stowage_bytes_free(stowage_bytes *bytes) {
  free(bytes->heap);
}

/* Private: releases a secret. */
static inline void stowage_bytes_wipe(stowage_bytes *secret) {
  stowage_zero(secret->ptr, secret->len);
  free(secret->heap);
}

/* Private: writes a code point as UTF-8. Returns the number of bytes. */
static inline size_t stowage_utf8_put(uint8_t *to, uint32_t point) {
  const size_t more = point < 0x80 ? 0 : point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
  for (size_t i = more; i > 0; i--) {
    to[i] = (uint8_t)(0x80 | (point & 0x3F));
    point >>= 6;
  }
  to[0] = (uint8_t)(more == 0 ? point : (0xF0u << (3 - more)) | point);
  return more + 1;
}

/* Private: see STOWAGE_UTF8_OR_RETURN. The UTF-16 is at the end of the memory, and the UTF-8 grows from its
 * start: the 3i bytes that i of n chars take at most end before the next char, at n + 2i. */
__attribute__((unused)) static stowage_bytes stowage_utf8_of(JNIEnv *env, jstring string, uint8_t *stack) {
  stowage_bytes bytes = {0};
  if (stowage_is_null(env, string)) {
    return bytes;
  }
  const size_t count = (size_t)(*env)->GetStringLength(env, string);
  uint8_t *utf8 = stowage_space(env, 3 * count + 1, stack, STOWAGE_STACK_BYTES, &bytes.heap);
  if (utf8 == NULL) {
    return bytes;
  }
  uint8_t *utf16 = utf8 + count + count % 2;
  (*env)->GetStringRegion(env, string, 0, (jsize)count, (jchar *)(void *)utf16);
  if ((*env)->ExceptionCheck(env)) {
    return bytes;
  }
  for (size_t i = 0; i < count; i++) {
    jchar pair[2] = {0};
    memcpy(pair, utf16 + 2 * i, i + 1 < count ? 4 : 2);
    uint32_t point = pair[0];
    if (point >= 0xD800 && point < 0xDC00 && pair[1] >= 0xDC00 && pair[1] < 0xE000) {
      point = 0x10000 + ((point - 0xD800) << 10) + (pair[1] - 0xDC00u);
      i++;
    } else if (point >= 0xD800 && point < 0xE000) {
      stowage_throw_at(env, "lone surrogate in a string, at index %zu", i);
      return bytes;
    }
    bytes.len += stowage_utf8_put(utf8 + bytes.len, point);
  }
  bytes.ptr = utf8;
  return bytes;
}

/* Private: see STOWAGE_ROOM_OR_RETURN. */
static inline stowage_bytes stowage_room_for(JNIEnv *env, jbyteArray array, jobject direct, jint offset,
                                             jint length, uint8_t *stack) {
  stowage_bytes room = {.len = length < 0 ? 0 : (size_t)length};
  room.ptr = array == NULL ? stowage_direct(env, direct, offset, length, stack)
                           : stowage_space(env, room.len, stack, STOWAGE_STACK_BYTES, &room.heap);
  return room;
}

/* Copies what the core stored to array from offset; does nothing if array is null. A range outside of the
 * array is an exception, so return to Java next. */
static inline void stowage_room_out(JNIEnv *env, jbyteArray array, jint offset, const stowage_bytes *room) {
  if (array != NULL) {
    (*env)->SetByteArrayRegion(env, array, offset, (jsize)room->len, (const jbyte *)room->ptr);
  }
}

/* Private: see STOWAGE_SLOT_ROOM_OR_RETURN. */
static inline stowage_slots stowage_slots_for(JNIEnv *env, jlongArray array, uint64_t *stack) {
  stowage_slots slots = {0};
  if (!stowage_is_null(env, array)) {
    slots.len = (size_t)(*env)->GetArrayLength(env, array);
    slots.ptr = stowage_space(env, slots.len * sizeof *stack, stack, STOWAGE_STACK_SLOTS * sizeof *stack,
                              &slots.heap);
  }
  return slots;
}

/* Private: see STOWAGE_SLOTS_OR_RETURN. */
static inline stowage_slots stowage_slots_of(JNIEnv *env, jlongArray array, uint64_t *stack) {
  stowage_slots slots = stowage_slots_for(env, array, stack);
  if (slots.ptr != NULL) {
    (*env)->GetLongArrayRegion(env, array, 0, (jsize)slots.len, (jlong *)slots.ptr);
    slots.ptr = (*env)->ExceptionCheck(env) ? NULL : slots.ptr;
  }
  return slots;
}

/* Private: releases slots. */
static inline void stowage_slots_free(stowage_slots *slots) {
  free(slots->heap);
}

/* Copies the numbers to a long[] of the same length. */
static inline void stowage_slots_out(JNIEnv *env, jlongArray array, const stowage_slots *slots) {
  if (slots->len > 0) {
    (*env)->SetLongArrayRegion(env, array, 0, (jsize)slots->len, (const jlong *)slots->ptr);
  }
}

/* Private: releases a local reference. An exception may be pending. */
static inline void stowage_object_delete(stowage_object *local) {
  if (local->ref != NULL) {
    (*local->env)->DeleteLocalRef(local->env, local->ref);
  }
}

/* Private: whether len fits into a Java array; else throws. */
static inline bool stowage_fits(JNIEnv *env, size_t len) {
  if (len > INT32_MAX) {
    stowage_throw_new(env, "java/lang/OutOfMemoryError", "result is longer than a Java array can be");
  }
  return len <= INT32_MAX;
}

/* Returns a new byte[] of len bytes, or NULL with an OutOfMemoryError, which more than 2^31-1 are, too. */
static inline jbyteArray stowage_byte_array(JNIEnv *env, const uint8_t *bytes, size_t len) {
  jbyteArray array = stowage_fits(env, len) ? (*env)->NewByteArray(env, (jsize)len) : NULL;
  if (array != NULL && len > 0) {
    (*env)->SetByteArrayRegion(env, array, 0, (jsize)len, (const jbyte *)bytes);
  }
  return array;
}

/* Private: reads one code point of UTF-8. Returns the number of bytes, or 0 if they are not UTF-8. */
static inline size_t stowage_utf8_get(const uint8_t *bytes, size_t len, uint32_t *point) {
  static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
  const uint8_t first = bytes[0];
  const size_t more = first < 0x80 ? 0 : first < 0xC0 ? len : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
  if (more >= len || first >= 0xF8) {
    return 0;
  }
  *point = more == 0 ? first : first & (0x3Fu >> more);
  for (size_t i = 1; i <= more; i++) {
    if ((bytes[i] & 0xC0) != 0x80) {
      return 0;
    }
    *point = (*point << 6) | (bytes[i] & 0x3F);
  }
  return *point < least[more] || *point > 0x10FFFF || (*point >= 0xD800 && *point < 0xE000) ? 0 : more + 1;
}

/* Returns a new String of len bytes of UTF-8, or NULL with an OutOfMemoryError as stowage_byte_array, or with
 * an IllegalArgumentException if they are not UTF-8; surrogates and modified UTF-8 are not. */
__attribute__((unused)) static jstring stowage_string(JNIEnv *env, const uint8_t *bytes, size_t len) {
  jchar stack[STOWAGE_STACK_BYTES / sizeof(jchar)];
  void *heap = NULL;
  const size_t size = len * sizeof *stack;
  jchar *utf16 = stowage_fits(env, len) ? stowage_space(env, size, stack, sizeof stack, &heap) : NULL;
  jsize count = 0;
  for (size_t at = 0; utf16 != NULL && at < len;) {
    uint32_t point;
    const size_t used = stowage_utf8_get(bytes + at, len - at, &point);
    if (used == 0) {
      stowage_throw_at(env, "text from native code is not UTF-8, at byte %zu", at);
      utf16 = NULL;
    } else if (used == 4) {
      utf16[count++] = (jchar)(0xD7C0 + (point >> 10));
      utf16[count++] = (jchar)(0xDC00 | (point & 0x3FF));
    } else {
      utf16[count++] = (jchar)point;
    }
    at += used;
  }
  jstring string = utf16 == NULL ? NULL : (*env)->NewString(env, utf16, count);
  free(heap);
  return string;
}

/* Throws for a status and a text by calling fail, an upcall of stowage_contract.h. An exception that is
 * pending already stays: a callback threw it, and the status only reports that. Does not free the text. */
__attribute__((cold)) static inline void stowage_throw(JNIEnv *env, void (*fail)(JNIEnv *, jint, jbyteArray),
                                                       int32_t status, const uint8_t *text, size_t len) {
  jbyteArray utf8 = (*env)->ExceptionCheck(env) ? NULL : stowage_byte_array(env, text, len);
  if (utf8 != NULL) {
    fail(env, status, utf8);
    /* Without this check, Java 8's -Xcheck:jni warns in the next native method. */
    if (!(*env)->ExceptionCheck(env)) {
      stowage_throw_new(env, "java/lang/IllegalStateException", "the upcall for errors did not throw");
    }
  }
}

#endif /* STOWAGE_JNI_H */
