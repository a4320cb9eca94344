package dev.stowage.packager.cli;

import dev.stowage.packager.sign.Signer;
import java.util.List;

/** All texts of the command line itself: its help and its usage errors. */
final class CliMessages {
  static final String MAIN =
      "Compiles Rust and Go cores and their JNI shims, verifies each library and packs classifier"
          + " JARs.";
  static final String JNI =
      "Writes the contract header of each binding from the compiled Java classes.";
  static final String BUILD = "Compiles cores and shims that are not up to date.";
  static final String VERIFY =
      "Checks every library by reading it: CPU, minimum version, needed libraries, hardening,"
          + " exports, contract. With files: checks third-party libraries instead.";
  static final String VERIFY_FILES =
      "Third-party libraries, JARs or directories to check instead of the project's.";
  static final String PACKAGE =
      "Packs classifier JARs with waybill and licences, and writes the pins class.";
  static final String RESIGN =
      "Signs the macOS libraries inside JARs, and updates waybills and pins.";
  static final String TARGETS = "Lists the targets.";
  static final String DOCTOR =
      "Prints which tools are installed, which targets they can build, and how to install the others.";

  static final String OPTION_PROJECT = "Project file (default: ${DEFAULT-VALUE}).";
  static final String OPTION_VERSION =
      "Version of the library, required for a project: part of every file name and of the"
          + " libraries.";
  static final String OPTION_OUTPUT =
      "Directory for generated files (default: target/stowage beside the project file).";
  static final String OPTION_CLASSES =
      "Directory of the compiled Java classes (default: target/classes beside the project file).";
  static final String OPTION_TARGETS =
      "Targets to build with zig, comma separated, or all (default: this machine, with its own"
          + " compilers).";
  static final String OPTION_DOCTOR_TARGETS =
      "Targets that must be ready for a release build, comma separated, or all (default: this"
          + " machine, for a local build).";
  static final String OPTION_OFFLINE = "Do not let cargo and go use the network.";
  static final String OPTION_JSON = "Print JSON, for machines.";
  static final String OPTION_RULE =
      "Severity of a rule: error (a violation fails), warning or off. May be given several times.";
  static final String OPTION_TIMESTAMP =
      "Time of the entries in the JARs (default: ${DEFAULT-VALUE}).";
  static final String OPTION_NO_PINS = "Do not write the pins class.";
  static final String OPTION_NO_JARS = "Do not pack JARs.";
  static final String OPTION_SDK = "Also pack an SDK for C: cores, headers, pkg-config files.";
  static final String OPTION_EMBED =
      "Also write the content of the JARs into this directory of classes, for a drop-in JAR.";
  static final String PARAMETER_JARS =
      "API and macOS classifier JARs from one build, or drop-in JARs; they are not changed.";
  static final String OPTION_INTO =
      "Directory for the new JARs; it is created when all of them are complete.";
  static final String OPTION_AD_HOC = "Sign without a key, like linkers for arm64.";
  static final String OPTION_P12 = "Key and certificates as PKCS#12.";
  static final String OPTION_PASSWORD_FILE =
      "File whose first line is the password of --p12 (default: the variable "
          + Signer.PASSWORD_VARIABLE
          + ").";
  static final String OPTION_PEM = "Key and certificates as PEM; may be given several times.";
  static final String OPTION_TIMESTAMP_URL =
      "Time stamp server of the signature, or none (default: Apple's).";
  static final String OPTION_HELP = "Print this help.";
  static final String OPTION_TOOL_VERSION = "Print the version of this program.";

  /** Exit codes, as {@code --help} prints them. */
  static final List<String> EXIT_CODES =
      List.of(
          "0:success",
          "1:violations of several classes; or a class or a header breaks the contract rules",
          "2:the project file, an option or an input file is wrong",
          "3:a tool is missing or does not work on this machine",
          "4:a compiler reported errors",
          "11:verify: a library is for another platform or has another name",
          "12:verify: a library does not load on every host of its platform",
          "13:verify: a library is not hardened",
          "14:verify: a library breaks the contract between Java, shim and core",
          "70:an error in this program");

  private CliMessages() {}

  /** A missing option of a command on a project, with picocli's text for missing options. */
  static String missingVersion() {
    return "Missing required option: '--project-version=VERSION'";
  }

  /** The line before an error's text. */
  static String error(String text) {
    return "error: " + text;
  }

  /** Where a command's options are explained. */
  static String seeHelp(String command) {
    return "  fix:   see " + command + " --help";
  }

  /** Suggestions for a misspelled word. */
  static String suggestion(String words) {
    return "  fix:   did you mean " + words + "?";
  }

  /** A text that is not a time. */
  static String notATime(String text) {
    return "'" + text + "' is not a time such as 1980-01-02T00:00:00Z";
  }

  /** A warning. */
  static String warning(String text) {
    return "warning: " + text;
  }

  /** A file error without a text of its own. */
  static String fileError(String reason) {
    return "file access failed: " + reason;
  }
}
