#include "fake_jvm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NATIVES = 64 };

static struct JNINativeInterface_ functions;
static struct JNIInvokeInterface_ invocations;
static JNIEnv environment = &functions;
static JavaVM machine = &invocations;

static const char *property_value;
static fake_upcall on_upcall;
static JNINativeMethod natives[MOST_NATIVES];
static int native_count;
static fake_object *pending;
static const char *pending_text;

static void die(const char *what) {
  fprintf(stderr, "fake JVM: %s\n", what);
  exit(70);
}

static void missing(void) {
  die("a JNI function that it does not offer was called");
}

static void *allocate(size_t count, size_t size) {
  void *memory = calloc(count > 0 ? count : 1, size);
  if (memory == NULL) {
    die("out of memory");
  }
  return memory;
}

static const char *copied(const char *text) {
  size_t size = strlen(text) + 1;
  return memcpy(allocate(size, 1), text, size);
}

static fake_object *new_object(const char *text, void *data, size_t length) {
  fake_object *made = allocate(1, sizeof *made);
  made->text = text == NULL ? NULL : copied(text);
  made->data = data;
  made->length = length;
  return made;
}

static void nothing_pending(void) {
  if (pending != NULL) {
    die("a JNI function was called with an exception pending");
  }
}

static fake_object *array(const void *data, size_t length, size_t size) {
  void *elements = allocate(length, size);
  if (data != NULL && length > 0) {
    memcpy(elements, data, length * size);
  }
  return new_object(NULL, elements, length);
}

void fake_throw(const char *class_name, const char *text) {
  pending = new_object(class_name, NULL, 0);
  pending_text = copied(text);
}

const char *fake_caught(void) {
  if (pending == NULL) {
    return NULL;
  }
  size_t size = strlen(pending->text) + sizeof ": " + strlen(pending_text);
  char *text = allocate(size, 1);
  snprintf(text, size, "%s: %s", pending->text, pending_text);
  pending = NULL;
  return text;
}

const fake_object *fake_get(jobject reference) {
  return (const fake_object *)reference;
}

jbyteArray fake_bytes(const void *data, size_t length) {
  return (jbyteArray)array(data, length, sizeof(jbyte));
}

jlongArray fake_longs(const jlong *data, size_t length) {
  return (jlongArray)array(data, length, sizeof(jlong));
}

jintArray fake_ints(size_t length) {
  return (jintArray)array(NULL, length, sizeof(jint));
}

jobject fake_buffer(void *data, size_t length) {
  return (jobject)new_object(NULL, data, length);
}

void *fake_native(const char *name) {
  for (int i = 0; i < native_count; i++) {
    if (strcmp(natives[i].name, name) == 0) {
      return natives[i].fnPtr;
    }
  }
  return NULL;
}

int fake_native_count(void) {
  return native_count;
}

/* ---- classes, methods, strings ---- */

static jclass JNICALL find_class(JNIEnv *env, const char *name) {
  (void)env;
  nothing_pending();
  return (jclass)new_object(name, NULL, 0);
}

static jmethodID JNICALL method_id(JNIEnv *env, jclass cls, const char *name, const char *descriptor) {
  (void)env;
  (void)cls;
  nothing_pending();
  fake_method *method = allocate(1, sizeof *method);
  method->name = copied(name);
  method->descriptor = copied(descriptor);
  return (jmethodID)method;
}

static jint JNICALL register_natives(JNIEnv *env, jclass cls, const JNINativeMethod *methods, jint count) {
  (void)env;
  (void)cls;
  nothing_pending();
  if (native_count + count > MOST_NATIVES) {
    die("too many native methods");
  }
  memcpy(natives + native_count, methods, (size_t)count * sizeof *methods);
  native_count += count;
  return JNI_OK;
}

static jstring JNICALL new_string(JNIEnv *env, const char *text) {
  (void)env;
  nothing_pending();
  return (jstring)new_object(text, NULL, strlen(text));
}

static jsize JNICALL string_length(JNIEnv *env, jstring string) {
  (void)env;
  return (jsize)fake_get(string)->length;
}

static void JNICALL string_region(JNIEnv *env, jstring string, jsize start, jsize length, char *to) {
  (void)env;
  memcpy(to, fake_get(string)->text + start, (size_t)length);
  to[length] = '\0';
}

/* System.clearProperty is the one method that is called so. */
static jobject JNICALL call_object(JNIEnv *env, jclass cls, jmethodID method, ...) {
  (void)cls;
  nothing_pending();
  if (strcmp(((const fake_method *)method)->name, "clearProperty") != 0 || property_value == NULL) {
    return NULL;
  }
  jobject value = new_string(env, property_value);
  property_value = NULL;
  return value;
}

static void JNICALL call_void(JNIEnv *env, jclass cls, jmethodID method, ...) {
  (void)env;
  (void)cls;
  nothing_pending();
  va_list args;
  va_start(args, method);
  on_upcall((const fake_method *)method, args);
  va_end(args);
}

/* ---- references and exceptions ---- */

static jobject JNICALL same(JNIEnv *env, jobject object) {
  (void)env;
  return object;
}

