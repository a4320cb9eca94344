/*
 * Machine dependent part of jni.h for Windows. The JDK spells jint "long", which has the same 32 bits
 * there; "int" is the type of int32_t on all platforms, so that one source fits all. The JNI
 * specification (chapter 12, "Native Types") fixes the sizes: jint 32 bits, jlong 64 bits, jbyte
 * signed 8 bits. Without an export list, the marked functions are what a DLL exports.
 *
 * SPDX-License-Identifier: MIT-0
 */
#ifndef STOWAGE_JNI_MD_H
#define STOWAGE_JNI_MD_H

#define JNIEXPORT __declspec(dllexport)
#define JNIIMPORT __declspec(dllimport)
#define JNICALL __stdcall

typedef signed char jbyte;
typedef int jint;
typedef long long jlong;

#endif
