/*
 * stowage_jni.h with a JNI, an allocator and a core that fail on request. Ends with 0 if every expectation
 * held.
 */
#include "fake_jni.h"

/* ---- The core and its upcall ---- */

typedef struct fake_buffer {
  uint8_t *ptr;
  size_t len;
  size_t cap;
} fake_buffer;

static void fake_fill(fake_buffer *buffer) {
  static uint8_t letter = 'x';
  *buffer = (fake_buffer){&letter, 1, 1};
  now.buffers++;
}

static void fake_buffer_free(fake_buffer *buffer) {
  now.buffers -= buffer->cap > 0;
  *buffer = (fake_buffer){0};
}

static int32_t fake_call(const uint8_t *bytes, size_t len, fake_buffer *out, fake_buffer *error) {
  expect(bytes != NULL && !now.pending, "the core gets a pointer, and no exception is pending");
  now.calls++;
  fake_fill(now.status == 0 ? out : error);
  return now.status;
}

static void stowage_upcall_Fake_fail(JNIEnv *env, jint status, jbyteArray utf8) {
  enter("the upcall that throws");
  expect(status == now.status && utf8 != NULL, "the upcall gets status and text");
  now.fails++;
  now.pending = !now.mute;
}

STOWAGE_CORE_ABI(fake, Fake_fail);

static bool threw(const char *name) {
  return now.pending && now.thrown != NULL && strcmp(now.thrown, name) == 0;
}

static bool out_of_memory(void) {
  return threw("java/lang/OutOfMemoryError");
}

static bool bad_argument(void) {
  return threw("java/lang/IllegalArgumentException");
}

/* ---- One at a time ---- */

static void inputs(void) {
  stowage_bytes_stack stack;
  JNIEnv *env = failing_at(1, STOWAGE_STACK_BYTES);
  stowage_bytes in = stowage_bytes_of(env, OBJECT, stack);
  expect(in.ptr == stack && in.len == STOWAGE_STACK_BYTES && now.regions == 1, "small arrays need no malloc");
  env = fresh(STOWAGE_STACK_BYTES + 1);
  in = stowage_bytes_of(env, OBJECT, stack);
  expect(in.ptr != stack && in.ptr[STOWAGE_STACK_BYTES] == 7 && now.blocks == 1, "a large one takes a block");
  stowage_bytes_free(&in);
  expect(now.blocks == 0, "and gives it back");
  env = failing_at(0, STOWAGE_STACK_BYTES + 1);
  in = stowage_bytes_of(env, OBJECT, stack);
  expect(in.ptr == NULL && out_of_memory(), "no memory for bytes is OutOfMemoryError");
  expect(now.regions == 0 && now.references == 0, "and nothing is copied, no reference left");
  env = fresh(0);
  in = stowage_range_of(env, OBJECT, NULL, 0, -1, stack);
  expect(in.ptr == NULL && now.regions == 1, "a negative length is for JNI to refuse");
  env = fresh(0);
  in = stowage_bytes_of(env, OBJECT, stack);
  expect(in.ptr != NULL && in.len == 0, "the pointer to no bytes is not NULL");
  env = fresh(0);
  in = stowage_bytes_of(env, NULL, stack);
  expect(in.ptr == NULL && threw("java/lang/NullPointerException"), "null is a NullPointerException");
}

static void secrets(void) {
  stowage_bytes_stack stack;
  JNIEnv *env = fresh(STOWAGE_STACK_BYTES);
  stowage_bytes secret = stowage_bytes_of(env, OBJECT, stack);
  expect(stack[0] == 7 && stack[STOWAGE_STACK_BYTES - 1] == 7, "a secret is copied");
  stowage_bytes_wipe(&secret);
  for (int i = 0; i < STOWAGE_STACK_BYTES; i++) {
    expect(stack[i] == 0, "a small secret is overwritten");
  }
  env = failing_at(0, STOWAGE_STACK_BYTES);
  secret = stowage_bytes_of(env, OBJECT, stack);
  expect(secret.ptr == NULL && stack[0] == 0, "a copy that failed is overwritten");
  stowage_bytes_wipe(&secret);
}

