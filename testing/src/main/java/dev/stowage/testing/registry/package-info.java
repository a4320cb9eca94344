/** Registries for tests: one in memory that fails on demand, and Debian's docker-registry. */
package dev.stowage.testing.registry;
