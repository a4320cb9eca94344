/**
 * Compilers and how they are called for a target, and what a project's manifests ask of them. Uses
 * {@code linking}; {@code compile} and {@code doctor} use it.
 */
package dev.stowage.packager.toolchain;