/* test_free looks into the block; a void function has no value to return. */
static void keep_secret(JNIEnv *env, jbyteArray array) {
  STOWAGE_SECRET_OR_RETURN(secret, array);
  expect(secret.len == LARGE && secret.ptr[LARGE - 1] == 7, "a large secret is copied");
}

static void direct_buffers(void) {
  const jint ranges[][2] = {{3, 6}, {-1, 2}, {0, -1}, {INT32_MAX, 1}, {INT32_MAX, INT32_MAX}, {9, 0}};
  stowage_bytes_stack stack;
  JNIEnv *env = fresh(0);
  now.direct = true;
  stowage_bytes room = stowage_room_for(env, NULL, OBJECT, 3, 5, stack);
  expect(room.ptr == memory + 3 && room.len == 5, "a direct buffer is its own room");
  stowage_room_out(env, NULL, 3, &room);
  stowage_bytes in = stowage_range_of(env, NULL, OBJECT, 8, 0, stack);
  expect(in.ptr == memory + 8 && in.len == 0, "and its own source");
  expect(now.regions == 0 && now.blocks == 0, "and nothing is copied");
  for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
    env = fresh(0);
    now.direct = true;
    room = stowage_room_for(env, NULL, OBJECT, ranges[i][0], ranges[i][1], stack);
    expect(room.ptr == NULL && bad_argument(), "room outside of a direct buffer is refused");
    env = fresh(0);
    now.direct = true;
    in = stowage_range_of(env, NULL, OBJECT, ranges[i][0], ranges[i][1], stack);
    expect(in.ptr == NULL && bad_argument(), "a source outside of a direct buffer is refused");
  }
  env = fresh(0);
  expect(stowage_room_for(env, NULL, OBJECT, 0, 1, stack).ptr == NULL && bad_argument(),
         "a heap buffer is not direct");
  env = fresh(0);
  now.empty = true;
  expect(stowage_range_of(env, NULL, OBJECT, 0, 0, stack).ptr == stack,
         "an empty buffer may have no address");
  env = fresh(0);
  expect(stowage_range_of(env, NULL, NULL, 0, 0, stack).ptr == NULL && bad_argument(),
         "neither an array nor a buffer is not a range");
}

static void rooms(void) {
  stowage_bytes_stack stack;
  JNIEnv *env = failing_at(0, 0);
  expect(stowage_room_for(env, OBJECT, NULL, 0, STOWAGE_STACK_BYTES, stack).ptr == stack,
         "small room needs no malloc");
  expect(stowage_room_for(env, OBJECT, NULL, 0, STOWAGE_STACK_BYTES + 1, stack).ptr == NULL &&
             out_of_memory(),
         "no memory for a room is OutOfMemoryError");
  env = failing_at(1, 0);
  stowage_bytes room = stowage_room_for(env, OBJECT, NULL, 0, STOWAGE_STACK_BYTES + 1, stack);
  expect(room.ptr != NULL && now.blocks == 1, "large room takes one block");
  stowage_room_out(env, OBJECT, 0, &room);
  expect(now.pending && now.blocks == 1, "a failed copy out leaves the exception, and the room to be freed");
  stowage_bytes_free(&room);
  expect(now.blocks == 0, "which gives the block back");
}

static void numbers(void) {
  stowage_slots_stack stack;
  JNIEnv *env = failing_at(1, STOWAGE_STACK_SLOTS);
  stowage_slots slots = stowage_slots_of(env, OBJECT, stack);
  expect(slots.ptr == stack && slots.len == STOWAGE_STACK_SLOTS, "16 numbers need no malloc");
  expect(stowage_slots_for(env, OBJECT, stack).ptr == stack, "nor does room for 16");
  env = failing_at(0, STOWAGE_STACK_SLOTS + 1);
  expect(stowage_slots_of(env, OBJECT, stack).ptr == NULL && out_of_memory() && now.regions == 0,
         "no memory for longs is OutOfMemoryError, and nothing is copied");
  env = fresh(STOWAGE_STACK_SLOTS + 1);
  slots = stowage_slots_of(env, OBJECT, stack);
  expect(slots.ptr != NULL && now.blocks == 1, "many longs take one block");
  stowage_slots_out(env, OBJECT, &slots);
  expect(now.regions == 2, "they are copied out");
  stowage_slots_free(&slots);
  expect(now.blocks == 0, "and give the block back");
  env = fresh(0);
  slots = stowage_slots_of(env, OBJECT, stack);
  expect(slots.ptr != NULL && slots.len == 0, "no numbers are fine");
  now.regions = 0;
  stowage_slots_out(env, OBJECT, &slots);
  expect(now.regions == 0, "and cost nothing on the way out");
  env = fresh(0);
  expect(stowage_slots_for(env, NULL, stack).ptr == NULL && threw("java/lang/NullPointerException"),
         "null is a NullPointerException");
}

