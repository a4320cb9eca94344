package dev.stowage.packager.message;

import dev.stowage.packager.message.PackagerException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Every text of project file, tools and build that a user reads. Verify, contract, pack and the
 * command line have their own class beside this one.
 *
 * @since 0.1.0
 */
public final class Messages {
  private static final String TOO_OLD = " (a distribution's own package is often too old)";

  private Messages() {}

  // Lines of a build.

  /**
   * One line per library.
   *
   * @param floor what it was built for
   * @param digest the beginning of its SHA-256
   */
  public static String library(
      String target, String file, String state, long size, String floor, String digest) {
    String facts = state + ", " + ConsoleText.size(size) + ", " + floor + ", sha256 " + digest;
    return ConsoleText.line("build", target, file, facts);
  }

  /** In place of a target: several. */
  public static String rows(int count) {
    return count + " targets";
  }

  /** A binding that a row has no use for: the only such case is Go on musl. */
  public static String notCarried(String target, String binding) {
    return ConsoleText.line(
        "build",
        target,
        binding,
        "not built: musl cannot load Go's run time (golang/go#54805); it runs there as a process");
  }

  /**
   * The last line of a build: its time, and how much of it no compiler ran.
   *
   * @param nanos all of it
   * @param busy while at least one child process ran
   */
  public static String finished(String target, int libraries, int built, long nanos, long busy) {
    String what =
        built == 0
            ? libraries + " libraries up to date"
            : built + " of " + libraries + " libraries built";
    String share =
        built == 0
            ? ""
            : String.format(
                Locale.ROOT,
                ", own work %.1f%% of the compilers' time",
                100.0 * (nanos - busy) / busy);
    return ConsoleText.line("build", target, what, ConsoleText.seconds(nanos / 1_000_000) + share);
  }

  /** State of a library that was compiled. */
  public static String built(long millis) {
    return "built in " + ConsoleText.seconds(millis);
  }

  /** A step that takes long enough to be doubted. */
  public static String building(String target, String binding, String role) {
    return ConsoleText.line("build", target, binding + " " + role, "building");
  }

  /** State of a library that was left alone. */
  public static String upToDate() {
    return "up to date";
  }

  /** Another build has the output directory. */
  public static String waiting(Path output) {
    return "another build writes to " + output + "; waiting for it to end";
  }

  // STOW-101 to 119: the project file and what it names.

  /** STOW-101: no project file. */
  public static PackagerException noProjectFile(Path file, OptionStyle optionStyle) {
    return usage(
        "STOW-101",
        "no project file " + file,
        null,
        "write it (docs/packing.md), or name another: "
            + optionStyle.option("projectFile", "<file>"));
  }

  /** STOW-102: not TOML. */
  public static PackagerException badToml(Path file, int line, String why) {
    return usage("STOW-102", file + ":" + line + ": not valid TOML", why, "correct that line");
  }

  /** STOW-103: a key nobody reads. */
  public static PackagerException unknownKey(
      Path file, String key, String nearest, Collection<String> known) {
    return usage(
        "STOW-103",
        file + ": unknown key '" + key + "'",
        null,
        (nearest == null ? "" : "write '" + sibling(key, nearest) + "', or ")
            + "remove it; known here are "
            + String.join(", ", known));
  }

  /** STOW-104: a key that must be there. */
  public static PackagerException missingKey(Path file, String key, String example) {
    return usage(
        "STOW-104", file + ": '" + key + "' is missing", null, "add " + key + " = " + example);
  }

  /** STOW-105: a value of another type. */
  public static PackagerException wrongType(Path file, String key, String wanted, String found) {
    return usage("STOW-105", file + ": '" + key + "' must be " + wanted, found, "change the value");
  }

  /** STOW-106: a name that cannot be part of file or package names. */
  public static PackagerException badName(Path file, String key, String value, String pattern) {
    return usage(
        "STOW-106",
        file + ": '" + key + "' is not a name that can be used",
        "'" + value + "'",
        "use a name of the form " + pattern);
  }

  /** STOW-129: something else than coordinates. */
  public static PackagerException badCoordinates(
      Path file, String key, String value, String example) {
    return usage(
        "STOW-129",
        file + ": '" + key + "' must be the Maven coordinates <groupId>:<artifactId>",
        "'" + value + "'",
        "write " + key + " = " + example + ", without a version");
  }

