package dev.stowage.packager.project;

/**
 * One core and one shim: the smallest thing that is loaded as a whole.
 *
 * @param name the key under {@code [binding.]}: lower case letters and digits
 * @param core the native library
 * @param shim its JNI side
 * @since 0.1.0
 */
public record Binding(String name, Core core, Shim shim) {}
