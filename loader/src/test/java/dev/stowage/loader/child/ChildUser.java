package dev.stowage.loader.child;

import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.Sandbox;

/**
 * The users as which children run. chmod proves an owner for an ordinary user only, so the loader
 * checks a cache in two ways, and its tests have to run in both.
 */
public enum ChildUser {
  /** A user without privileges; where the tests do not run as root, their own. */
  ORDINARY,
  /** Root; skipped, with the reason, where the tests do not run as root. */
  ROOT;

  /** A user and group without a name, so that the group counts as the user's private one. */
  private static final int NUMBER = 1234;

  /** The sandbox of this user. */
  public Sandbox sandbox() {
    if (this == ORDINARY) {
      return Sandbox.isRoot() ? Sandbox.user(NUMBER) : Sandbox.none();
    }
    Sandbox.assumeRoot();
    return Sandbox.none();
  }

  /** The same child, as this user. */
  public ChildJvm runs(ChildJvm child) {
    return child.in(sandbox());
  }
}
