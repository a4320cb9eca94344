package dev.stowage.packager.message;

/**
 * Every text of project reading, tools, build and command line that a user reads. Verify, contract
 * and pack have their own class beside this one.
 */
public final class Messages {
  private Messages() {}
}
