/**
 * What all packages need to report to the user: the console, the exception, the form of texts. The
 * texts themselves are in the class {@code ...Messages} of each package.
 *
 * @since 0.1.0
 */
package dev.stowage.packager.message;
