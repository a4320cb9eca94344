package dev.stowage.packager.verify;

import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import dev.stowage.packager.binary.Binary;
import dev.stowage.packager.fixture.TargetCompiler;
import dev.stowage.packager.message.OptionStyle;
import dev.stowage.packager.project.Language;
import dev.stowage.packager.project.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Small libraries for the targets: valid ones, and sources for defects. */
final class Samples {
  static final String DIGEST = "0123456789abcdef".repeat(4);

  private static final String IMPORT_LIBRARY = "imports.lib";

  /** The beginning of every source. */
  static final String EXPORT =
      """
      #ifdef _WIN32
      #define E __declspec(dllexport)
      #define I __declspec(dllimport)
      #else
      #define E __attribute__((visibility("default")))
      #define I
      #endif
      """;

  static final String CORE = EXPORT + "E int demo_add(int a, int b) { return a + b; }\n";
  static final String MARK =
      "__attribute__((used)) static const char mark[] = \"stowage-contract:" + DIGEST + "\";\n";
  static final String SHIM =
      EXPORT
          + "I extern int demo_add(int, int);\n"
          + "E int JNI_OnLoad(void) { return demo_add(1, 2); }\nE void JNI_OnUnload(void) {}\n";

  private final Path directory;
  private final Map<String, Path> good = new HashMap<>();
  private int number;

  Samples(Path directory) {
    this.directory = directory;
  }

  static String file(String classifier, Role role) {
    return Targets.byClassifier(classifier).libraryName(role.label());
  }

  /** Builds a library like a release build; the given flags come last and have priority. */
  Path build(String classifier, Role role, String source, String... flags) {
    Target target = Targets.byClassifier(classifier);
    return build(target.zigTarget(), classifier, role, source, flags);
  }

  /** Like the other {@code build}, with another minimum version than that of the target. */
  Path build(String zigTarget, String classifier, Role role, String source, String... flags) {
    Path file = directory.resolve(classifier + "-" + number++).resolve(file(classifier, role));
    List<String> all = new ArrayList<>(flags(classifier, role));
    if (role == Role.SHIM) {
      all.add(link(classifier, core(classifier)));
    }
    all.addAll(Arrays.asList(flags));
    return TargetCompiler.stripped(zigTarget, file, source, all);
  }

  /** The file to link against for a library: on Windows its import library. */
  static String link(String classifier, Path library) {
    return classifier.startsWith("windows")
        ? library.resolveSibling(IMPORT_LIBRARY).toString()
        : library.toString();
  }

  /** A valid core for a classifier, built once. */
  Path core(String classifier) {
    if (!good.containsKey(classifier)) {
      good.put(classifier, build(classifier, Role.CORE, CORE));
    }
    return good.get(classifier);
  }

  /** A valid shim for a classifier, built once. */
  Path shim(String classifier) {
    String key = classifier + " shim";
    if (!good.containsKey(key)) {
      good.put(key, build(classifier, Role.SHIM, SHIM + MARK));
    }
    return good.get(key);
  }

  /** A library that can be unloaded. */
  Path unpinned(String classifier, Role role) {
    List<String> flags = new ArrayList<>(flags(classifier, role));
    flags.remove("-Wl,-z,nodelete");
    if (role == Role.SHIM) {
      flags.add(link(classifier, core(classifier)));
    }
    Path file = directory.resolve(classifier + "-" + number++).resolve(file(classifier, role));
    String source = role == Role.SHIM ? SHIM + MARK : CORE;
    return TargetCompiler.stripped(
        Targets.byClassifier(classifier).zigTarget(), file, source, flags);
  }

  private static List<String> flags(String classifier, Role role) {
    String file = file(classifier, role);
    return switch (Targets.byClassifier(classifier).format()) {
      case ELF ->
          List.of(
              "-Wl,-soname," + file,
              "-Wl,-rpath,$ORIGIN:$ORIGIN/..",
              "-Wl,-z,relro",
              "-Wl,-z,now",
              "-Wl,-z,nodelete",
              // Keeps unused marks, because some defects consist of them.
              "-Wl,--no-gc-sections",
              "-Wl,-z,max-page-size=" + (classifier.contains("aarch") ? 65536 : 4096));
      case MACH_O ->
          List.of(
              "-Wl,-install_name,@rpath/" + file,
              "-Wl,-rpath,@loader_path",
              "-Wl,-rpath,@loader_path/..",
              "-Wl,-headerpad,0x100");
      case PE -> List.of("-Wl,--out-implib," + IMPORT_LIBRARY);
    };
  }

  /** The expectations of a release build with a Rust binding for a library. */
  static ProjectExpectations expected(String classifier, Role role) {
    boolean shim = role == Role.SHIM;
    TreeSet<String> exports =
        new TreeSet<>(shim ? List.of("JNI_OnLoad", "JNI_OnUnload") : List.of("demo_add"));
    if (classifier.startsWith("osx")) {
      // zig's linker also exports these two names, which the packager removes.
      exports.addAll(List.of("__dso_handle", "_mh_dylib_header"));
    }
    return new ProjectExpectations(
        role,
        Language.RUST,
        true,
        file(classifier, Role.CORE),
        List.copyOf(exports),
        shim ? RuleMessages.shimExports() : "demo.h",
        shim ? DIGEST : null);
  }

  /** The findings, one line each. */
  static List<String> check(String classifier, ProjectExpectations expected, byte[] bytes) {
    try {
      CheckedLibrary library =
          new CheckedLibrary(
              file(classifier, expected.role()),
              Platform.of(Targets.byClassifier(classifier)),
              Binary.read(bytes),
              ByteScan.of(bytes),
              expected,
              Set.of(),
              OptionStyle.COMMAND_LINE);
      return new RuleChecker(Map.of(), OptionStyle.COMMAND_LINE)
          .findings(library).stream()
              .map(f -> f.rule() + ": " + f.found() + "; fix: " + f.fix())
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
