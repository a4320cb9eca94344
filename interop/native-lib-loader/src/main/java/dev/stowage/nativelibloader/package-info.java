/**
 * native-lib-loader and Stowage in one process: {@link
 * dev.stowage.nativelibloader.StowageExtractor} gives {@code NativeLoader} the core that Stowage
 * loaded, {@link dev.stowage.nativelibloader.NativesLayout} lets Stowage find natives in a JAR of
 * its layout.
 *
 * @since 0.1.0
 */
package dev.stowage.nativelibloader;
