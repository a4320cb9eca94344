/**
 * The platforms Stowage knows and the detection of the one this JVM runs on. A leaf.
 *
 * @since 0.1.0
 */
package dev.stowage.loader.platform;
