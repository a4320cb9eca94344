/*
 * ---- Loading: only in the one file that defines STOWAGE_CONTRACT_ONLOAD ----
 *
 * Every function below returns 1, or 0 with a Java exception pending.
 */
#include <stdio.h>
#include <string.h>
#if defined(_WIN32)
#include "stowage_plan.h"
#include <windows.h>
#elif defined(__APPLE__)
#include "stowage_plan.h"
#include <dlfcn.h>
#endif

/* The verifier and the loader look for these bytes in the binary; the error text keeps them in it. */
static const char stowage_mark[] = "stowage-contract:" STOWAGE_CONTRACT;

/* Longest package prefix, with the final zero; Java's own limit for file names is shorter. */
enum { STOWAGE_PREFIX_MAX = 512, STOWAGE_NAME_MAX = 1024, STOWAGE_TEXT_MAX = 2048 };

struct stowage_upcall {
  const char *name;
  const char *descriptor;
  jmethodID *id;
};

struct stowage_class {
  const char *name; /* relative to the package */
  const JNINativeMethod *natives;
  jint native_count;
  jclass *upcall_class; /* NULL: no upcalls */
  const struct stowage_upcall *upcalls;
  jint upcall_count;
};

/* @TABLES@ */
enum { STOWAGE_CLASS_COUNT = sizeof(stowage_classes) / sizeof(stowage_classes[0]) };

/* Throws UnsatisfiedLinkError; what was pending before becomes its cause. */
static int stowage_onload_fail(JNIEnv *env, const char *subject, const char *text) {
  char message[STOWAGE_TEXT_MAX];
  jthrowable cause = (*env)->ExceptionOccurred(env);
  jthrowable error;
  jclass type;
  jmethodID init_cause;
  (*env)->ExceptionClear(env);
  snprintf(message, sizeof message, "%s: %s (%s)", subject, text, stowage_mark);
  type = (*env)->FindClass(env, "java/lang/UnsatisfiedLinkError");
  if (type == NULL || (*env)->ThrowNew(env, type, message) != JNI_OK || cause == NULL) {
    return 0;
  }
  error = (*env)->ExceptionOccurred(env);
  (*env)->ExceptionClear(env);
  init_cause = (*env)->GetMethodID(env, type, "initCause", "(Ljava/lang/Throwable;)Ljava/lang/Throwable;");
  if (init_cause != NULL) {
    (*env)->CallObjectMethod(env, error, init_cause, cause);
  }
  (*env)->ExceptionClear(env);
  (*env)->Throw(env, error);
  return 0;
}

/* Reads and clears the property in one step: the loader sees from it that JNI_OnLoad has run. */
static int stowage_onload_take_prefix(JNIEnv *env, char *prefix) {
  jmethodID clear;
  jstring key;
  jstring value;
  jclass system = (*env)->FindClass(env, "java/lang/System");
  if (system == NULL) {
    return 0;
  }
  clear = (*env)->GetStaticMethodID(env, system, "clearProperty", "(Ljava/lang/String;)Ljava/lang/String;");
  if (clear == NULL) {
    return 0;
  }
  key = (*env)->NewStringUTF(env, STOWAGE_ONLOAD_KEY);
  if (key == NULL) {
    return 0;
  }
  value = (jstring)(*env)->CallStaticObjectMethod(env, system, clear, key);
  if ((*env)->ExceptionCheck(env)) {
    return 0;
  }
  if (value == NULL) {
    return stowage_onload_fail(env, "contract not announced",
                               "no system property " STOWAGE_ONLOAD_KEY
                               "; load this library through stowage-loader, with Java classes of the same "
                               "build");
  }
  if ((*env)->GetStringUTFLength(env, value) >= STOWAGE_PREFIX_MAX) {
    return stowage_onload_fail(env, "contract not bound", "the package name is too long");
  }
  /* Modified UTF-8 is what FindClass wants. */
  memset(prefix, 0, STOWAGE_PREFIX_MAX);
  (*env)->GetStringUTFRegion(env, value, 0, (*env)->GetStringLength(env, value), prefix);
  return !(*env)->ExceptionCheck(env);
}

static jclass stowage_onload_find(JNIEnv *env, const struct stowage_class *entry, const char *prefix) {
  char name[STOWAGE_NAME_MAX];
  size_t head = strlen(prefix);
  size_t tail = strlen(entry->name) + 1;
  if (head + tail > sizeof name) {
    stowage_onload_fail(env, entry->name, "the class name is too long");
    return NULL;
  }
  memcpy(name, prefix, head);
  memcpy(name + head, entry->name, tail);
  return (*env)->FindClass(env, name);
}

