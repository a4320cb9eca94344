/**
 * Finds, checks, extracts and loads the native libraries that {@code stowage:package} has packed.
 * An API calls {@link dev.stowage.loader.NativeLibrary#require}, which describes the eight steps;
 * {@link dev.stowage.loader.LoaderDoctor} runs the same steps without loading, and every failure is
 * a {@link dev.stowage.loader.StowageLinkError}.
 *
 * @since 0.1.0
 */
package dev.stowage.loader;
