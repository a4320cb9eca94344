package dev.stowage.bench;

import dev.stowage.wasm.Wasm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Measures describe and SHA-256 of direct buffers and of arrays, through Java and with the same
 * crate called from Rust.
 *
 * <p>Usage: {@code DataFigures rounds peer directory}; prints lines of the table that ci/bench
 * heads.
 */
public final class DataFigures {
  private static final int SMALL = 1 << 20;
  private static final int LARGE = 64 << 20;

  private final int rounds;
  private final Peer rust;

  private DataFigures(int rounds, Peer rust) {
    this.rounds = rounds;
    this.rust = rust;
  }

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[2]);
    try (Peer rust = new Peer(args[1])) {
      DataFigures figures = new DataFigures(Integer.parseInt(args[0]), rust);
      figures.tableLines(
          SampleModuleFile.write(directory.resolve("small.wasm"), SMALL), "1 MiB", 32);
      figures.tableLines(
          SampleModuleFile.write(directory.resolve("large.wasm"), LARGE), "64 MiB", 1);
    }
  }

  private void tableLines(Path file, String size, int count) throws Exception {
    byte[] array = Files.readAllBytes(file);
    ByteBuffer direct = ByteBuffer.allocateDirect(array.length).put(array).flip();
    tableLine(
        "describe",
        size,
        new Rounds(
            rounds,
            count,
            Rounds.repeated(() -> Wasm.describe(direct)),
            Rounds.repeated(() -> Wasm.describe(array)),
            turns -> rust.nanos("describe", file, turns)));
    tableLine(
        "SHA-256",
        size,
        new Rounds(
            rounds,
            count,
            Rounds.repeated(() -> Wasm.sha256(direct)),
            Rounds.repeated(() -> Wasm.sha256(array)),
            turns -> rust.nanos("sha256", file, turns)));
  }

  private static void tableLine(String what, String size, Rounds figures) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %.3f | %.3f | %.3f | **%.3fx** | 1.05x | %.3fx |%n",
        MeasuredJvm.running(),
        what,
        size,
        figures.nanos(0) / 1e6,
        figures.nanos(1) / 1e6,
        figures.nanos(2) / 1e6,
        figures.ratio(0, 2),
        figures.ratio(1, 2));
  }
}
