/**
 * What builds share outside of their clones: Rust's standard library for targets that have none
 * installed, and compiled third-party crates. All of it is pure: an entry is named after everything
 * that went into it, and checked when it is used.
 */
package dev.stowage.packager.cache;
