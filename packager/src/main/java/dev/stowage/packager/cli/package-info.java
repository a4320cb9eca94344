/**
 * The command line of the packager.
 *
 * @since 0.1.0
 */
package dev.stowage.packager.cli;
