/*
 * The smallest JNI function that calls a core: no checks and no conversions. EmptyCall compares the
 * shipped shim with it.
 */
#include <jni.h>

#include "stowage_wasm_rust.h"

JNIEXPORT jlong JNICALL Java_dev_stowage_bench_BareShim_nativeBytes(JNIEnv *env, jclass cls) {
  (void)env;
  (void)cls;
  int64_t bytes = 0;
  swr_native_bytes(&bytes);
  return bytes;
}
