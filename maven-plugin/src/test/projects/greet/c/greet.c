#define STOWAGE_CONTRACT_ONLOAD
#include "stowage_contract.h"
#include "stowage_jni.h"

#include "greet.h"

STOWAGE_CORE_ABI(greet, GreetNative_fail);

jbyteArray JNICALL GreetNative_reversed(JNIEnv *env, jclass cls, jbyteArray bytes) {
  STOWAGE_BYTES_OR_RETURN(in, bytes, NULL);
  STOWAGE_RETURN_BYTES(greet_reversed(in.ptr, in.len, &result, &error));
}

jstring JNICALL GreetNative_hello(JNIEnv *env, jclass cls, jstring name) {
  STOWAGE_UTF8_OR_RETURN(utf8, name, NULL);
  STOWAGE_BUFFER(greeting);
  STOWAGE_CALL_OR_RETURN(greet_hello(utf8.ptr, utf8.len, &greeting, &error), NULL);
  return stowage_string(env, greeting.ptr, greeting.len);
}

void JNICALL GreetNative_table(JNIEnv *env, jclass cls, jlongArray greetings) {
  STOWAGE_SLOT_ROOM_OR_RETURN(out, greetings);
  STOWAGE_CALL_OR_RETURN(greet_table(out.ptr, out.len, &error));
  stowage_slots_out(env, greetings, &out);
}

jlong JNICALL GreetNative_count(JNIEnv *env, jclass cls, jlong people) {
  int64_t greetings = 0;
  STOWAGE_CALL_OR_RETURN(greet_count(people, &greetings, &error), 0);
  return greetings;
}

static int32_t met(void *ctx, int64_t person) {
  const stowage_object *listener = ctx;
  stowage_upcall_GreetNative_met(listener->env, listener->ref, person);
  return (*listener->env)->ExceptionCheck(listener->env);
}

void JNICALL GreetNative_each(JNIEnv *env, jclass cls, jlong people, jobject listener) {
  stowage_object context = {env, listener};
  STOWAGE_CALL_OR_RETURN(greet_each(people, met, &context, &error));
}

jint JNICALL GreetNative_strength(JNIEnv *env, jclass cls, jbyteArray password) {
  STOWAGE_SECRET_OR_RETURN(secret, password, 0);
  int32_t strength = 0;
  STOWAGE_CALL_OR_RETURN(greet_strength(secret.ptr, secret.len, &strength, &error), 0);
  return strength;
}
