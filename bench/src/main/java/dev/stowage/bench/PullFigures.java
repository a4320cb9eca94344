package dev.stowage.bench;

import dev.stowage.wasm.RegistryOptions;
import dev.stowage.wasm.WasmRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Measures pulls from a registry on loopback, through Java and with the oras library in a Go
 * program.
 *
 * <p>Usage: {@code PullFigures rounds peer host:port directory}; prints lines of the table that
 * ci/bench heads.
 */
public final class PullFigures {
  private PullFigures() {}

  public static void main(String[] args) throws Exception {
    int rounds = Integer.parseInt(args[0]);
    Path directory = Path.of(args[3]);
    try (Peer go = new Peer(args[1])) {
      tableLine(rounds, go, "1 KiB", push(directory, args[2], 1 << 10), 20);
      tableLine(rounds, go, "1 MiB", push(directory, args[2], 1 << 20), 10);
      tableLine(rounds, go, "100 MiB", push(directory, args[2], 100 << 20), 1);
    }
  }

  private static String push(Path directory, String registry, int size) throws IOException {
    String reference = registry + "/bench/module:" + size;
    Path file = SampleModuleFile.write(directory.resolve("push.wasm"), size);
    WasmRegistry.push(file, reference, RegistryOptions.defaults());
    Files.delete(file);
    return reference;
  }

  private static void tableLine(int rounds, Peer go, String size, String reference, int count)
      throws Exception {
    Rounds figures =
        new Rounds(
            rounds,
            count,
            turns -> pulls(reference, turns),
            turns -> go.nanos("pull", reference, turns));
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %.2f | %.2f | **%.3fx** | 1.05x |%n",
        MeasuredJvm.running(),
        size,
        figures.nanos(0) / 1e6,
        figures.nanos(1) / 1e6,
        figures.ratio(0, 1));
  }

  /**
   * Each pull has a new directory, as in the Go program. Creating and deleting it is not measured.
   */
  private static long pulls(String reference, int count) throws IOException {
    long nanos = 0;
    for (int i = 0; i < count; i++) {
      Path directory = Files.createTempDirectory("stowage-bench-");
      Path file = directory.resolve("module.wasm");
      long start = System.nanoTime();
      WasmRegistry.pull(reference, file, RegistryOptions.defaults());
      nanos += System.nanoTime() - start;
      Files.delete(file);
      Files.delete(directory);
    }
    return nanos;
  }
}
