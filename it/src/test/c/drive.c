/*
 * Drives the packed Rust core through its packed shim, as a JVM and dev.stowage.wasm would:
 *   drive use CORE SHIM PACKAGE CALCULATOR ASKER   the modules of it's SampleModules class
 *   drive refuse LIBRARY                           succeeds if the loader refuses it, and prints the reason
 * It prints a line "RESULT ok|FAILED NAME TEXT" for each step, like the scenarios in Java; the test
 * reads them.
 */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fake_jvm.h"

/* Defaults of InstanceOptions do not matter here. */
enum { FUEL = 1000000, PAGES = 16, ELEMENTS = 100, DEPTH = 100 };
enum { MOST_TEXT = 4096, FAILED = 1 };

/* Prototypes as in RustNative.java. */
typedef void(JNICALL *on_unload_fn)(JavaVM *, void *);
typedef jint(JNICALL *on_load_fn)(JavaVM *, void *);
typedef jbyteArray(JNICALL *version_fn)(JNIEnv *, jclass);
typedef jbyteArray(JNICALL *describe_fn)(JNIEnv *, jclass, jbyteArray, jobject, jint, jint);
typedef jlong(JNICALL *open_fn)(JNIEnv *, jclass, jbyteArray, jobject, jint, jint, jlong, jlong, jlong, jint,
                                jbyteArray, jbyteArray, jlong, jobject, jobject);
typedef jbyteArray(JNICALL *function_fn)(JNIEnv *, jclass, jobject, jlong, jbyteArray, jintArray);
typedef void(JNICALL *call_fn)(JNIEnv *, jclass, jobject, jlong, jint, jlongArray, jlongArray, jlong, jobject,
                               jobject);
typedef void(JNICALL *close_fn)(JNIEnv *, jclass, jlong);
typedef jlong(JNICALL *count_fn)(JNIEnv *, jclass);
typedef void(JNICALL *panic_fn)(JNIEnv *, jclass, jbyteArray);

/*
 * The memory that shim and Java share for host functions with one i64 each way; layout in HostFunctions.java.

 */
static struct {
  uint64_t begin;
  uint32_t parameters;
  uint32_t results;
  int64_t slot;
} call_buffer = {.begin = 16, .parameters = 1, .results = 1};

static int asked;

static void result(int good, const char *name, const char *text) {
  printf("RESULT %s %s %s\n", good ? "ok" : "FAILED", name, text);
}

/* The effects of RustNative's upcalls. */
static void upcall(const fake_method *method, va_list args) {
  if (strcmp(method->name, "fail") == 0) {
    char text[MOST_TEXT];
    jint status = va_arg(args, jint);
    const fake_object *bytes = fake_get(va_arg(args, jobject));
    snprintf(text, sizeof text, "%d %.*s", (int)status, (int)bytes->length, (const char *)bytes->data);
    fake_throw("dev/stowage/wasm/WasmException", text);
  } else if (strcmp(method->name, "host") == 0) {
    asked++;
    call_buffer.slot += 1;
  } else {
    fake_throw("java/lang/AssertionError", method->name);
  }
}

/* Requires that an exception is pending. */
static void thrown(const char *name) {
  const char *text = fake_caught();
  result(text != NULL, name, text == NULL ? "nothing was thrown" : text);
}

/* Requires that no exception is pending. */
static void done(const char *name, const char *text) {
  const char *caught = fake_caught();
  result(caught == NULL, name, caught == NULL ? text : caught);
}

static void *native(const char *name) {
  void *found = fake_native(name);
  if (found == NULL) {
    result(0, "native", name);
    exit(FAILED);
  }
  return found;
}

static void *load(const char *path) {
  void *library = dlopen(path, RTLD_LAZY);
  if (library == NULL) {
    result(0, "dlopen", dlerror());
    exit(FAILED);
  }
  return library;
}

static jbyteArray file(const char *path) {
  static char content[1 << 20];
  FILE *in = fopen(path, "rb");
  if (in == NULL) {
    result(0, "file", path);
    exit(FAILED);
  }
  size_t size = fread(content, 1, sizeof content, in);
  fclose(in);
  return fake_bytes(content, size);
}

/* Prints a byte[] as the text of a result; bytes that are not printable are dots. */
static void bytes_result(const char *name, jbyteArray array) {
  char text[MOST_TEXT];
  const fake_object *bytes = fake_get(array);
  size_t length = 0;
  for (; length < bytes->length && length < sizeof text - 1; length++) {
    char byte = ((const char *)bytes->data)[length];
    text[length] = byte >= ' ' && byte <= '~' ? byte : '.';
  }
  text[length] = '\0';
  result(1, name, text);
}

