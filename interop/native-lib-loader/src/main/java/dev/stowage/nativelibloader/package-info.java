/**
 * native-lib-loader and Stowage in one process: {@link
 * dev.stowage.nativelibloader.StowageExtractor} makes {@code NativeLoader} use the core that
 * Stowage loaded, {@link dev.stowage.nativelibloader.NativesLayout} makes Stowage find native
 * libraries in a JAR with its layout.
 *
 * @since 0.1.0
 */
package dev.stowage.nativelibloader;
