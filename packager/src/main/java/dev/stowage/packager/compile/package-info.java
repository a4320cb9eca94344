/**
 * Compiles the cores and shims of a project: plans, steps, records. Uses {@code toolchain}, {@code
 * linking} and {@code cache}, which do not use it.
 */
package dev.stowage.packager.compile;