  /** STOW-107: a core in no language or in two. */
  public static PackagerException coreLanguage(Path file, String key, boolean both) {
    return usage(
        "STOW-107",
        file + ": '" + key + "' must have one of the keys 'cargo' and 'go'",
        both ? "both" : "neither",
        "Rust: cargo = \"<directory>\" and crate = \"<name>\"; "
            + "Go: go = \"<directory>\" and main = \"./<package>\"");
  }

  /** STOW-108: a native class elsewhere. */
  public static PackagerException classOutsidePackage(
      Path file, String binding, String name, String javaPackage) {
    return usage(
        "STOW-108",
        file + ": class " + name + " of binding '" + binding + "' is not in package " + javaPackage,
        null,
        "move the class, or set package = \"...\" to a package that holds all native classes");
  }

  /** STOW-109: no Cargo.toml or go.mod where the project file points. */
  public static PackagerException noManifest(Path directory, String manifest, String key) {
    return usage(
        "STOW-109",
        "no " + manifest + " in " + directory,
        null,
        "correct the key '" + key + "' in stowage.toml, or create " + manifest + " there");
  }

  /** STOW-110: the Cargo workspace has no such package. */
  public static PackagerException noCrate(
      Path directory, String crate, String nearest, Collection<String> found) {
    return usage(
        "STOW-110",
        "no crate '" + crate + "' in " + directory,
        found.isEmpty() ? "no package at all" : String.join(", ", found),
        "set the key 'crate' in stowage.toml" + (nearest == null ? "" : " to \"" + nearest + "\""));
  }

  /** STOW-111: Cargo.lock is not there. */
  public static PackagerException noLockFile(Path directory) {
    return usage(
        "STOW-111",
        "no Cargo.lock in " + directory + ": the build would choose versions by itself",
        null,
        "run 'cargo generate-lockfile' there and commit the file");
  }

  /** STOW-112: panics would abort the JVM. */
  public static PackagerException panicNotUnwind(String where, String panic) {
    return usage(
        "STOW-112",
        where + ": the release profile has panic = \"" + panic + "\"",
        "a panic would end the JVM; it becomes a Java exception only when it unwinds",
        "set panic = \"unwind\" under [profile.release]");
  }

  /** STOW-113: the ABI header is not there. */
  public static PackagerException noAbiHeader(Path project, String binding, Path header) {
    return usage(
        "STOW-113",
        "no ABI header of binding '" + binding + "': " + header,
        null,
        "correct binding." + binding + ".core.header in " + project + ", or write the header");
  }

  /** STOW-114: a C source is not there. */
  public static PackagerException noShimFile(Path project, String binding, String file, Path dir) {
    return usage(
        "STOW-114",
        "no file '" + file + "' in " + dir,
        null,
        "correct binding." + binding + ".shim.files in " + project + ", or write the file");
  }

  /** STOW-115: the contract header has not been generated. */
  public static PackagerException noContractHeader(
      String binding, Path header, OptionStyle optionStyle) {
    return usage(
        "STOW-115",
        "no contract header of binding '" + binding + "': " + header,
        null,
        "compile the Java classes and run '" + optionStyle.command("jni") + "' first");
  }

  /** STOW-116: no such row. */
  public static PackagerException unknownTarget(
      String target, String nearest, Collection<String> known, OptionStyle optionStyle) {
    return usage(
        "STOW-116",
        "unknown target '" + target + "'",
        null,
        (nearest == null ? "" : "use " + optionStyle.option("targets", nearest) + "; ")
            + "known are "
            + String.join(", ", known));
  }

  /** STOW-117: no compiler for release rows. */
  public static PackagerException noZig(
      Collection<String> rows,
      String install,
      String host,
      String searched,
      OptionStyle optionStyle) {
    return new PackagerException(
        Kind.ENVIRONMENT,
        "STOW-117",
        "zig not found; it compiles and links every target that is named: "
            + String.join(", ", rows),
        null,
        install
            + "; or leave out "
            + optionStyle.option("targets", "...")
            + ": this machine's own compilers then build "
            + host
            + " for this machine, not for publication",
        List.of(searched));
  }

