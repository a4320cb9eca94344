/*
 * Machine dependent part of jni.h for Unix-like systems with 32-bit int and 64-bit or 32-bit long.
 * The JNI specification (chapter 12, "Native Types") fixes the sizes: jint 32 bits, jlong 64 bits,
 * jbyte signed 8 bits. Exports are chosen by the linker's version script.
 *
 * SPDX-License-Identifier: MIT-0
 */
#ifndef STOWAGE_JNI_MD_H
#define STOWAGE_JNI_MD_H

#define JNIEXPORT __attribute__((visibility("default")))
#define JNIIMPORT __attribute__((visibility("default")))
#define JNICALL

typedef signed char jbyte;
typedef int jint;
#ifdef _LP64
typedef long jlong;
#else
typedef long long jlong;
#endif

#endif