static void outputs(void) {
  const uint8_t byte = 1;
  JNIEnv *env = fresh(0);
  expect(stowage_byte_array(env, &byte, 1) != NULL && now.regions == 1, "a result is copied");
  env = failing_at(0, 0);
  expect(stowage_byte_array(env, &byte, 1) == NULL && now.regions == 0, "no array, no copy");
  env = fresh(0);
  expect(stowage_byte_array(env, &byte, (size_t)INT32_MAX + 1) == NULL && out_of_memory(),
         "no array is that long");
  env = fresh(0);
  expect(stowage_string(env, &byte, (size_t)INT32_MAX + 1) == NULL && out_of_memory(), "nor is any string");
  env = fresh(0);
  now.status = 1;
  stowage_throw(env, stowage_upcall_Fake_fail, 1, &byte, 1);
  expect(now.fails == 1 && now.thrown == NULL, "the upcall throws");
  env = fresh(0);
  now.status = 1;
  now.mute = true;
  stowage_throw(env, stowage_upcall_Fake_fail, 1, &byte, 1);
  expect(now.fails == 1 && threw("java/lang/IllegalStateException"), "or the header, if that does not");
  env = failing_at(0, 0);
  stowage_throw(env, stowage_upcall_Fake_fail, 1, &byte, 1);
  expect(now.fails == 0 && now.pending, "no array for the text: that error stays");
  env = fresh(0);
  now.pending = true;
  stowage_throw(env, stowage_upcall_Fake_fail, 1, &byte, 1);
  expect(now.fails == 0, "an exception that is pending stays");
}

/* ---- UTF-8 ---- */

/* RFC 3629, section 4, line by line; bytes beyond len are 0. */
static size_t reference(const uint8_t *b) {
  const bool tail1 = (b[1] & 0xC0) == 0x80;
  const bool tail2 = tail1 && (b[2] & 0xC0) == 0x80;
  const bool tail3 = tail2 && (b[3] & 0xC0) == 0x80;
  if (b[0] <= 0x7F) {
    return 1;
  }
  if (b[0] >= 0xC2 && b[0] <= 0xDF) {
    return tail1 ? 2 : 0;
  }
  if ((b[0] == 0xE0 && b[1] < 0xA0) || (b[0] == 0xED && b[1] > 0x9F)) {
    return 0;
  }
  if (b[0] >= 0xE0 && b[0] <= 0xEF) {
    return tail2 ? 3 : 0;
  }
  if ((b[0] == 0xF0 && b[1] < 0x90) || (b[0] == 0xF4 && b[1] > 0x8F)) {
    return 0;
  }
  return b[0] >= 0xF0 && b[0] <= 0xF4 && tail3 ? 4 : 0;
}

static void utf8_sequences(void) {
  static const uint8_t last[] = {0, 0x7F, 0x80, 0xBF, 0xC0, 0xFF};
  for (uint32_t i = 0; i < 1 << 24; i++) {
    uint8_t bytes[5] = {(uint8_t)(i >> 16), (uint8_t)(i >> 8), (uint8_t)i};
    for (size_t k = 0; k < (bytes[0] < 0xF0 ? 1 : sizeof last); k++) {
      bytes[3] = last[k];
      uint32_t point;
      if (stowage_utf8_get(bytes, 4, &point) != reference(bytes)) {
        expect(false, "UTF-8 is what RFC 3629 says");
        return;
      }
      /* What ends too early is not UTF-8. */
      for (size_t len = 1; len < reference(bytes); len++) {
        expect(stowage_utf8_get(bytes, len, &point) == 0, "a cut sequence is not UTF-8");
      }
    }
  }
}

