/**
 * Splits debug symbols off the libraries; an id connects both.
 *
 * @since 0.1.0
 */
package dev.stowage.packager.debug;
