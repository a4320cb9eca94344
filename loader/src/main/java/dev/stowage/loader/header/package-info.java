/**
 * Reads the headers of library files before the operating system does. It does not depend on pins,
 * caches or the running JVM.
 *
 * @since 0.1.0
 */
package dev.stowage.loader.header;
