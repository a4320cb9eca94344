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

/** Small libraries of the rows, good ones and others, as a project promised them. */
final class Samples {
  static final String DIGEST = "0123456789abcdef".repeat(4);

  private static final String IMPORT_LIBRARY = "imports.lib";

  /** Begins every source. */
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

  static String file(String row, Role role) {
    return Targets.byClassifier(row).libraryName(role.label());
  }

  /** A library as the build links it; flags come last and win. */
  Path build(String row, Role role, String source, String... flags) {
    Target target = Targets.byClassifier(row);
    return build(target.zigTarget(), row, role, source, flags);
  }

  /** The same for another minimum version than the target's. */
  Path build(String zigTarget, String row, Role role, String source, String... flags) {
    Path file = directory.resolve(row + "-" + number++).resolve(file(row, role));
    List<String> all = new ArrayList<>(flags(row, role));
    if (role == Role.SHIM) {
      all.add(link(row, core(row)));
    }
    all.addAll(Arrays.asList(flags));
    return TargetCompiler.stripped(zigTarget, file, source, all);
  }

  /** What a linker takes for a library: on Windows the import library beside it. */
  static String link(String row, Path library) {
    return row.startsWith("windows")
        ? library.resolveSibling(IMPORT_LIBRARY).toString()
        : library.toString();
  }

  /** The good core of a row, built once. */
  Path core(String row) {
    if (!good.containsKey(row)) {
      good.put(row, build(row, Role.CORE, CORE));
    }
    return good.get(row);
  }

  /** The good shim of a row, built once. */
  Path shim(String row) {
    String key = row + " shim";
    if (!good.containsKey(key)) {
      good.put(key, build(row, Role.SHIM, SHIM + MARK));
    }
    return good.get(key);
  }

  /** A core without what keeps it loaded. */
  Path unpinned(String row) {
    List<String> flags = new ArrayList<>(flags(row, Role.CORE));
    flags.remove("-Wl,-z,nodelete");
    Path file = directory.resolve(row + "-" + number++).resolve(file(row, Role.CORE));
    return TargetCompiler.stripped(Targets.byClassifier(row).zigTarget(), file, CORE, flags);
  }

  private static List<String> flags(String row, Role role) {
    String file = file(row, role);
    return switch (Targets.byClassifier(row).format()) {
      case ELF ->
          List.of(
              "-Wl,-soname," + file,
              "-Wl,-rpath,$ORIGIN:$ORIGIN/..",
              "-Wl,-z,relro",
              "-Wl,-z,now",
              "-Wl,-z,nodelete",
              // Marks that nothing refers to are what some defects are.
              "-Wl,--no-gc-sections",
              "-Wl,-z,max-page-size=" + (row.contains("aarch") ? 65536 : 4096));
      case MACH_O ->
          List.of(
              "-Wl,-install_name,@rpath/" + file,
              "-Wl,-rpath,@loader_path",
              "-Wl,-rpath,@loader_path/..",
              "-Wl,-headerpad,0x100");
      case PE -> List.of("-Wl,--out-implib," + IMPORT_LIBRARY);
    };
  }

  /** What a release of a Rust binding promises about a library of a row. */
  static ProjectExpectations expected(String row, Role role) {
    boolean shim = role == Role.SHIM;
    TreeSet<String> exports =
        new TreeSet<>(shim ? List.of("JNI_OnLoad", "JNI_OnUnload") : List.of("demo_add"));
    if (row.startsWith("osx")) {
      // zig's linker exports its own two names, which the packager cuts from what it builds.
      exports.addAll(List.of("__dso_handle", "_mh_dylib_header"));
    }
    return new ProjectExpectations(
        role,
        Language.RUST,
        true,
        file(row, Role.CORE),
        List.copyOf(exports),
        shim ? RuleMessages.shimExports() : "demo.h",
        shim ? DIGEST : null);
  }

  /** What the rules say, one line each. */
  static List<String> check(String row, ProjectExpectations expected, byte[] bytes) {
    try {
      CheckedLibrary library =
          new CheckedLibrary(
              file(row, expected.role()),
              Platform.of(Targets.byClassifier(row)),
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
