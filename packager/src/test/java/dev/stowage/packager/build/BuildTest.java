package dev.stowage.packager.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.packager.fixture.Fixture;
import dev.stowage.packager.model.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole build of the fixture project with the real cargo, go and C compiler. */
class BuildTest {
  @TempDir Path directory;

  @Test
  void buildsEveryUnitAndThenNothing() throws Exception {
    Fixture fixture = Fixture.in(directory);
    List<String> first = fixture.build();
    first.forEach(System.out::println);
    assertThat(first).hasSize(4).allMatch(line -> line.contains(" built "));
    List<String> second = fixture.build();
    second.forEach(System.out::println);
    assertThat(second).hasSize(4).allMatch(line -> line.contains(" up to date "));
    assertThat(Files.size(fixture.library("rust", Role.CORE))).isPositive();
  }
}
