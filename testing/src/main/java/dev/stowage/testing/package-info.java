/**
 * Helpers that the tests of several modules share. They do not depend on the code under test, so
 * that it is never tested with itself.
 */
package dev.stowage.testing;
