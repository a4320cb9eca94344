/*
 * common.c against a JNIEnv and an allocator that fail when told to. Built with malloc and free of common.c
 * renamed to the two below; ends with 0 if every expectation held.
 */
#include "common.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct {
  bool malloc_fails;
  bool region_throws;
  bool no_array;
  bool no_class;
  bool direct;
  bool pending;
  int blocks;
  int regions;
  int fails;
  int length;
  const char *thrown;
} now;

/* What the direct buffer of these tests holds. */
static uint8_t memory[8];

static int wrong;

static void expect(bool holds, const char *what) {
  if (!holds) {
    wrong++;
    printf("not so: %s\n", what);
  }
}

void *test_malloc(size_t size) {
  void *block = now.malloc_fails ? NULL : malloc(size);
  now.blocks += block != NULL;
  return block;
}

void test_free(void *block) {
  now.blocks -= block != NULL;
  free(block);
}

static jclass JNICALL find_class(JNIEnv *env, const char *name) {
  (void)env;
  now.pending = now.no_class;
  return now.no_class ? NULL : (jclass)name;
}

static jint JNICALL throw_new(JNIEnv *env, jclass cls, const char *text) {
  (void)env;
  (void)text;
  now.pending = true;
  now.thrown = (const char *)cls;
  return 0;
}

static void JNICALL delete_local(JNIEnv *env, jobject reference) {
  (void)env;
  (void)reference;
}

static jboolean JNICALL exception_check(JNIEnv *env) {
  (void)env;
  return now.pending;
}

static jsize JNICALL array_length(JNIEnv *env, jarray array) {
  (void)env;
  (void)array;
  return now.length;
}

static void region(void) {
  now.regions++;
  now.pending = now.region_throws;
}

static void JNICALL get_bytes(JNIEnv *env, jbyteArray array, jsize from, jsize length, jbyte *to) {
  (void)env;
  (void)array;
  (void)from;
  memset(to, 7, length < 0 ? 0 : (size_t)length);
  region();
  now.pending |= length < 0;
}

static void JNICALL get_longs(JNIEnv *env, jlongArray array, jsize from, jsize length, jlong *to) {
  (void)env;
  (void)array;
  (void)from;
  memset(to, 7, (size_t)length * sizeof *to);
  region();
}

static void JNICALL set_longs(JNIEnv *env, jlongArray array, jsize from, jsize length, const jlong *longs) {
  (void)env;
  (void)array;
  (void)from;
  (void)length;
  (void)longs;
  region();
}

static void *JNICALL address(JNIEnv *env, jobject buffer) {
  (void)env;
  (void)buffer;
  return now.direct ? memory : NULL;
}

static jlong JNICALL capacity(JNIEnv *env, jobject buffer) {
  (void)env;
  (void)buffer;
  return now.direct ? (jlong)sizeof memory : -1;
}

static void JNICALL set_bytes(JNIEnv *env, jbyteArray array, jsize from, jsize length, const jbyte *bytes) {
  (void)env;
  (void)array;
  (void)from;
  (void)length;
  (void)bytes;
  region();
}

static jbyteArray JNICALL new_bytes(JNIEnv *env, jsize length) {
  (void)env;
  (void)length;
  now.pending = now.no_array;
  return now.no_array ? NULL : (jbyteArray)&now;
}

static void JNICALL call_void(JNIEnv *env, jclass cls, jmethodID method, ...) {
  (void)env;
  (void)cls;
  (void)method;
  now.fails++;
  now.pending = true;
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
      .CallStaticVoidMethod = call_void,
  };
  static JNIEnv env = &table;
  memset(&now, 0, sizeof now);
  now.length = length;
  return &env;
}

static bool out_of_memory(void) {
  return now.thrown != NULL && strcmp(now.thrown, "java/lang/OutOfMemoryError") == 0;
}

static bool bad_argument(void) {
  return now.thrown != NULL && strcmp(now.thrown, "java/lang/IllegalArgumentException") == 0;
}

static void inputs(void) {
  stowage_in in;
  JNIEnv *env = fresh(STOWAGE_STACK_BYTES);
  now.malloc_fails = true;
  expect(stowage_in_bytes(env, NULL, &in) && in.len == STOWAGE_STACK_BYTES, "small arrays need no malloc");
  env = fresh(STOWAGE_STACK_BYTES + 1);
  expect(stowage_in_bytes(env, NULL, &in) && now.blocks == 1, "a large array takes one block");
  stowage_in_free(&in);
  expect(now.blocks == 0, "and gives it back");
  env = fresh(STOWAGE_STACK_BYTES + 1);
  now.malloc_fails = true;
  expect(!stowage_in_bytes(env, NULL, &in) && out_of_memory(), "no memory for bytes is OutOfMemoryError");
  expect(now.regions == 0, "and nothing is copied");
  env = fresh(STOWAGE_STACK_BYTES + 1);
  now.malloc_fails = now.no_class = true;
  expect(!stowage_in_bytes(env, NULL, &in) && now.pending, "what FindClass threw stays");
  env = fresh(STOWAGE_STACK_BYTES + 1);
  now.region_throws = true;
  expect(!stowage_in_bytes(env, NULL, &in) && now.blocks == 0, "a failed copy of bytes leaks nothing");
  env = fresh(0);
  now.malloc_fails = true;
  expect(!stowage_in_array(env, NULL, 0, -1, &in) && now.regions == 1,
         "a negative length is for JNI to refuse");
}

