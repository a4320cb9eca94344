package dev.stowage.packager.message;

/**
 * How the caller spells verbs and options, so that an error names what the user can type.
 *
 * @since 0.1.0
 */
public enum Spelling {
  /** The command line: {@code build --targets x}. */
  COMMAND_LINE,
  /** The Maven plugin: {@code stowage:build -Dstowage.targets=x}. */
  MAVEN;

  /** A verb, for example {@code stowage:jni}. */
  public String verb(String verb) {
    return this == MAVEN ? "mvn stowage:" + verb : "stowage-packager " + verb;
  }

  /**
   * An option with its value.
   *
   * @param name Maven's camel case name without prefix, for example {@code projectFile}
   * @param value the value, or a place holder
   */
  public String option(String name, String value) {
    if (this == MAVEN) {
      return "-Dstowage." + name + "=" + value;
    }
    String dashed = name.equals("projectFile") ? "project" : name.replaceAll("([A-Z])", "-$1");
    return "--" + dashed.toLowerCase(java.util.Locale.ROOT) + " " + value;
  }
}
