/*
 * The parts of a JVM that a shim needs: a JavaVM and a JNIEnv whose functions are in this program.
 * It replaces a JVM for C libraries that no packaged JVM supports. It has one thread, and objects
 * live as long as the process.
 *
 * Calling a function that is missing here, or one that JNI forbids while an exception is pending,
 * ends the process with a line on stderr.
 */
#ifndef FAKE_JVM_H
#define FAKE_JVM_H

#include <jni.h>
#include <stdarg.h>
#include <stddef.h>

/* The target of a jobject. */
typedef struct fake_object {
  const char *text; /* name of a class, text of a string; NULL otherwise */
  void *data;       /* elements of an array, memory of a direct buffer; NULL otherwise */
  size_t length;    /* elements, or bytes of a direct buffer */
} fake_object;

/* A static method that the shim has looked up. */
typedef struct fake_method {
  const char *name;
  const char *descriptor;
} fake_method;

/* Called for each CallStaticVoidMethod; the arguments are the method's. */
typedef void (*fake_upcall)(const fake_method *method, va_list args);

/*
 * Makes the JVM.
 *
 * property  value of the only system property, for any key; the first read clears it
 * upcall    the Java side of all upcalls
 */
JavaVM *fake_jvm(const char *property, fake_upcall upcall);

/* The environment of its one thread. */
JNIEnv *fake_env(void);

/* Returns the function registered for a native method, or NULL; and the number of all of them. */
void *fake_native(const char *name);
int fake_native_count(void);

/* Makes a byte[] or a long[] with a copy of that many elements; if data is NULL they are zeros. */
jbyteArray fake_bytes(const void *data, size_t length);
jlongArray fake_longs(const jlong *data, size_t length);
jintArray fake_ints(size_t length);

/* Makes a direct buffer over that memory. */
jobject fake_buffer(void *data, size_t length);

/* The object behind a reference. */
const fake_object *fake_get(jobject reference);

/* Returns the pending exception as "class: text", or NULL, and clears it. */
const char *fake_caught(void);

/* Makes an exception pending, like Java code that throws. */
void fake_throw(const char *class_name, const char *text);

#endif
