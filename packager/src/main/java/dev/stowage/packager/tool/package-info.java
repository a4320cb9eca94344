/**
 * External tools: where they are, which version they have, how to install and to run them.
 *
 * @since 0.1.0
 */
package dev.stowage.packager.tool;
