/*
 * As much of a JVM as a shim needs: a JavaVM and a JNIEnv whose table holds functions of this program. For C
 * libraries that no JVM is packaged for. One thread; objects live as long as the process.
 *
 * A function that the table does not offer, and one that is called with an exception pending though JNI
 * forbids it, ends the process with a line on stderr.
 */
#ifndef FAKE_JVM_H
#define FAKE_JVM_H

#include <jni.h>
#include <stdarg.h>
#include <stddef.h>

/* What a jobject of this JVM points to. */
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
 * property  value of the one system property there is, whatever its key; cleared by the first look at it
 * upcall    what Java would do when it is called
 */
JavaVM *fake_jvm(const char *property, fake_upcall upcall);

/* The environment of its one thread. */
JNIEnv *fake_env(void);

/* The function registered for a native method, or NULL; and how many there are. */
void *fake_native(const char *name);
int fake_native_count(void);

/* A byte[] or a long[] with a copy of so many elements; data may be NULL: zeros. */
jbyteArray fake_bytes(const void *data, size_t length);
jlongArray fake_longs(const jlong *data, size_t length);
jintArray fake_ints(size_t length);

/* A direct buffer over that memory. */
jobject fake_buffer(void *data, size_t length);

/* The object behind a reference. */
const fake_object *fake_get(jobject reference);

/* The pending exception as "class: text", or NULL; it is pending no longer. */
const char *fake_caught(void);

/* Leaves an exception pending, as Java code that throws. */
void fake_throw(const char *class_name, const char *text);

#endif
