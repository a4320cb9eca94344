/**
 * Debug symbols apart from the libraries: the id that both carry, and the split.
 *
 * @since 0.1.0
 */
package dev.stowage.packager.debug;
