package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.it.harness.JvmSetup;
import dev.stowage.it.harness.Reactor;
import dev.stowage.it.spec.SpecMain;
import dev.stowage.testing.Commands;
import dev.stowage.testing.Jdk;
import dev.stowage.testing.Outcome;
import dev.stowage.testing.SharedFiles;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs the tests of the WebAssembly specification through the Java API and the drop-in JAR. Version
 * 1 is the MVP, version 2 has the additions until 2022; its vector instructions are left out.
 */
class SpecIT {
  private static final Pattern PASSED = Pattern.compile("(\\d+) passed, 0 failed, \\d+ skipped");

  /**
   * {@code minimum} is the number of commands that passed when this was written; with fewer, some
   * are no longer run.
   */
  @ParameterizedTest
  @CsvSource({"V1, 18728", "V2, 27043"})
  void theSpecificationsTestsPass(String version, int minimum) throws Exception {
    Path tests = SharedFiles.directory("spec-" + version);
    convert(version, tests);
    JvmSetup jvm =
        JvmSetup.on(
            Reactor.dropIn(),
            origin(SpecMain.class),
            origin(ObjectMapper.class),
            origin(JsonParser.class),
            origin(JsonInclude.class));
    Outcome outcome =
        jvm.child(Jdk.newest(), SpecMain.class.getName()).arguments(version, tests).run();
    System.out.println("Specification " + version + " on " + Jdk.newest() + "\n" + outcome.out());
    Matcher passed = PASSED.matcher(outcome.expectOk().result("tests"));
    assertThat(passed.matches()).isTrue();
    assertThat(Integer.parseInt(passed.group(1))).isGreaterThanOrEqualTo(minimum);
  }

  /** Cargo builds the converter, but only if it has changed. */
  private static void convert(String version, Path tests) {
    Path source = Reactor.file("it/spec");
    Path built = Reactor.root().resolve("it/target/spec");
    Commands.output(
        source,
        List.of(
            "cargo",
            "run",
            "--quiet",
            "--locked",
            "--target-dir",
            built.toString(),
            version,
            tests.toString()));
  }

  private static Path origin(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
