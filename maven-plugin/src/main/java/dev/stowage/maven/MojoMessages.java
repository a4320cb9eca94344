package dev.stowage.maven;

/** The texts of the plugin itself; all others come from the packager. */
final class MojoMessages {
  private MojoMessages() {}

  /** A goal that is turned off. */
  static String skipped(String goal) {
    return "stowage:" + goal + " skipped";
  }

  /** A text that is not a time. */
  static String notATime(String text, String example) {
    return "-Dstowage.timestamp=" + text + " is not a time such as " + example;
  }

  /** The build doctor found that a needed tool is missing. */
  static String doctorFailed() {
    return "tools are missing; the report above says how to install them";
  }

  /** A file error without a text of its own. */
  static String fileError(Exception e) {
    return "file access failed: " + e.getMessage();
  }
}
