/* A shim for the loader's tests, written by hand after the contract's handshake. */
#include <jni.h>
#include <stdio.h>
#include <string.h>

extern int fake_count(void);

__attribute__((used)) static const char mark[] = "stowage-contract:" CONTRACT;

/* A forged shim starts counting at another number. */
#ifndef FIRST
#define FIRST 0
#endif

static int own_calls = FIRST;

static jint JNICALL count(JNIEnv *env, jclass cls) {
  (void)env;
  (void)cls;
  return fake_count();
}

static jint JNICALL own(JNIEnv *env, jclass cls) {
  (void)env;
  (void)cls;
  return ++own_calls;
}

static jint refuse(JNIEnv *env, const char *text) {
  jclass error = (*env)->FindClass(env, "java/lang/UnsatisfiedLinkError");
  if (error != NULL) {
    (*env)->ThrowNew(env, error, text);
  }
  return JNI_ERR;
}

JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM *vm, void *reserved) {
  JNIEnv *env;
  (void)reserved;
  if ((*vm)->GetEnv(vm, (void **)&env, JNI_VERSION_1_6) != JNI_OK) {
    return JNI_ERR;
  }
  char key[64];
  snprintf(key, sizeof key, "stowage.onload.%.16s", CONTRACT);
  jclass system = (*env)->FindClass(env, "java/lang/System");
  if (system == NULL) {
    return JNI_ERR;
  }
  const char *type = "(Ljava/lang/String;)Ljava/lang/String;";
  jmethodID get = (*env)->GetStaticMethodID(env, system, "getProperty", type);
  jmethodID clear = (*env)->GetStaticMethodID(env, system, "clearProperty", type);
  jstring name = (*env)->NewStringUTF(env, key);
  if (get == NULL || clear == NULL || name == NULL) {
    return JNI_ERR;
  }
  jstring value = (*env)->CallStaticObjectMethod(env, system, get, name);
  if ((*env)->ExceptionCheck(env)) {
    return JNI_ERR;
  }
  if (value == NULL) {
    return refuse(env, "contract " CONTRACT " was not announced by the Java side");
  }
  char class_name[256];
  jsize length = (*env)->GetStringUTFLength(env, value);
  if (length > 200) {
    return refuse(env, "contract: the package name is too long");
  }
  (*env)->GetStringUTFRegion(env, value, 0, (*env)->GetStringLength(env, value), class_name);
  strcpy(class_name + length, "FakeNative");
  jclass native = (*env)->FindClass(env, class_name);
  if (native == NULL) {
    return JNI_ERR;
  }
  JNINativeMethod methods[] = {{"count", "()I", (void *)count}, {"own", "()I", (void *)own}};
  if ((*env)->RegisterNatives(env, native, methods, 2) != 0) {
    return JNI_ERR;
  }
  (*env)->CallStaticObjectMethod(env, system, clear, name);
  return (*env)->ExceptionCheck(env) ? JNI_ERR : JNI_VERSION_1_6;
}
