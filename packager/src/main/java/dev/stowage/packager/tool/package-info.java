/**
 * External tools: where they are, which versions they have, and how to install and run them.
 *
 * @since 0.1.0
 */
package dev.stowage.packager.tool;
