/**
 * Reads libraries of Linux, macOS and Windows without tools of any of them. A leaf: it judges
 * nothing and knows neither rows nor rules. Every offset and count is checked against the file, so
 * a damaged file is a {@link dev.stowage.loader.header.HeaderException} with a sentence.
 *
 * @since 0.1.0
 */
package dev.stowage.packager.binary;
