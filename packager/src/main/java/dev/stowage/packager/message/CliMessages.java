package dev.stowage.packager.message;

import dev.stowage.packager.sign.Signer;
import java.util.List;

/**
 * Every text of the command line's help and of the reports of {@code doctor} and {@code targets}.
 *
 * @since 0.1.0
 */
public final class CliMessages {
  public static final String MAIN =
      "Compiles Rust and Go cores and their JNI shims, proves each library and packs classifier"
          + " JARs.";
  public static final String JNI =
      "Writes the contract header of each binding from the compiled Java classes.";
  public static final String BUILD = "Compiles cores and shims; leaves alone what is up to date.";
  public static final String VERIFY =
      "Checks every library by reading it: CPU, minimum version, needed libraries, hardening,"
          + " exports, contract. With files: checks third-party libraries instead.";
  public static final String VERIFY_FILES =
      "Third-party libraries, JARs or directories to check instead of the project's.";
  public static final String PACKAGE =
      "Packs classifier JARs with waybill and licences, and writes the pins class.";
  public static final String RESIGN =
      "Signs the macOS libraries inside JARs, and brings waybill and pins up to date.";
  public static final String TARGETS = "Prints the targets table.";
  public static final String DOCTOR =
      "Prints which tools are here, which targets they can build, and how to get the others.";

  public static final String OPTION_PROJECT = "Project file (default: ${DEFAULT-VALUE}).";
  public static final String OPTION_VERSION =
      "Version of the library: part of every file name, baked into the binaries.";
  public static final String OPTION_OUTPUT =
      "Directory for generated files (default: target/stowage beside the project file).";
  public static final String OPTION_CLASSES =
      "Directory of the compiled Java classes (default: target/classes beside the project file).";
  public static final String OPTION_TARGETS =
      "Targets to build with zig, comma separated, or all (default: this machine's own, with its"
          + " own compilers).";
  public static final String OPTION_DOCTOR_TARGETS =
      "Targets that must be ready for publication, comma separated, or all (default: this machine's"
          + " own must be ready for a local build).";
  public static final String OPTION_OFFLINE = "cargo and go must not use the network.";
  public static final String OPTION_JSON = "Print JSON, for machines.";
  public static final String OPTION_RULE =
      "Severity of a rule: error (a violation fails), warning or off. May be given several times.";
  public static final String OPTION_TIMESTAMP =
      "Time of the entries in the JARs (default: ${DEFAULT-VALUE}).";
  public static final String OPTION_NO_PINS = "Do not write the pins class.";
  public static final String OPTION_NO_JARS = "Do not pack JARs.";
  public static final String OPTION_SDK =
      "Also pack a development kit: cores, headers, pkg-config files.";
  public static final String OPTION_EMBED =
      "Also lay out what the JARs hold in this directory of classes, for a drop-in JAR.";
  public static final String PARAMETER_JARS =
      "API and macOS classifier JARs of one build, or drop-in JARs; they are not changed.";
  public static final String OPTION_INTO =
      "Directory for the new JARs; appears when all of them are complete.";
  public static final String OPTION_AD_HOC = "Sign without a name, as linkers for arm64 do.";
  public static final String OPTION_P12 = "Key and certificates as PKCS#12.";
  public static final String OPTION_PASSWORD_FILE =
      "File whose first line is the password of --p12 (default: the variable "
          + Signer.PASSWORD_VARIABLE
          + ").";
  public static final String OPTION_PEM =
      "Key and certificates as PEM; may be given several times.";
  public static final String OPTION_TIMESTAMP_URL =
      "Time stamp server of the signature, or none (default: Apple's).";
  public static final String OPTION_HELP = "Print this help.";
  public static final String OPTION_TOOL_VERSION = "Print the version of this program.";

  /** Exit codes, as {@code --help} prints them. */
  public static final List<String> EXIT_CODES =
      List.of(
          "0:fine",
          "1:rules failed, of several classes; or a class or a header is not as it must be",
          "2:the project file, an option or an input file is wrong",
          "3:a tool is missing or this machine cannot do it",
          "4:a compiler refused the sources",
          "11:verify: a library is for another platform or has another name",
          "12:verify: a library does not load on every host of its row",
          "13:verify: a library is not hardened",
          "14:verify: a library breaks the contract with Java or the core",
          "70:a defect of this program");

  private CliMessages() {}

