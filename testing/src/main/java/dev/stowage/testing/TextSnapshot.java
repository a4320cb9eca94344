package dev.stowage.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares texts with committed ones. */
public final class TextSnapshot {
  private static final Path COMMITTED = Path.of("src/test/resources/snapshots");
  private static final Path ACTUAL = Path.of("target/snapshots");

  private TextSnapshot() {}

  /**
   * Fails if the text differs from the committed one. The text is then written to {@code
   * target/snapshots}.
   */
  public static void check(String name, String text) {
    try {
      Path committed = COMMITTED.resolve(name);
      Path actual = ACTUAL.resolve(name);
      Files.createDirectories(actual.getParent());
      Files.writeString(actual, text);
      assertThat(text)
          .as("if this is what users should read: cp %s %s", actual, committed)
          .isEqualTo(Files.exists(committed) ? Files.readString(committed) : "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
