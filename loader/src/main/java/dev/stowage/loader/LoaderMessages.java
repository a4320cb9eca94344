package dev.stowage.loader;

import java.io.File;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Every text of the loader that a person reads. An error says what was found, how to fix it as the
 * user would type it, and what was tried. {@code docs/troubleshooting.md} has one section per id; a
 * test compares the two.
 */
final class LoaderMessages {
  static final List<String> IDS =
      Collections.unmodifiableList(
          Arrays.asList(
              "STOW-01", "STOW-02", "STOW-03", "STOW-04", "STOW-05", "STOW-06", "STOW-07",
              "STOW-08", "STOW-09", "STOW-10", "STOW-11", "STOW-12", "STOW-13", "STOW-14",
              "STOW-15", "STOW-16", "STOW-17", "STOW-18"));

  private static final String DOCUMENTATION =
      "https://github.com/stowage/stowage/blob/main/docs/troubleshooting.md";

  static final String CACHE_FIX =
      "-Dstowage.cache=<directory> (or STOWAGE_CACHE in the environment): one that only you and root can write to,"
          + " on a file system without noexec";
  private static final String REPORT = "report it to the library's authors with this whole message";

  private LoaderMessages() {}

  static String failure(LoadError error, String tried) {
    return error.id
        + " "
        + error.headline
        + "\n  found:  "
        + error.found
        + "\n  fix:    "
        + error.fix
        + (tried.isEmpty() ? "" : "\n  tried:  " + tried)
        + "\n  more:   "
        + DOCUMENTATION
        + "#"
        + anchor(error.id)
        + doctor(codeSource());
  }

  /** How to start the loader doctor, when the loader sits in a JAR. */
  static String doctor(String jar) {
    String path = jar.indexOf(' ') < 0 ? jar : '"' + jar + '"';
    return jar.endsWith(".jar")
        ? "\n  doctor: java -cp "
            + path
            + " "
            + LoaderMessages.class.getName().replace("LoaderMessages", "LoaderMain")
            + " doctor <the JARs of the library>"
        : "";
  }