/*
 * Encodes {str module, str name, u8 kind, str type}, little-endian, each str after its length; see
 * swr_instance_open.
 */
static jbyteArray host_call(void) {
  static const char record[] = "\1\0\0\0\4\0\0\0host\4\0\0\0call\0\16\0\0\0(i64) -> (i64)";
  return fake_bytes(record, sizeof record - 1);
}

static jlong open_module(const char *path, jbyteArray imports, jobject shared) {
  jbyteArray module = file(path);
  return ((open_fn)native("instanceOpen"))(fake_env(), NULL, module, NULL, 0, (jint)fake_get(module)->length,
                                           FUEL, PAGES, ELEMENTS, DEPTH, imports, fake_bytes(NULL, 0), 0,
                                           NULL, shared);
}

/* Calls an export: (i64, ...) -> i64, or () -> () without arguments. */
static jlong call(jlong handle, const char *name, const jlong *args, size_t count, jobject shared) {
  jintArray number = fake_ints(1);
  jlongArray results = fake_longs(NULL, count > 0 ? 1 : 0);
  ((function_fn)native("instanceFunction"))(fake_env(), NULL, NULL, handle, fake_bytes(name, strlen(name)),
                                            number);
  done(name, "found");
  jint function = *(const jint *)fake_get(number)->data;
  ((call_fn)native("instanceCall"))(fake_env(), NULL, NULL, handle, function, fake_longs(args, count),
                                    results, 0, NULL, shared);
  return count > 0 ? *(const jlong *)fake_get(results)->data : 0;
}

static void number_result(const char *name, jlong value) {
  char text[32];
  snprintf(text, sizeof text, "%lld", (long long)value);
  done(name, text);
}

static void drive(const char *calculator, const char *asker) {
  JNIEnv *env = fake_env();
  number_result("natives", fake_native_count());
  bytes_result("version", ((version_fn)native("version"))(env, NULL));
  jbyteArray module = file(calculator);
  bytes_result("describe",
               ((describe_fn)native("describe"))(env, NULL, module, NULL, 0, (jint)fake_get(module)->length));
  jlong handle = open_module(calculator, fake_bytes(NULL, 0), NULL);
  number_result("sum", call(handle, "add", (const jlong[]){40, 2}, 2, NULL));
  call(handle, "trap", NULL, 0, NULL);
  thrown("trapped");
  ((close_fn)native("instanceClose"))(env, NULL, handle);

  jobject shared = fake_buffer(&call_buffer, sizeof call_buffer);
  handle = open_module(asker, host_call(), shared);
  number_result("answer", call(handle, "ask", (const jlong[]){41}, 1, shared));
  number_result("asked", asked);
  ((close_fn)native("instanceClose"))(env, NULL, handle);

  ((panic_fn)native("probePanic"))(env, NULL, fake_bytes("as asked", strlen("as asked")));
  thrown("panic");
  number_result("handles", ((count_fn)native("liveHandles"))(env, NULL));
  number_result("bytes", ((count_fn)native("nativeBytes"))(env, NULL));
}

static int use(char **paths) {
  JavaVM *vm = fake_jvm(paths[2], upcall);
  load(paths[0]);
  void *shim = load(paths[1]);
  on_load_fn on_load = (on_load_fn)dlsym(shim, "JNI_OnLoad");
  if (on_load == NULL || on_load(vm, NULL) != JNI_VERSION_1_6) {
    thrown("onload");
    return FAILED;
  }
  done("onload", "");
  drive(paths[3], paths[4]);
  ((on_unload_fn)dlsym(shim, "JNI_OnUnload"))(vm, NULL);
  done("onunload", "");
  return 0;
}

static int refuse(const char *path) {
  void *library = dlopen(path, RTLD_LAZY);
  result(library == NULL, "refused", library == NULL ? dlerror() : "it was loaded");
  return 0;
}

int main(int count, char **args) {
  if (count == 7 && strcmp(args[1], "use") == 0) {
    return use(args + 2);
  }
  if (count == 3 && strcmp(args[1], "refuse") == 0) {
    return refuse(args[2]);
  }
  fprintf(stderr, "usage: drive use CORE SHIM PACKAGE CALCULATOR ASKER | drive refuse LIBRARY\n");
  return 2;
}