  /** A verb that works on a project; as picocli words it for other options. */
  public static String missingVersion() {
    return "Missing required option: '--project-version=VERSION'";
  }

  /** The line before an error's text. */
  public static String error(String text) {
    return "error: " + text;
  }

  /** Where a verb's options stand. */
  public static String seeHelp(String command) {
    return "  fix:   see " + command + " --help";
  }

  /** What a misspelt word may have meant. */
  public static String meant(String words) {
    return "  fix:   did you mean " + words + "?";
  }

  /** A time that is none. */
  public static String notATime(String text) {
    return "'" + text + "' is not a time such as 1980-01-02T00:00:00Z";
  }

  /** A warning. */
  public static String warning(String text) {
    return "warning: " + text;
  }

  /** A file could not be read or written outside the places that have a text of their own. */
  public static String fileTrouble(String reason) {
    return "file access failed: " + reason;
  }

  /** A row of the doctor's tool list. */
  public static String tool(String status, String title, String found) {
    return String.format("%-9s %-14s %s", "[" + status + "]", title, found);
  }

  /**
   * A row of the doctor's target list.
   *
   * @param local state of the local build, or null for another machine's row
   */
  public static String target(String status, String classifier, String local, String release) {
    String ways = local == null ? release : local + "; " + release;
    return String.format("%-9s %-19s %s", "[" + status + "]", classifier, ways);
  }

  /** What to do about the row above. */
  public static String fix(String fix) {
    return "            fix: " + fix;
  }

  /** A tool that is not there. */
  public static String notFound(boolean needed, String use) {
    return needed ? "not found" : "not found; only for " + use;
  }

  /** A tool whose version will not do. */
  public static String tooOld(String found, String wanted) {
    return found + " is too old: " + wanted + " or newer is needed";
  }

  /** What the C compiler is for. */
  public static String localRow() {
    return "local builds";
  }

  /** What cargo and rustc are for. */
  public static String rustCores() {
    return "Rust cores";
  }

  /** What go is for. */
  public static String goCores() {
    return "Go cores";
  }

  /** What zig and its helpers are for. */
  public static String releaseRows() {
    return "release builds";
  }

  /** What llvm-objcopy is for. */
  public static String debugSymbols() {
    return "debug symbols of release builds";
  }

  /** What rcodesign is for. */
  public static String signatures() {
    return "resign";
  }

  /** State of the local build of this machine's row. */
  public static String local(List<String> missing) {
    return missing.isEmpty() ? "local ready, not for publication" : lacks("local", missing);
  }

  /** State of a row's build for publication. */
  public static String release(List<String> missing) {
    return missing.isEmpty() ? "release ready" : lacks("release", missing);
  }

  private static String lacks(String way, List<String> missing) {
    return way + " lacks " + String.join(", ", missing);
  }

  /** Rust's standard library in the doctor's list. */
  public static String std() {
    return "Rust's std";
  }

  /**
   * Which rustc makes the release rows.
   *
   * @param missing the rows it cannot make
   */
  public static String stdOf(String rustc, List<String> missing) {
    return missing.isEmpty()
        ? "of " + rustc
        : rustc + " has none for " + String.join(", ", missing);
  }

  /** A rustc of one installation and the cargo of another build no standard library. */
  public static String noRustc() {
    return "no rustc with its cargo beside it";
  }

  /** A tool that fails and does not say why. */
  public static String silent(int exitCode) {
    return "ends with exit code " + exitCode + " without a word";
  }

  /** The JDK without headers. */
  public static String jdkWithoutHeaders(String version) {
    return version + ", without include/jni.h";
  }

  /** What to do about it. */
  public static String installJdk() {
    return "run on a JDK (not a JRE): apt-get install openjdk-17-jdk-headless (Debian), brew"
        + " install openjdk (macOS), or see https://adoptium.net";
  }

  /** The doctor found something missing. */
  public static String doctorFailed() {
    return "tools are missing; the report above says how to install them";
  }

  /** Heading and rows of the targets table. */
  public static String targetRow(
      String mark, String classifier, String needs, String rust, String go, String cores) {
    return String.format("%-2s%-21s%-13s%-28s%-15s%s", mark, classifier, needs, rust, go, cores)
        .stripTrailing();
  }

  /** Below the targets table. */
  public static String hostMark() {
    return "* this machine";
  }
}
