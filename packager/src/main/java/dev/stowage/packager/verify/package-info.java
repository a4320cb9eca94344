/**
 * Checks native libraries, own and third-party ones, against the rules of docs/verify.md, by
 * reading their bytes. Nothing is loaded.
 *
 * @since 0.1.0
 */
package dev.stowage.packager.verify;
