#define STOWAGE_CONTRACT_ONLOAD
#include "stowage_contract.h"

jint JNICALL N_add(JNIEnv *env, jclass cls, jint a, jint b) {
  return a + b;
}

jlong JNICALL N_sum(JNIEnv *env, jclass cls, jlongArray values) {
  jlong total = 0;
  jlong value;
  jsize i;
  jsize count = (*env)->GetArrayLength(env, values);
  for (i = 0; i < count; i++) {
    (*env)->GetLongArrayRegion(env, values, i, 1, &value);
    if ((*env)->ExceptionCheck(env)) {
      return 0;
    }
    total += value;
  }
  return total;
}

jstring JNICALL N_same(JNIEnv *env, jclass cls, jstring text) {
  return text;
}

jdouble JNICALL N_wide(JNIEnv *env, jclass cls, jlong j, jdouble d, jfloat f, jshort s, jbyte b, jchar c,
                       jboolean z) {
  return (double)j + d + f + s + b + c + (z ? 1 : 0);
}

jlong JNICALL N_call(JNIEnv *env, jclass cls, jobject fn, jlong argument) {
  return stowage_upcall_N_twice(env, fn, argument);
}

void JNICALL N_raise(JNIEnv *env, jclass cls, jint code) {
  stowage_upcall_N_fail(env, code);
}

jobjectArray JNICALL M_grid(JNIEnv *env, jclass cls, jobjectArray grid) {
  return grid;
}