/* A string to UTF-8 and back. */
static bool same(const jchar *chars, int count) {
  stowage_bytes_stack stack;
  JNIEnv *env = fresh(0);
  now.chars = chars;
  now.char_count = count;
  stowage_bytes utf8 = stowage_utf8_of(env, OBJECT, stack);
  bool equal = utf8.ptr != NULL && stowage_string(env, utf8.ptr, utf8.len) != NULL &&
               now.made_count == count && memcmp(now.made, chars, (size_t)count * sizeof *chars) == 0;
  stowage_bytes_free(&utf8);
  return equal && now.blocks == 0 && !now.pending;
}

static bool refused(const jchar *chars, int count, const char *text) {
  stowage_bytes_stack stack;
  JNIEnv *env = fresh(0);
  now.chars = chars;
  now.char_count = count;
  stowage_bytes utf8 = stowage_utf8_of(env, OBJECT, stack);
  const bool failed = utf8.ptr == NULL && bad_argument() && strcmp(now.text, text) == 0;
  stowage_bytes_free(&utf8);
  return failed && now.blocks == 0;
}

static void strings(void) {
  static jchar chars[LARGE];
  for (uint32_t point = 0; point <= 0x10FFFF; point++) {
    if (point < 0xD800 || point >= 0xE000) {
      const bool pair = point >= 0x10000;
      chars[0] = (jchar)(pair ? 0xD800 + ((point - 0x10000) >> 10) : point);
      chars[1] = (jchar)(0xDC00 + (point & 0x3FF));
      if (!same(chars, pair ? 2 : 1)) {
        expect(false, "each code point is the same after a round trip");
        return;
      }
    }
  }
  const jchar kinds[][2] = {{'a', 'b'}, {0xE9, 'x'}, {0x20AC, 0xFFFF}, {0xD83D, 0xDE00}};
  for (size_t kind = 0; kind < 4; kind++) {
    for (int i = 0; i < LARGE; i++) {
      chars[i] = kinds[kind][i % 2];
    }
    /* Half of a pair is not a string. */
    const int step = kind == 3 ? 2 : 1;
    for (int count = 0; count <= LARGE; count += count < 40 || count > 1350 ? step : 32 * step) {
      expect(same(chars, count), "strings of every length are the same after a round trip");
    }
  }
  chars[0] = 'a';
  for (uint32_t surrogate = 0xD800; surrogate < 0xE000; surrogate++) {
    chars[1] = (jchar)surrogate;
    chars[2] = 'b';
    expect(refused(chars, 2, "lone surrogate in a string, at index 1"), "a last surrogate is refused");
    expect(refused(chars, 3, "lone surrogate in a string, at index 1"), "one before a letter is refused");
  }
  JNIEnv *env = fresh(0);
  const uint8_t modified[] = {'a', 0xC0, 0x80};
  expect(stowage_string(env, modified, 3) == NULL && bad_argument() && now.blocks == 0, "not modified UTF-8");
  expect(strcmp(now.text, "text from native code is not UTF-8, at byte 1") == 0, "the text has the place");
  env = fresh(0);
  stowage_bytes_stack stack;
  expect(stowage_utf8_of(env, NULL, stack).ptr == NULL && threw("java/lang/NullPointerException"),
         "null is a NullPointerException");
}

/* ---- A native method with everything, each operation failed once ---- */

static int32_t callback(void *ctx) {
  const stowage_object *context = ctx;
  JNIEnv *env = context->env;
  STOWAGE_LOCAL_OR_RETURN(bytes, stowage_byte_array(env, memory, 1), 1);
  expect(bytes.ref != NULL && context->ref == OBJECT, "a callback has its context");
  return 0;
}

