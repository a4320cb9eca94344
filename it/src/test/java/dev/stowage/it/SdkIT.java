package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.harness.LibraryLabel;
import dev.stowage.it.harness.Reactor;
import dev.stowage.loader.platform.Format;
import dev.stowage.loader.platform.Libc;
import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import dev.stowage.testing.ChildProcess;
import dev.stowage.testing.Outcome;
import dev.stowage.testing.Requirement;
import dev.stowage.testing.SharedFiles;
import dev.stowage.testing.TestRuntimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Uses the SDK of each built target like a C developer: unpacks it anywhere, finds it by
 * pkg-config, links a program, and runs the program if the host can.
 */
class SdkIT {
  private static final String SOURCE = "it/src/test/c/sdk.c";

  static List<Target> targets() {
    return JarsIT.targets();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void aCProgramBuildsAndRuns(Target target) throws IOException {
    Path sdk = unpack(target.classifier());
    Path program = SharedFiles.directory("program").resolve(target.executableName("sdk"));
    build(target, sdk, program);
    List<String> run = command(target, sdk, program);
    if (run.isEmpty()) {
      return; // Linking has checked that both cores have every symbol that the program uses.
    }
    Outcome outcome =
        ChildProcess.program(run.toArray(new String[0]))
            .withTools()
            .run()
            .expectExit(0)
            .expectQuiet();
    String version = Reactor.version() + "\n";
    String go = hasGo(target) ? "go " + version : "";
    assertThat(outcome.out().replace("\r", ""))
        .isEqualTo("description: format 1, 36 bytes\nrust " + version + go);
  }

  private static boolean hasGo(Target target) {
    return target.supports().contains("go");
  }

  /** Checks that every core is for the target, and that the SDK has no unexpected file. */
  private static Path unpack(String classifier) throws IOException {
    Path directory = SharedFiles.directory("sdk");
    List<String> cores = new ArrayList<>();
    try (ZipFile zip = new ZipFile(Reactor.sdk(classifier).toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        Path file = directory.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        byte[] bytes = zip.getInputStream(entry).readAllBytes();
        Files.write(file, bytes);
        assertThat(entry.getName())
            .matches(
                "LICENSE|waybill\\.json|licenses/.+|include/stowage_wasm_\\w+\\.h"
                    + "|lib/pkgconfig/stowage_wasm_\\w+\\.pc|(lib|bin)/[^/]+");
        if (entry.getName().matches("(lib|bin)/.*\\.(so|dylib|dll)")) {
          cores.add(LibraryLabel.of(bytes));
        }
      }
    }
    Target target = Targets.byClassifier(classifier);
    String label = target.format().label() + " " + target.arch() + " " + target.libc().label();
    assertThat(cores).hasSize(hasGo(target) ? 2 : 1).containsOnly(label);
    return directory;
  }

  /** Compiles for the host's target with its own compiler, for any other with zig. */
  private static void build(Target target, Path sdk, Path program) {
    List<String> bindings = new ArrayList<>(List.of("stowage_wasm_rust"));
    List<String> compiler = new ArrayList<>(List.of("cc"));
    if (!target.classifier().equals(Reactor.classifier())) {
      Requirement.TEST_RUNTIMES.assumeProgram("zig", "ci/setup-cross");
      compiler = new ArrayList<>(List.of("zig", "cc", "-target", target.zigTarget()));
      if (target.libc() == Libc.MUSL) {
        compiler.add("-dynamic");
      }
    }
    compiler.addAll(List.of("-std=c11", "-O1", "-Wall", "-Wextra", "-Werror"));
    if (hasGo(target)) {
      bindings.add("stowage_wasm_go");
      compiler.add("-DWITH_GO");
    }
    compiler.addAll(List.of("-o", program.toString(), Reactor.file(SOURCE).toString()));
    Outcome flags =
        ChildProcess.program("pkg-config", "--cflags", "--libs")
            .arguments(bindings.toArray())
            .environment("PKG_CONFIG_PATH", sdk.resolve("lib/pkgconfig").toString())
            .run()
            .expectExit(0);
    List<String> found = List.of(flags.out().strip().split("\\s+", -1));
    assertThat(found).contains("-I" + sdk.resolve("lib/pkgconfig/../../include"));
    compiler.addAll(found);
    if (target.format() != Format.PE) {
      compiler.add("-Wl,-rpath," + sdk.resolve("lib"));
    }
    ChildProcess.program(compiler.toArray(new String[0])).withTools().run().expectExit(0);
  }

  /** The command that runs a program of a target here; empty if there is none. */
  private static List<String> command(Target target, Path sdk, Path program) throws IOException {
    if (target.classifier().equals(Reactor.classifier())) {
      return List.of(program.toString());
    }
    if (target.format() != Format.PE) {
      return List.of();
    }
    // Windows first looks for DLLs in the directory of the program.
    try (Stream<Path> dlls = Files.list(sdk.resolve("bin"))) {
      for (Path dll : (Iterable<Path>) dlls::iterator) {
        Files.copy(dll, program.resolveSibling(dll.getFileName()));
      }
    }
    Path prefix = TestRuntimes.home("java25-windows").resolve("prefix");
    Requirement.TEST_RUNTIMES.assume(
        Files.isDirectory(prefix), prefix + " is missing: run ci/setup-cross");
    String wine = "PATH=$PATH:/usr/lib/wine WINEDEBUG=-all WINEPREFIX=$1 exec wine64 \"$2\"";
    return List.of("sh", "-c", wine, "sh", prefix.toString(), program.toString());
  }
}
