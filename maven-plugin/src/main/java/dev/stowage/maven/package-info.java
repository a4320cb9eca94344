/**
 * The goals of the Maven plugin. Each one calls the packager.
 *
 * @since 0.1.0
 */
package dev.stowage.maven;
