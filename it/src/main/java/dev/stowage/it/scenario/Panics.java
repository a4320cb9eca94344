package dev.stowage.it.scenario;

import dev.stowage.wasm.Probes;

/** Panics repeatedly in each core; the JVM and both cores stay usable. */
public final class Panics {
  private static final int REPEATS = 1000;

  private Panics() {}

  public static void main(String[] args) {
    ScenarioReport.thrown("rust", () -> Probes.rust("rust was asked to"));
    ScenarioReport.thrown("go-export", () -> Probes.goExport("go was asked to"));
    ScenarioReport.thrown("go-goroutine", () -> Probes.goRoutine("a goroutine was asked to"));
    ScenarioReport.thrown("not-ascii", () -> Probes.rust("\u00e4 \ud83d\ude00"));
    ScenarioReport.ok("rust-after", UsesBoth.rust());
    ScenarioReport.ok("go-after", UsesBoth.go());
    ScenarioReport.check("many", many() == 3 * REPEATS, many());
  }

  private static int many() {
    int caught = 0;
    for (int i = 0; i < REPEATS; i++) {
      caught +=
          panics(() -> Probes.rust("again"))
              + panics(() -> Probes.goExport("again"))
              + panics(() -> Probes.goRoutine("again"));
    }
    return caught;
  }

  private static int panics(ScenarioReport.Action action) {
    try {
      action.run();
      return 0;
    } catch (Exception e) {
      return 1;
    }
  }
}