  /** STOW-118: this JVM is on no row. */
  public static PackagerException unknownHost(String found) {
    return new PackagerException(
        Kind.ENVIRONMENT,
        "STOW-118",
        "this platform is not in the targets table",
        found,
        "run the build on a platform that 'targets' lists");
  }

  // How to install tools.

  /** The C compiler: any version of these years will do. */
  public static String installCc() {
    return "apt-get install gcc libc6-dev (Debian), brew install gcc (macOS), or see"
        + " https://gcc.gnu.org";
  }

  /** Rust, from the place that has new versions. */
  public static String installRust(String wanted) {
    return "install Rust" + orNewer(wanted) + " with rustup: https://rustup.rs" + TOO_OLD;
  }

  /** Go, from the place that has new versions. */
  public static String installGo(String wanted) {
    return "install Go" + orNewer(wanted) + " from https://go.dev/dl" + TOO_OLD;
  }

  /** A program that pip brings; Debian and Homebrew refuse pip outside a virtual environment. */
  public static String installWheel(String name, String version) {
    return "python3 -m venv tools && tools/bin/pip install "
        + name
        + "=="
        + version
        + ", then put tools/bin on the PATH";
  }

  /** LLVM's tools for object files. */
  public static String installLlvm() {
    return "apt-get install llvm (Debian), brew install llvm (macOS), or see https://llvm.org";
  }

  /** A program that cargo builds. */
  public static String installCrate(String name, String version) {
    return "cargo install --locked " + name + "@" + version;
  }

  /** Standard libraries of other targets; with their source cargo builds them itself. */
  public static String installStd(String triples) {
    return "rustup target add "
        + triples
        + "; without rustup: a rustc with the source of its standard library, apt-get install"
        + " rustc-web cargo-web rust-web-src (Debian)";
  }

  private static String orNewer(String wanted) {
    return wanted == null ? "" : " " + wanted + " or newer";
  }

  // STOW-120 to 139: tools, processes, files.

  /** STOW-120: a tool is not there. */
  public static PackagerException toolMissing(
      String title, String command, String looked, String install) {
    return new PackagerException(
        Kind.ENVIRONMENT,
        "STOW-120",
        title + " not found (command '" + command + "')",
        null,
        install,
        List.of(looked));
  }

  /** STOW-121: a tool does not start. */
  public static PackagerException toolNotStarted(String program, String why) {
    return new PackagerException(
        Kind.ENVIRONMENT, "STOW-121", "cannot start " + program, why, "reinstall it");
  }

  /** STOW-122: a tool that does not tell its version. */
  public static PackagerException toolWithoutVersion(
      String title, String line, String stderr, String install) {
    return new PackagerException(
        Kind.ENVIRONMENT,
        "STOW-122",
        title + " does not work: '" + line + "' printed no version",
        stderr.strip(),
        "do what it says, or " + install);
  }

  /** STOW-123: the module wants a newer Go. */
  public static PackagerException goTooOld(
      Path module, String wanted, String installed, String install) {
    return new PackagerException(
        Kind.ENVIRONMENT,
        "STOW-123",
        module.resolve("go.mod") + " needs Go " + wanted,
        installed,
        install);
  }

  /** STOW-124: a file cannot be written. */
  public static PackagerException cannotWrite(Path file, IOException e) {
    return new PackagerException(
        Kind.ENVIRONMENT,
        "STOW-124",
        "cannot write " + file,
        reason(e),
        "check permissions and free space of that directory");
  }

  /** STOW-125: a file cannot be read. */
  public static PackagerException cannotRead(Path file, IOException e) {
    return new PackagerException(
        Kind.ENVIRONMENT, "STOW-125", "cannot read " + file, reason(e), "check its permissions");
  }

  /** STOW-126: interrupted. */
  public static PackagerException interrupted(String what) {
    return new PackagerException(
        Kind.ENVIRONMENT, "STOW-126", "interrupted while waiting for " + what, null, "run again");
  }

  /** STOW-127: a Java run time without headers. */
  public static PackagerException noJniHeader(Path include) {
    return new PackagerException(
        Kind.ENVIRONMENT,
        "STOW-127",
        "no jni.h in " + include,
        "the build runs on a Java run time without development files",
        "run it on a JDK: set JAVA_HOME to one");
  }

  /** STOW-128: a version that no file name takes. */
  public static PackagerException badVersion(String version, String pattern) {
    return usage(
        "STOW-128",
        "the version '" + version + "' cannot be part of a file name",
        null,
        "use a version of the form " + pattern);
  }

