/**
 * Reads library files before the operating system does. A leaf: it knows nothing of pins, caches or
 * the JVM it runs in.
 *
 * @since 0.1.0
 */
package dev.stowage.loader.header;