static void slots(void) {
  stowage_slots slots;
  JNIEnv *env = fresh(STOWAGE_STACK_SLOTS);
  now.malloc_fails = true;
  expect(stowage_slots_in(env, NULL, &slots) && slots.len == STOWAGE_STACK_SLOTS, "16 need no malloc");
  expect(stowage_slots_room(env, NULL, &slots) && slots.ptr == slots.stack, "nor does room for 16");
  env = fresh(STOWAGE_STACK_SLOTS + 1);
  now.malloc_fails = true;
  expect(!stowage_slots_in(env, NULL, &slots) && out_of_memory(), "no memory for longs is OutOfMemoryError");
  expect(now.regions == 0, "and nothing is copied");
  env = fresh(STOWAGE_STACK_SLOTS + 1);
  now.malloc_fails = true;
  expect(!stowage_slots_room(env, NULL, &slots) && out_of_memory(), "no room for longs is OutOfMemoryError");
  env = fresh(STOWAGE_STACK_SLOTS + 1);
  now.region_throws = true;
  expect(!stowage_slots_in(env, NULL, &slots) && now.blocks == 0, "a failed copy of longs leaks nothing");
  env = fresh(STOWAGE_STACK_SLOTS + 1);
  expect(stowage_slots_in(env, NULL, &slots) && now.blocks == 1, "many longs take one block");
  stowage_slots_out(env, NULL, &slots);
  expect(now.regions == 2, "they are copied out");
  stowage_slots_free(&slots);
  expect(now.blocks == 0, "and give the block back");
  env = fresh(0);
  expect(stowage_slots_in(env, NULL, &slots) && slots.len == 0, "no slots are fine");
  now.regions = 0;
  stowage_slots_out(env, NULL, &slots);
  expect(now.regions == 0, "and cost nothing on the way out");
}

static void rooms(void) {
  const jbyteArray array = (jbyteArray)&now;
  stowage_room room;
  JNIEnv *env = fresh(0);
  now.malloc_fails = true;
  expect(stowage_room_for(env, array, NULL, 0, STOWAGE_STACK_BYTES, &room), "small room needs no malloc");
  expect(!stowage_room_for(env, array, NULL, 0, STOWAGE_STACK_BYTES + 1, &room) && out_of_memory(),
         "no memory for a room is OutOfMemoryError");
  env = fresh(0);
  expect(stowage_room_for(env, array, NULL, 0, STOWAGE_STACK_BYTES + 1, &room) && now.blocks == 1,
         "large room takes one block");
  now.region_throws = true;
  stowage_room_out(env, array, 0, &room);
  expect(now.pending && now.blocks == 1, "a failed copy out leaves the exception, and the room to be freed");
  stowage_room_free(&room);
  expect(now.blocks == 0, "which gives the block back");
  env = fresh(0);
  now.direct = true;
  expect(stowage_room_for(env, NULL, array, 3, 5, &room) && room.ptr == memory + 3 && room.len == 5,
         "a direct buffer is its own room");
  stowage_room_out(env, NULL, 3, &room);
  expect(now.regions == 0 && now.blocks == 0, "and nothing is copied");
  const jint ranges[][2] = {{3, 6}, {-1, 2}, {0, -1}, {INT32_MAX, 1}, {INT32_MAX, INT32_MAX}};
  for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
    stowage_in in;
    env = fresh(0);
    now.direct = true;
    expect(!stowage_room_for(env, NULL, array, ranges[i][0], ranges[i][1], &room) && bad_argument(),
           "room outside of a direct buffer is refused");
    env = fresh(0);
    now.direct = true;
    expect(!stowage_in_source(env, NULL, array, ranges[i][0], ranges[i][1], &in) && bad_argument(),
           "a source outside of a direct buffer is refused");
  }
  env = fresh(0);
  expect(!stowage_room_for(env, NULL, array, 0, 1, &room) && bad_argument(), "a heap buffer is not direct");
}

static void outputs(void) {
  const uint8_t byte = 1;
  JNIEnv *env = fresh(0);
  expect(stowage_out(env, &byte, 1) != NULL && now.regions == 1, "a result is copied");
  env = fresh(0);
  now.no_array = true;
  expect(stowage_out(env, &byte, 1) == NULL && now.regions == 0, "no array, no copy");
  env = fresh(0);
  expect(stowage_out(env, &byte, (size_t)INT32_MAX + 1) == NULL && out_of_memory(), "no array is that long");
  env = fresh(0);
  stowage_fail(env, NULL, NULL, 1, &byte, 1);
  expect(now.fails == 1, "fail is called");
  env = fresh(0);
  now.no_array = true;
  stowage_fail(env, NULL, NULL, 1, &byte, 1);
  expect(now.fails == 0 && now.pending, "no array for the text: that error stays");
  env = fresh(0);
  now.pending = true;
  stowage_fail(env, NULL, NULL, 1, &byte, 1);
  expect(now.fails == 0, "an exception that is pending stays");
}

int main(void) {
  inputs();
  slots();
  rooms();
  outputs();
  return wrong == 0 ? 0 : 1;
}
