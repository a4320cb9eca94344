/**
 * JNI contracts: reads native methods and upcalls from class files and exported functions from C
 * headers, and writes the header that a shim includes.
 *
 * @since 0.1.0
 */
package dev.stowage.packager.contract;
