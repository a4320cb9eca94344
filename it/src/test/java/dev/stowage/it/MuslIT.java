package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.harness.MuslDriver;
import dev.stowage.it.harness.Reactor;
import dev.stowage.it.scenario.SampleModules;
import dev.stowage.loader.platform.Libc;
import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import dev.stowage.testing.Outcome;
import dev.stowage.testing.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The packed libraries of the -musl targets with musl's loader. No package registry has a JVM for
 * musl, so a C program replaces the JVM: see src/test/c.
 */
class MuslIT {
  private final Path directory = SharedFiles.directory("musl");

  static List<Target> targets() {
    return Targets.all().stream().filter(target -> target.libc() == Libc.MUSL).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void theRustCoreLoadsAndWorks(Target target) throws IOException {
    MuslDriver driver = MuslDriver.of(target);
    List<Path> rust = driver.unpack(target.classifier(), "rust", directory);
    Path calculator = Files.write(directory.resolve("calculator.wasm"), SampleModules.calculator());
    Path asker = Files.write(directory.resolve("asker.wasm"), SampleModules.asker());
    Outcome outcome =
        driver.run("use", rust.get(0), rust.get(1), "dev/stowage/wasm/", calculator, asker);
    outcome.expectOk();
    assertThat(outcome.result("version")).isEqualTo(Reactor.version());
    assertThat(outcome.result("describe")).contains("(i64, i64) -> (i64)");
    assertThat(outcome.result("sum")).isEqualTo("42");
    assertThat(outcome.result("answer")).as("41, and one by the host function").isEqualTo("42");
    assertThat(outcome.result("asked")).isEqualTo("1");
    assertThat(outcome.result("trapped")).contains("unreachable");
    assertThat(outcome.result("panic"))
        .matches("dev/stowage/wasm/WasmException: 1 as asked \\(\\S+\\.rs:\\d+\\)");
    assertThat(outcome.result("handles")).isEqualTo("0");
    assertThat(outcome.result("bytes")).isEqualTo("0");
  }

  /** Shows with the core built for glibc why these targets have no Go core (golang/go#54805). */
  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void muslRefusesAGoCore(Target target) throws IOException {
    MuslDriver driver = MuslDriver.of(target);
    String glibc = target.classifier().replace("-musl", "");
    Path core = driver.unpack(glibc, "go", directory).get(0);
    Outcome outcome = driver.run("refuse", core).expectOk();
    assertThat(outcome.result("refused"))
        .contains("initial-exec TLS resolves to dynamic definition");
  }
}
