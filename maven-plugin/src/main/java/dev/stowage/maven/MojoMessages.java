package dev.stowage.maven;

import dev.stowage.packager.message.CliMessages;

/** Texts of the plugin itself; all others are the packager's. */
final class MojoMessages {
  private MojoMessages() {}

  /** A goal that was switched off. */
  static String skipped(String goal) {
    return "stowage:" + goal + " skipped";
  }

  /** A time that is none. */
  static String notATime(String text, String example) {
    return "-Dstowage.timestamp=" + text + " is not a time such as " + example;
  }

  /** A file error without a text of its own. */
  static String fileTrouble(Exception e) {
    return CliMessages.fileTrouble(e.getMessage());
  }
}
