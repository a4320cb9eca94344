package dev.stowage.packager.message;

import java.util.Locale;

/**
 * How the caller writes commands and options, so that an error names what the user can type.
 *
 * @since 0.1.0
 */
public enum OptionStyle {
  /** The command line: {@code build --targets x}. */
  COMMAND_LINE,
  /** The Maven plugin: {@code stowage:build -Dstowage.targets=x}. */
  MAVEN;

  /** A command or goal, for example {@code mvn stowage:jni}. */
  public String command(String name) {
    return this == MAVEN ? "mvn stowage:" + name : "stowage-packager " + name;
  }

  /**
   * An option with its value.
   *
   * @param name Maven's camel case name without prefix, for example {@code projectFile}
   * @param value the value, or a placeholder
   */
  public String option(String name, String value) {
    if (this == MAVEN) {
      return "-Dstowage." + name + "=" + value;
    }
    String dashed = name.equals("projectFile") ? "project" : name.replaceAll("([A-Z])", "-$1");
    return "--" + dashed.toLowerCase(Locale.ROOT) + " " + value;
  }
}
