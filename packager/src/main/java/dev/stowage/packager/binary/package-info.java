/**
 * Reads libraries of Linux, macOS and Windows on any machine, without other tools. It depends on
 * neither targets nor rules. Every offset and count is checked against the file, so a damaged file
 * causes a {@link dev.stowage.loader.header.HeaderException} with a clear message.
 *
 * @since 0.1.0
 */
package dev.stowage.packager.binary;
