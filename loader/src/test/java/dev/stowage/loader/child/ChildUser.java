package dev.stowage.loader.child;

import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.Sandbox;

/**
 * The users as which children run. A successful chmod proves ownership only for an ordinary user,
 * so the loader has two ways to check a cache, and its tests run as both users.
 */
public enum ChildUser {
  /** A user without privileges; if the tests do not run as root, their own user. */
  ORDINARY,
  /** Root; skipped, with the reason, if the tests do not run as root. */
  ROOT;

  /** A user and group without a name, so that the group counts as the private group of the user. */
  private static final int NUMBER = 1234;

  /** The sandbox of this user. */
  public Sandbox sandbox() {
    if (this == ORDINARY) {
      return Sandbox.isRoot() ? Sandbox.user(NUMBER) : Sandbox.none();
    }
    Sandbox.assumeRoot();
    return Sandbox.none();
  }

  /** Makes a child run as this user. */
  public ChildJvm runs(ChildJvm child) {
    return child.in(sandbox());
  }
}
