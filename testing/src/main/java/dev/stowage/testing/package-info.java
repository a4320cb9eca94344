/**
 * Helpers that the tests of several modules need, each once. Nothing here depends on the code under
 * test, so that no test checks the code with itself.
 */
package dev.stowage.testing;
