package dev.stowage.loader.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectorTest {
  private static Facts recorded(String name) throws IOException {
    Properties values = new Properties();
    try (var in = Files.newBufferedReader(Path.of("src/test/facts", name + ".properties"))) {
      values.load(in);
    }
    Map<String, String> map = new HashMap<>();
    values.forEach((key, value) -> map.put((String) key, (String) value));
    return Facts.of(map);
  }

  @ParameterizedTest
  @CsvSource({
    "glibc, linux-x86_64",
    "glibc-aarch64, linux-aarch_64",
    "musl, linux-x86_64-musl",
    "musl-aarch64, linux-aarch_64-musl",
    "both-installed-glibc-runs, linux-x86_64",
    "both-installed-musl-runs, linux-x86_64-musl",
    "started-by-ld-musl, linux-x86_64-musl",
    "macos, osx-aarch_64",
    "macos-intel, osx-x86_64",
    "rosetta, osx-x86_64",
    "windows, windows-x86_64",
    "windows-on-arm, windows-x86_64",
  })
  void knownPlatforms(String facts, String classifier) throws Exception {
    assertThat(Detector.detect(recorded(facts)).classifier()).isEqualTo(classifier);
  }

  @ParameterizedTest
  @CsvSource({
    "unknown-os, os.name 'Plan 9'",
    "unknown-cpu, os.arch 'riscv64'",
    "32-bit-jvm-on-64-bit-kernel, 32-bit JVM",
    "wow64, os.arch 'x86'",
    "linux-with-another-libc, C library neither glibc nor musl",
    "windows-arm-jvm, os.arch 'aarch64'",
  })
  void anUnknownPlatformIsAnErrorThatNamesTheKnownPlatforms(String facts, String found)
      throws Exception {
    Facts recorded = recorded(facts);
    assertThatThrownBy(() -> Detector.detect(recorded))
        .isInstanceOfSatisfying(
            UnknownPlatformException.class,
            e -> {
              assertThat(e).hasMessageContaining(found);
              Targets.all().forEach(target -> assertThat(e.known()).contains(target.classifier()));
            });
  }

  @ParameterizedTest
  @CsvSource({
    "rosetta, under Rosetta",
    "windows-on-arm, emulated on Windows on ARM",
    "wow64, WOW64",
    "32-bit-jvm-on-64-bit-kernel, 32-bit JVM",
  })
  void hintsNameEmulation(String facts, String hint) throws Exception {
    assertThat(Detector.hint(recorded(facts))).contains(hint);
  }

  @Test
  void noHintOnAnOrdinaryMachine() throws Exception {
    assertThat(Detector.hint(recorded("glibc"))).isNull();
    assertThat(Detector.hint(recorded("macos"))).isNull();
  }

  @Test
  void thisMachineIsOneOfTheTargets() throws Exception {
    Facts facts = Facts.gather();
    assertThat(facts.get("exe.head")).isIn("glibc", "musl");
    assertThat(facts.get("maps")).contains(facts.get("exe.head"));
    assertThat(Targets.all()).contains(Detector.detect(facts));
  }
}
