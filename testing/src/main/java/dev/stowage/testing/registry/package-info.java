/** Registries for tests: one in memory that can fail on demand, and one that others wrote. */
package dev.stowage.testing.registry;
