package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.it.harness.Child;
import dev.stowage.it.harness.Jdk;
import dev.stowage.it.harness.Jvm;
import dev.stowage.it.harness.Lab;
import dev.stowage.it.harness.Outcome;
import dev.stowage.it.harness.Reactor;
import dev.stowage.it.spec.SpecMain;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The WebAssembly specification's own tests through the Java API and the drop-in JAR. Version 1 is
 * the MVP, version 2 adds what came until 2022, without its vector instructions.
 */
class SpecIT {
  private static final Pattern PASSED = Pattern.compile("(\\d+) passed, 0 failed, \\d+ skipped");

  /**
   * {@code floor}: commands that passed when this was written; fewer means that something is no
   * longer tried.
   */
  @ParameterizedTest
  @CsvSource({"V1, 18728", "V2, 27043"})
  void the_specifications_tests_pass(String version, int floor) throws Exception {
    Path tests = Lab.directory("spec-" + version);
    convert(version, tests);
    Jvm jvm =
        Jvm.on(
            Reactor.dropIn(),
            origin(SpecMain.class),
            origin(ObjectMapper.class),
            origin(JsonParser.class),
            origin(JsonInclude.class));
    Outcome outcome =
        Child.main(Jdk.newest(), SpecMain.class.getName(), jvm).arguments(version, tests).run();
    System.out.println("Specification " + version + " on " + Jdk.newest() + "\n" + outcome.out());
    Matcher passed = PASSED.matcher(outcome.expectOk().result("tests"));
    assertThat(passed.matches()).isTrue();
    assertThat(Integer.parseInt(passed.group(1))).isGreaterThanOrEqualTo(floor);
  }

  /** Cargo builds the converter, and only when something changed. */
  private static void convert(String version, Path tests) throws IOException, InterruptedException {
    Path source = Reactor.file("it/spec");
    Path built = Reactor.root().resolve("it/target/spec");
    Process cargo =
        new ProcessBuilder(
                "cargo",
                "run",
                "--quiet",
                "--locked",
                "--target-dir",
                built.toString(),
                version,
                tests.toString())
            .directory(source.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(cargo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(cargo.waitFor()).as(said).isZero();
  }

  private static Path origin(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
