/**
 * Compilers, how they are run for a target, and the versions that a project's manifests require.
 * Uses {@code linking}; {@code compile} and {@code doctor} use it.
 */
package dev.stowage.packager.toolchain;
