/**
 * Splits debug symbols off the libraries. Library and debug file have the same id.
 *
 * @since 0.1.0
 */
package dev.stowage.packager.debug;
