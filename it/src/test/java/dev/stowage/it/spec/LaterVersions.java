package dev.stowage.it.spec;

import java.util.Set;

/**
 * Modules that a version of the specification refuses, and that a later one and the interpreter
 * accept, by test file and line. A test checks that they are accepted.
 */
enum LaterVersions {
  /** Version 1.0. */
  V1(
      Set.of("binary-leb128:404", "binary-leb128:461"),
      Set.of("imports:405", "imports:409", "imports:413", "memory:8", "memory:9")),
  /** Version 2.0. */
  V2(
      Set.of(),
      Set.of(
          "binary:146",
          "binary:166",
          "binary:185",
          "binary:204",
          "binary:243",
          "binary:262",
          "binary:280",
          "binary:298",
          "imports:488",
          "imports:492",
          "imports:496",
          "memory:10",
          "memory:11"));

  private final Set<String> wideMemories;
  private final Set<String> severalMemories;

  LaterVersions(Set<String> wideMemories, Set<String> severalMemories) {
    this.wideMemories = wideMemories;
    this.severalMemories = severalMemories;
  }

  /** The later feature that makes the module valid, or null if it must be refused. */
  String reason(String place) {
    if (wideMemories.contains(place)) {
      return "64-bit memories";
    }
    return severalMemories.contains(place) ? "several memories" : null;
  }
}
