package dev.stowage.it.spec;

import dev.stowage.wasm.Wasm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Runs the test files of a version of the specification and prints the results.
 *
 * <p>Usage: {@code SpecMain V1|V2 directory}, which has a directory for each test file.
 */
public final class SpecMain {
  private static final int MOST_FAILURES_SHOWN = 50;

  private SpecMain() {}

  public static void main(String[] args) throws IOException {
    LaterVersions version = LaterVersions.valueOf(args[0]);
    CommandCounts truth = new CommandCounts();
    CommandCounts lies = new CommandCounts();
    for (Path file : files(Path.of(args[1]))) {
      FalseAssertions.prepare(file);
      CommandCounts ofFile = Script.run(file, version, command -> command);
      System.out.printf(Locale.ROOT, "%-24s %s%n", file.getFileName(), ofFile);
      truth.add(ofFile);
      lies.add(Script.run(file, version, FalseAssertions::of));
    }
    truth.skips().forEach((why, count) -> System.out.println("skipped " + count + ": " + why));
    truth.failures().stream().limit(MOST_FAILURES_SHOWN).forEach(System.out::println);
    result(truth.failures().isEmpty(), "tests", truth);
    // There can be more failures, if the false assertion concerns another module than the skipped
    // one.
    boolean noticed = lies.failures().size() >= truth.assertionsPassed();
    result(noticed && lies.assertionsPassed() == 0, "lies", lies.failures().size() + " noticed");
    result(Wasm.liveHandles() == 0, "handles", Wasm.liveHandles() + " left");
    result(Wasm.nativeBytes() == 0, "memory", Wasm.nativeBytes() + " bytes left");
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  /** Prints a line that the harness reads. */
  private static void result(boolean holds, String name, Object text) {
    System.out.println("RESULT " + (holds ? "ok " : "FAILED ") + name + " " + text);
  }
}
