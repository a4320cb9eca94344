/**
 * The supported platforms, and the detection of the one on which this JVM runs. It depends on no
 * other package.
 *
 * @since 0.1.0
 */
package dev.stowage.loader.platform;
