/* A library with JNI exports of its own, for the loader's tests: it registers no native methods and
 * has no contract. */
#include <jni.h>

extern int fake_count(void);

static int own_calls;

JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM *vm, void *reserved) {
  (void)vm;
  (void)reserved;
  own_calls = 100;
  return JNI_VERSION_1_6;
}

JNIEXPORT jint JNICALL Java_fake_api_FakeNative_count(JNIEnv *env, jclass cls) {
  (void)env;
  (void)cls;
  return fake_count();
}

JNIEXPORT jint JNICALL Java_fake_api_FakeNative_own(JNIEnv *env, jclass cls) {
  (void)env;
  (void)cls;
  return ++own_calls;
}