  private static String codeSource() {
    try {
      return new File(
              LoaderMessages.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .getPath();
    } catch (java.net.URISyntaxException | RuntimeException e) {
      return ""; // No file, as in a JAR inside a JAR.
    }
  }

  /** The section of an id in docs/troubleshooting.md. */
  static String anchor(String id) {
    return id.toLowerCase(java.util.Locale.ROOT);
  }

  // Faults, by id.

  static LoadError noPins(String className, String anchor) {
    return new LoadError(
        3,
        "STOW-01",
        "this API JAR has no pins, so its native libraries cannot be named",
        "no class " + className + " in the package of " + anchor,
        "call NativeLibrary.of with a class from the package that contains StowagePins; build the API with 'mvn package' (goal stowage:package writes the class); when the JAR was shaded or"
            + " minimised, keep "
            + className);
  }

  static LoadError unknownPlatform(String found, String known) {
    return new LoadError(
        2,
        "STOW-02",
        "Stowage does not support the platform of this JVM",
        found + "; supported: " + known,
        "use a JVM for a supported platform; to request support for this one, report the output of doctor --json");
  }

  static LoadError notBuilt(String classifier, String built, String hint) {
    return new LoadError(
        3,
        "STOW-03",
        "no native library was built for " + classifier,
        "this API was built for: " + built + (hint == null ? "" : "; this is " + hint),
        "use a JVM of one of these platforms, or build with -Dstowage.targets=" + classifier);
  }

  static LoadError noClassifierJar(
      String library, String version, String classifier, String artifact, String found) {
    return new LoadError(
        5,
        "STOW-04",
        "the native libraries for " + classifier + " are not on the class path",
        found,
        dependency(library, version, classifier, artifact)
            + "; or -Dstowage."
            + library
            + ".path=<directory with the files>");
  }

  private static String dependency(
      String library, String version, String classifier, String artifact) {
    String element = "<classifier>" + classifier + "</classifier>";
    String end = ":" + version + ":" + classifier + "'";
    return artifact == null
        ? "add the natives of "
            + library
            + " "
            + version
            + " for this platform: "
            + element
            + " in Maven, '"
            + end
            + " at the end of a Gradle dependency"
        : "add "
            + artifact
            + ":"
            + version
            + " with "
            + element
            + " (Maven) or '"
            + artifact
            + end
            + " (Gradle)";
  }

  static LoadError mismatch(String library, String version, String classifier, String found) {
    return new LoadError(
        5,
        "STOW-05",
        "the native libraries on the class path are not those this API was built with",
        found,
        "use the API JAR and the JAR with classifier "
            + classifier
            + " from the same build of "
            + library
            + " "
            + version);
  }

  static LoadError noCache(String library, String reasons) {
    return new LoadError(
        4, "STOW-06", "no directory can hold the libraries of " + library, reasons, CACHE_FIX);
  }

  static LoadError noExec(String reasons) {
    return new LoadError(
        4,
        "STOW-07",
        "the system does not let code run from the cache directory",
        reasons,
        CACHE_FIX);
  }

  static LoadError notWritable(String reasons) {
    return new LoadError(
        5,
        "STOW-08",
        "the native libraries could not be written to the cache directory",
        reasons,
        "free space there, or " + CACHE_FIX);
  }

  static LoadError wrongFile(File file, String found, String wanted) {
    return new LoadError(
        6,
        "STOW-09",
        "a file is not a library for this JVM",
        file + ": " + found + "; this JVM needs " + wanted,
        "put the right file there, or remove the override; when the file came out of a JAR, "
            + REPORT);
  }

  static LoadError missingDependency(File file, String found) {
    return new LoadError(
        7,
        "STOW-10",
        "a library that a native library needs is missing",
        file.getName() + " needs " + found,
        "install the package that has it (Debian: apt-file search <name>; Alpine: apk search so:<name>)");
  }

  static LoadError oldLibc(File file, String needed, String running) {
    return new LoadError(
        6,
        "STOW-11",
        "the C library of this system is too old",
        file.getName()
            + " needs "
            + needed
            + (running.isEmpty() ? "" : "; this system has " + running),
        "use a newer distribution (or base image), or build the library for an older one");
  }

  static LoadError contract(File file, String found, String wanted) {
    return new LoadError(
        8,
        "STOW-12",
        "the shim was built for other native methods than this API declares",
        file + ": contract " + found + "; this API has " + wanted,
        "use an API and native files from the same build");
  }

  static LoadError secondGoCore(String latched, String wanted) {
    return new LoadError(
        7,
        "STOW-13",
        "this JVM already runs another Go core, and a process can have only one",
        "loaded: " + latched + "; wanted: " + wanted,
        "use one version of one library with a Go core per JVM, or run the second one in its own process");
  }

  static LoadError nativeAccess(String module) {
    return new LoadError(
        7,
        "STOW-14",
        "this JVM denies native access (JEP 472)",
        "the caller is " + (module == null ? "on the class path" : "module " + module),
        "--enable-native-access="
            + (module == null ? "ALL-UNNAMED" : module)
            + " on the command line or in JDK_JAVA_OPTIONS; for an executable JAR the manifest attribute"
            + " 'Enable-Native-Access: ALL-UNNAMED'");
  }

  static LoadError override(String source, File directory, String found, String[] names) {
    return new LoadError(
        1,
        "STOW-15",
        "the directory given for the native libraries cannot be used",
        directory + " (from " + source + "): " + found,
        "put " + String.join(" and ", names) + " there, or remove " + source);
  }

  static LoadError refused(File file, String found) {
    return new LoadError(
        7, "STOW-16", "the system refused a native library", file + ": " + found, REPORT);
  }

  static LoadError badPins(String found) {
    return new LoadError(
        3,
        "STOW-17",
        "this loader cannot read the pins of the API",
        found,
        "use a newer stowage-loader (in Maven: dev.stowage:stowage-loader); else " + REPORT);
  }

  static LoadError unsupported(
      String binding, String reason, String classifier, String glibc, List<String> others) {
    String elsewhere =
        glibc == null
            ? "run this part on another platform"
            : "run the JVM on glibc (" + glibc + ")";
    return new LoadError(
        3,
        "STOW-18",
        "the binding '"
            + binding
            + "' cannot be loaded on "
            + classifier
            + ", so it was not packed for it",
        reason.equals("initial-exec-tls")
            ? "a Go core needs initial-exec TLS, which musl does not allow in a library that is loaded at run time"
                + " (golang/go#54805)"
            : "the reason in the pins is " + reason,
        elsewhere
            + (glibc == null ? "" : ", for example in a Debian image instead of an Alpine one")
            + (others.isEmpty()
                ? ""
                : "; or use only the bindings packed for it: " + String.join(", ", others)));
  }

  // Steps: {} stands for a value.

  static final String NO_OVERRIDE =
      "override: none (stowage.{}.path, stowage.library.path, STOWAGE_LIBRARY_PATH)";
  static final String OVERRIDE_USED = "override: {} (from {})";
  static final String UNPINNED = "files: {} is unpinned: its content differs from the pins";

  /** The second value is a note in parentheses, or empty. */
  static final String TARGET = "target: {}{}";

  static final String PINS = "pins: {} {}, binding {}, content {}";
  static final String CACHE_IN_USE = "cache: {} (used)";
  static final String CACHE_PRIVATE = "cache: a private directory in {}, for this JVM only";
  static final String CACHE_SKIPPED = "cache: {} skipped: {}";
  static final String HIT = "files: in the cache, {}";
  static final String FILE = "files: {} {}, {} bytes";
  static final String DAMAGED = "files: {} is damaged; extracting it again";
  static final String EXTRACTED = "files: extracted from {}";
  static final String IN_JAR = "files: not in the cache yet; good in {}";
  static final String FAILED_JAR = "files: {}";
  static final String NO_JAR = "files: no {} on the class path";
  static final String HEADERS = "headers: machine and C library match";
  static final String HEADERS_PINNED = "headers: pinned, so read only when loading fails";
  static final String LOADED = "load: core and shim";
  static final String LOAD_FAILED = "load: {}";
  static final String NOT_TRIED = "load: not tried, the loader doctor loads nothing";
  static final String NATIVE_ACCESS_WARNING =
      "load: not tried; this JVM warns about native access, and later JVMs deny it (JEP 472)";
  static final String AGREED = "handshake: shim and API have the same contract";
  static final String SHIM_AGREES = "handshake: not tried; the shim has this API's contract";
  static final String NO_SHIM = "handshake: none; this binding has no shim";

  /** A step's text with its values in place of each {@code {}}. */
  static String fill(String text, Object... values) {
    StringBuilder filled = new StringBuilder();
    int from = 0;
    for (Object value : values) {
      int at = text.indexOf("{}", from);
      filled.append(text, from, at).append(value);
      from = at + 2;
    }
    return filled.append(text.substring(from)).toString();
  }

  // Reasons.

  static String ioReason(Throwable e) {
    String message = e.getMessage();
    if (e instanceof NoSuchFileException) {
      return message + " does not exist";
    }
    if (e instanceof AccessDeniedException) {
      return message + ": permission denied";
    }
    if (e instanceof DirectoryNotEmptyException) {
      return message + " is not empty";
    }
    if (e instanceof java.nio.file.FileSystemException) {
      String kind = e.getClass().getSimpleName().replace("Exception", "");
      return kind.equals("FileSystem") ? message : kind + " " + message;
    }
    return message == null ? e.getClass().getName() : message;
  }

  static String notADirectory(Object path) {
    return path + " is a link or a file, not a directory";
  }

  static String missingDirectory(Object path) {
    return path + " does not exist";
  }

  static String readOnly(Object path, String mount) {
    return path
        + " cannot be written to: "
        + (mount == null
            ? "Permission denied"
            : "Read-only file system (" + mount + " is mounted read-only)");
  }

  static String foreignOwner(Object path, String owner) {
    return path
        + " belongs to "
        + (owner == null ? "a user who is not mapped into this user namespace" : owner);
  }

  static String writableByOthers(Object path, String mode) {
    return "others can write to " + path + " (mode " + mode + ")";
  }

  static String notPlain(Object path) {
    return path + " is a link, or not of the expected type";
  }

  static String noEntry(Object zip, String name) {
    return zip + " has no entry " + name;
  }

  static String noResource(String name) {
    return "no resource " + name;
  }

  static String noName(Object layout, String classifier) {
    return "; " + layout + " has no name for " + classifier;
  }

  static String norIn(String directory, Object layout) {
    return ", nor " + directory + " of " + layout + " with that file";
  }

  static String tooLong(String name, long size) {
    return name + " is longer than the " + size + " bytes in the pins";
  }

  /** For a file of other content; the last is what its header says, or null. */
  static String differs(String name, String header) {
    return (header == null ? name : header + "; it") + " differs from the pins (size or checksum)";
  }

  static String cannotSeal(Object file) {
    return "the mode of " + file + " cannot be set";
  }

  static String notRegistered(Object copy) {
    return copy + " is a fresh copy of the shim, but its JNI_OnLoad did not run";
  }

  static String notForFiles(Object path, String type) {
    return path + " is on a file system that the kernel keeps for itself (" + type + ")";
  }

  static String notAbsolute() {
    return "not absolute";
  }

  static String noExecMount(Object directory, String mount) {
    return directory
        + (mount == null
            ? ": code may not be run from there"
            : " is mounted noexec (" + mount + ")");
  }

  static String pinsFormat(String firstLine, String format) {
    return "format '" + firstLine + "', this loader reads '" + format + "'";
  }

  static String noBinding(String binding) {
    return "no readable binding '" + binding + "' in the pins";
  }

  static String noCore(String binding) {
    return "the binding '" + binding + "' has no core";
  }

  static String machine(String bits, String machine) {
    return "a library for " + bits + "-bit " + machine;
  }

  static String machines(List<String> machines) {
    return "a library for " + String.join(" and ", machines);
  }

  static String foreignLibc(String library) {
    return "needs " + library + ", which is the other C library of Linux";
  }

  static String emptyDirectory(String prefix) {
    return "no files with the pinned names, and not exactly one core and one shim named "
        + prefix
        + "*";
  }

  static String needs(List<String> needed, String systemText) {
    return String.join(", ", needed) + " (the system says: " + systemText + ")";
  }

  // LoaderDoctor.

  static final String NO_LIBRARIES = "no library with Stowage pins among the JARs";

  static String doctorTitle(String library, String version, String binding) {
    return library + " " + version + ", binding " + binding;
  }

  static String doctorVerdict(int errors, int warnings) {
    return errors == 0
        ? "No errors" + (warnings == 0 ? "." : ", " + warnings + " warnings.")
        : errors + " errors. Attach the output of 'doctor --json' to a report.";
  }

  static String usage() {
    return "usage: java -jar stowage-loader.jar doctor [--json] [JAR...]\n"
        + "  Runs the loader's steps for every library in the JARs (default: the class path)\n"
        + "  without loading anything. Exit code 0: no errors; 1: errors; 2: wrong arguments.";
  }
}
