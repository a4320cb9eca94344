package dev.stowage.packager.kit;

import dev.stowage.packager.message.Console;
import java.util.ArrayList;
import java.util.List;

/** A console that keeps what it is told. */
public final class Lines implements Console {
  private final List<String> steps = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  @Override
  public void step(String line) {
    steps.add(line);
  }

  @Override
  public void warn(String line) {
    warnings.add(line);
  }

  /** The steps so far. */
  public List<String> steps() {
    return steps;
  }

  /** The warnings so far. */
  public List<String> warnings() {
    return warnings;
  }
}