static void JNICALL forget(JNIEnv *env, jobject object) {
  (void)env;
  (void)object;
}

static jboolean JNICALL exception_check(JNIEnv *env) {
  (void)env;
  return pending != NULL;
}

static jthrowable JNICALL exception(JNIEnv *env) {
  (void)env;
  return (jthrowable)pending;
}

static void JNICALL exception_clear(JNIEnv *env) {
  (void)env;
  pending = NULL;
}

static jint JNICALL throw_new(JNIEnv *env, jclass cls, const char *text) {
  (void)env;
  nothing_pending();
  fake_throw(fake_get(cls)->text, text);
  return JNI_OK;
}

static jint JNICALL throw_again(JNIEnv *env, jthrowable object) {
  (void)env;
  pending = (fake_object *)object;
  return JNI_OK;
}

/* ---- arrays and buffers ---- */

static void copy(jobject from, jsize start, jsize length, size_t size, void *out, const void *in) {
  const fake_object *object = fake_get(from);
  if (start < 0 || length < 0 || (size_t)start + (size_t)length > object->length) {
    fake_throw("java/lang/ArrayIndexOutOfBoundsException", "region");
    return;
  }
  char *place = (char *)object->data + (size_t)start * size;
  if (out != NULL) {
    memcpy(out, place, (size_t)length * size);
  } else if (in != NULL) {
    memcpy(place, in, (size_t)length * size);
  }
}

static jsize JNICALL array_length(JNIEnv *env, jarray object) {
  (void)env;
  return (jsize)fake_get(object)->length;
}

static jbyteArray JNICALL new_bytes(JNIEnv *env, jsize length) {
  (void)env;
  nothing_pending();
  return fake_bytes(NULL, (size_t)length);
}

static void JNICALL get_bytes(JNIEnv *env, jbyteArray from, jsize start, jsize length, jbyte *to) {
  (void)env;
  nothing_pending();
  copy(from, start, length, sizeof *to, to, NULL);
}

static void JNICALL set_bytes(JNIEnv *env, jbyteArray to, jsize start, jsize length, const jbyte *from) {
  (void)env;
  nothing_pending();
  copy(to, start, length, sizeof *from, NULL, from);
}

static void JNICALL get_longs(JNIEnv *env, jlongArray from, jsize start, jsize length, jlong *to) {
  (void)env;
  nothing_pending();
  copy(from, start, length, sizeof *to, to, NULL);
}

static void JNICALL set_longs(JNIEnv *env, jlongArray to, jsize start, jsize length, const jlong *from) {
  (void)env;
  nothing_pending();
  copy(to, start, length, sizeof *from, NULL, from);
}

static void JNICALL set_ints(JNIEnv *env, jintArray to, jsize start, jsize length, const jint *from) {
  (void)env;
  nothing_pending();
  copy(to, start, length, sizeof *from, NULL, from);
}

static void *JNICALL buffer_address(JNIEnv *env, jobject buffer) {
  (void)env;
  return fake_get(buffer)->data;
}

static jlong JNICALL buffer_capacity(JNIEnv *env, jobject buffer) {
  (void)env;
  return (jlong)fake_get(buffer)->length;
}

/* ---- the two tables ---- */

static jint JNICALL get_env(JavaVM *vm, void **env, jint version) {
  (void)vm;
  (void)version;
  *env = &environment;
  return JNI_OK;
}

JNIEnv *fake_env(void) {
  return &environment;
}

JavaVM *fake_jvm(const char *property, fake_upcall upcall) {
  property_value = property;
  on_upcall = upcall;
  void (*none)(void) = missing;
  for (size_t at = 0; at + sizeof none <= sizeof functions; at += sizeof none) {
    memcpy((char *)&functions + at, &none, sizeof none);
  }
  functions.FindClass = find_class;
  functions.GetMethodID = method_id;
  functions.GetStaticMethodID = method_id;
  functions.RegisterNatives = register_natives;
  functions.NewStringUTF = new_string;
  functions.GetStringLength = string_length;
  functions.GetStringUTFLength = string_length;
  functions.GetStringUTFRegion = string_region;
  functions.CallStaticObjectMethod = call_object;
  functions.CallStaticVoidMethod = call_void;
  functions.NewWeakGlobalRef = same;
  functions.DeleteWeakGlobalRef = forget;
  functions.DeleteLocalRef = forget;
  functions.ExceptionCheck = exception_check;
  functions.ExceptionOccurred = exception;
  functions.ExceptionClear = exception_clear;
  functions.ThrowNew = throw_new;
  functions.Throw = throw_again;
  functions.GetArrayLength = array_length;
  functions.NewByteArray = new_bytes;
  functions.GetByteArrayRegion = get_bytes;
  functions.SetByteArrayRegion = set_bytes;
  functions.GetLongArrayRegion = get_longs;
  functions.SetLongArrayRegion = set_longs;
  functions.SetIntArrayRegion = set_ints;
  functions.GetDirectBufferAddress = buffer_address;
  functions.GetDirectBufferCapacity = buffer_capacity;
  invocations.GetEnv = get_env;
  return &machine;
}