static jstring everything(JNIEnv *env) {
  STOWAGE_BYTES_OR_RETURN(bytes, OBJECT, NULL);
  STOWAGE_RANGE_OR_RETURN(range, OBJECT, NULL, 0, LARGE, NULL);
  STOWAGE_UTF8_OR_RETURN(utf8, OBJECT, NULL);
  STOWAGE_ROOM_OR_RETURN(room, OBJECT, NULL, 0, LARGE, NULL);
  STOWAGE_SLOTS_OR_RETURN(slots, OBJECT, NULL);
  STOWAGE_SLOT_ROOM_OR_RETURN(slot_room, OBJECT, NULL);
  expect(bytes.len == LARGE && range.len == LARGE && room.len == LARGE && utf8.len == LARGE,
         "all lengths are right");
  expect(slots.len == LARGE && slot_room.len == LARGE, "those of numbers, too");
  stowage_object context = {env, OBJECT};
  if (callback(&context) != 0) {
    return NULL;
  }
  STOWAGE_BUFFER(out);
  STOWAGE_CALL_OR_RETURN(fake_call(bytes.ptr, bytes.len, &out, &error), NULL);
  memset(room.ptr, 1, room.len);
  memset(slot_room.ptr, 1, slot_room.len * sizeof *slot_room.ptr);
  stowage_slots_out(env, OBJECT, &slot_room);
  if ((*env)->ExceptionCheck(env)) {
    return NULL;
  }
  stowage_room_out(env, OBJECT, 0, &room);
  return (*env)->ExceptionCheck(env) ? NULL : stowage_string(env, utf8.ptr, utf8.len);
}

static void each_failure(int status) {
  static jchar chars[LARGE];
  for (int i = 0; i < LARGE; i++) {
    chars[i] = 'u';
  }
  int operation = 0;
  bool failed = true;
  for (; failed; operation++) {
    JNIEnv *env = failing_at(operation, LARGE);
    now.chars = chars;
    now.char_count = LARGE;
    now.status = status;
    const jstring made = everything(env);
    failed = now.operations > operation;
    expect((made == NULL) == (failed || status != 0), "a failure returns the value of the macro");
    expect(now.pending == (failed || status != 0), "each failure is an exception");
    expect(now.blocks == 0 && now.buffers == 0, "and leaks nothing");
    expect(now.calls <= 1, "the core is called once at most");
  }
  /* Small numbers would show that failures are no longer injected. */
  expect(operation > (status == 0 ? 15 : 12), "many operations can fail");
}

/* ---- Macros around a call ---- */

static jbyteArray return_bytes(JNIEnv *env) {
  STOWAGE_RETURN_BYTES(fake_call(memory, 1, &result, &error));
}

static void call(JNIEnv *env) {
  fake_buffer none = {0};
  STOWAGE_CALL(fake_call(memory, 1, &none, &error));
  fake_buffer_free(&none);
}

static void calls(void) {
  JNIEnv *env = fresh(0);
  stowage_object context = {env, OBJECT};
  expect(callback(&context) == 0 && now.references == 0, "a callback leaves no reference");
  env = fresh(0);
  expect(return_bytes(env) != NULL && now.calls == 1 && now.buffers == 0, "a result is returned and freed");
  env = fresh(0);
  now.status = 3;
  expect(return_bytes(env) == NULL && now.fails == 1 && now.buffers == 0, "an error is thrown and freed");
  env = fresh(0);
  call(env);
  expect(now.calls == 1 && !now.pending, "a call");
  env = fresh(0);
  now.status = 3;
  call(env);
  expect(now.calls == 1 && now.fails == 1 && now.pending && now.buffers == 0, "a call that fails throws");
  env = fresh(0);
  now.pending = true;
  call(env);
  expect(now.calls == 0 && now.fails == 0 && now.pending, "with an exception pending there is no call");
}

int main(void) {
  inputs();
  secrets();
  JNIEnv *env = fresh(LARGE);
  now.secrets = true;
  keep_secret(env, OBJECT);
  expect(now.blocks == 0, "and is freed");
  direct_buffers();
  rooms();
  numbers();
  outputs();
  utf8_sequences();
  strings();
  each_failure(0);
  each_failure(3);
  calls();
  return wrong == 0 ? 0 : 1;
}