static int stowage_onload_resolve(JNIEnv *env, const struct stowage_class *entry, jclass cls) {
  jint i;
  for (i = 0; i < entry->upcall_count; i++) {
    const struct stowage_upcall *upcall = &entry->upcalls[i];
    *upcall->id = (*env)->GetStaticMethodID(env, cls, upcall->name, upcall->descriptor);
    if (*upcall->id == NULL) {
      return 0;
    }
  }
  if (entry->upcall_class != NULL) {
    /* Weak: a strong reference would keep the class loader, and with it this library, forever. */
    *entry->upcall_class = (jclass)(*env)->NewWeakGlobalRef(env, cls);
    return *entry->upcall_class != NULL;
  }
  return 1;
}

static int stowage_onload_bind(JNIEnv *env, const struct stowage_class *entry, const char *prefix) {
  int bound;
  jclass cls = stowage_onload_find(env, entry, prefix);
  if (cls == NULL) {
    return 0;
  }
  bound = entry->native_count == 0 ||
          (*env)->RegisterNatives(env, cls, entry->natives, entry->native_count) == JNI_OK;
  bound = bound && stowage_onload_resolve(env, entry, cls);
  (*env)->DeleteLocalRef(env, cls);
  return bound;
}

static void stowage_onload_release(JNIEnv *env) {
  int i;
  for (i = 0; i < STOWAGE_CLASS_COUNT; i++) {
    jclass *upcall_class = stowage_classes[i].upcall_class;
    if (upcall_class != NULL && *upcall_class != NULL) {
      (*env)->DeleteWeakGlobalRef(env, *upcall_class);
      *upcall_class = NULL;
    }
  }
}

/* Takes back what stowage_onload_bind did to the first `count` entries; no exception may be pending. */
static void stowage_onload_unbind(JNIEnv *env, int count, const char *prefix) {
  int i;
  for (i = 0; i < count; i++) {
    jclass cls = stowage_onload_find(env, &stowage_classes[i], prefix);
    if (cls == NULL) {
      (*env)->ExceptionClear(env);
      continue;
    }
    (*env)->UnregisterNatives(env, cls);
    (*env)->DeleteLocalRef(env, cls);
  }
  stowage_onload_release(env);
}

static int stowage_onload_bind_all(JNIEnv *env, const char *prefix) {
  int i;
  for (i = 0; i < STOWAGE_CLASS_COUNT; i++) {
    if (!stowage_onload_bind(env, &stowage_classes[i], prefix)) {
      jthrowable cause = (*env)->ExceptionOccurred(env);
      (*env)->ExceptionClear(env);
      stowage_onload_unbind(env, i + 1, prefix);
      if (cause != NULL) {
        (*env)->Throw(env, cause);
      }
      return stowage_onload_fail(env, stowage_classes[i].name,
                                 "cannot bind the native methods or upcalls of this class; Java classes and "
                                 "native libraries are from different builds");
    }
  }
  return 1;
}

/* The core must stay loaded when the class loader of the shim is unloaded, because it may have threads and
 * thread locals. On Linux a link flag does that (-z nodelete); here the process takes a reference that it
 * never releases. */
static int stowage_onload_pin(JNIEnv *env) {
#if defined(_WIN32)
  HMODULE core;
  if (!GetModuleHandleExA(GET_MODULE_HANDLE_EX_FLAG_PIN, STOWAGE_CORE, &core)) {
    return stowage_onload_fail(env, STOWAGE_CORE, "cannot be pinned: it is not loaded");
  }
#elif defined(__APPLE__)
  if (dlopen("@rpath/" STOWAGE_CORE, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE) == NULL) {
    return stowage_onload_fail(env, STOWAGE_CORE, dlerror());
  }
#endif
  (void)env;
  return 1;
}

JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM *vm, void *reserved) {
  char prefix[STOWAGE_PREFIX_MAX];
  JNIEnv *env = NULL;
  (void)reserved;
  if ((*vm)->GetEnv(vm, (void **)&env, JNI_VERSION_1_6) != JNI_OK) {
    return JNI_ERR; /* without an environment there is no way to throw */
  }
  if (!stowage_onload_pin(env) || !stowage_onload_take_prefix(env, prefix) ||
      !stowage_onload_bind_all(env, prefix)) {
    return JNI_ERR;
  }
  return JNI_VERSION_1_6;
}

JNIEXPORT void JNICALL JNI_OnUnload(JavaVM *vm, void *reserved) {
  JNIEnv *env = NULL;
  (void)reserved;
  if ((*vm)->GetEnv(vm, (void **)&env, JNI_VERSION_1_6) == JNI_OK) {
    stowage_onload_release(env);
  }
}