  /** STOW-130: a tool whose version Stowage itself cannot use. */
  public static PackagerException toolTooOld(
      String title, String wanted, String found, String install) {
    return new PackagerException(
        Kind.ENVIRONMENT,
        "STOW-130",
        title + " is too old: " + wanted + " or newer is needed",
        found,
        install);
  }

  /** STOW-131: no Rust compiler for these rows. */
  public static PackagerException noStd(List<String> rows, String install, List<String> tried) {
    return new PackagerException(
        Kind.ENVIRONMENT,
        "STOW-131",
        "no rustc here has Rust's standard library for " + String.join(", ", rows),
        null,
        install,
        tried);
  }

  /** What one rustc cannot do; part of STOW-131. */
  public static String lacks(String program, String version, String rows) {
    return program + " " + version + " has none for " + rows;
  }

  /** STOW-133: cargo of one Rust installation, rustc of another. */
  public static PackagerException mixedRust(String found) {
    return new PackagerException(
        Kind.ENVIRONMENT,
        "STOW-133",
        "cargo and rustc are of two Rust installations with different versions",
        found,
        useOneRust());
  }

  /** Two programs and their versions. */
  public static String mixed(String cargo, String ofCargo, String rustc, String ofRustc) {
    return cargo + " is " + ofCargo + ", " + rustc + " is " + ofRustc;
  }

  /** What to do about it. */
  public static String useOneRust() {
    return "set both CARGO and RUSTC to one installation, or neither, and let one directory with"
        + " both programs come first on the PATH";
  }

  /** STOW-132: Go links against more of macOS than the list of stubs has. */
  public static PackagerException appleSymbols(Collection<String> symbols, Path goRoot) {
    return new PackagerException(
        Kind.ENVIRONMENT,
        "STOW-132",
        "this Go uses symbols of macOS that Stowage has no stub for: " + String.join(", ", symbols),
        "go:cgo_import_dynamic in " + goRoot.resolve("src"),
        "use an older Go, or a Stowage whose list (macos-symbols.txt) has them");
  }

  // STOW-140 to 149: compilers.

  /** STOW-140: a compiler refused the sources. */
  public static PackagerException compileFailed(
      String target, String binding, String role, String tool, String stderr) {
    String text = stderr.isBlank() ? tool + " printed nothing" : stderr.strip();
    return new PackagerException(
        Kind.BUILD,
        "STOW-140",
        target + ": " + tool + " failed on the " + role + " of binding '" + binding + "'",
        text,
        "correct the first error above; libraries built before are still there");
  }

  /** STOW-145: the standard library does not compile. */
  public static PackagerException stdFailed(String target, String rustc, String stderr) {
    return new PackagerException(
        Kind.BUILD,
        "STOW-145",
        target + ": the standard library of rustc " + rustc + " does not compile",
        stderr.strip(),
        "correct the first error above, or install it: rustup target add");
  }

  /** A compiler that did not end by itself. */
  public static String ended(String tool, boolean child, int signal) {
    return (child ? "a compiler started by " + tool : tool) + " was ended by signal " + signal;
  }

  /** STOW-142: a compiler was ended by a signal. */
  public static PackagerException compilerEnded(
      String headline, String role, String binding, String stderr, String fewer) {
    return new PackagerException(
        Kind.ENVIRONMENT,
        "STOW-142",
        headline + ", on the " + role + " of binding '" + binding + "'",
        stderr.strip(),
        "run again; if memory is short, "
            + (fewer == null ? "close other programs" : "set " + fewer));
  }

  /** STOW-141: cargo succeeded without the library. */
  public static PackagerException noLibrary(Path directory, String crate) {
    return new PackagerException(
        Kind.BUILD,
        "STOW-141",
        "cargo built no shared library from crate '" + crate + "' in " + directory,
        null,
        "give the crate a library target: src/lib.rs");
  }

  private static PackagerException usage(String id, String headline, String found, String fix) {
    return new PackagerException(Kind.USAGE, id, headline, found, fix);
  }

  private static String sibling(String key, String name) {
    return key.substring(0, key.lastIndexOf('.') + 1) + name;
  }

  /** The JDK's file exceptions often carry only the path. */
  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
