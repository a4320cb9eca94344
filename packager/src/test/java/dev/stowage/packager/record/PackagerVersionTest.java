package dev.stowage.packager.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PackagerVersionTest {
  @Test
  void mavenHasWrittenItDown() {
    assertThat(PackagerVersion.current()).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
  }
}
