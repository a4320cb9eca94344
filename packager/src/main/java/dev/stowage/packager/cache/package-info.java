/**
 * The build cache, which all builds of one user share: Rust's standard library for targets without
 * an installed one, and compiled third-party crates. The name of an entry is a digest of all its
 * inputs, and its content is checked each time it is used.
 */
package dev.stowage.packager.cache;
