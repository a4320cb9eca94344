package dev.stowage.packager.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Generated pieces of documentation, between {@code <!-- begin x -->} and {@code <!-- end x -->}.
 */
public final class Document {
  private Document() {}

  /** Fails when the piece differs; a copy with what it should say then lies in target/docs. */
  public static void check(String file, String piece, String text) {
    try {
      Path committed = Path.of(file);
      String document = Files.readString(committed);
      String begin = "<!-- begin " + piece + " -->\n";
      int from = document.indexOf(begin) + begin.length();
      int to = document.indexOf("<!-- end " + piece + " -->");
      Path actual = Path.of("target/docs").resolve(committed.getFileName());
      Files.createDirectories(actual.getParent());
      Files.writeString(actual, document.substring(0, from) + text + document.substring(to));
      assertThat(document.substring(from, to))
          .as("generated piece of %s; if it is right: cp %s %s", file, actual, committed)
          .isEqualTo(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
