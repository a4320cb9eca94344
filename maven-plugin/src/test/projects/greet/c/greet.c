#define STOWAGE_CONTRACT_ONLOAD
#include "stowage_contract.h"

#include "greet.h"

jlong JNICALL GreetNative_count(JNIEnv *env, jclass cls, jlong people) {
  (void)env;
  (void)cls;
  return greet_count(people);
}
