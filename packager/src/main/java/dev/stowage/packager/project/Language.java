package dev.stowage.packager.project;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.stowage.loader.platform.Target;
import java.util.Locale;

/**
 * The language of a binding's core. The loader needs it, because a process can have only one Go
 * runtime.
 *
 * @since 0.1.0
 */
public enum Language {
  /** A Cargo package that builds a cdylib. */
  RUST("cargo"),
  /** A Go main package built with {@code -buildmode=c-shared}. */
  GO("go"),
  /** C sources. */
  C("c"),
  /** Anything else, such as a prebuilt library. */
  OTHER("other");

  private final String key;

  Language(String key) {
    this.key = key;
  }

  /** The name in records and pins: {@code rust}, {@code go}, {@code c}, {@code other}. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a platform can load libraries of this language. */
  public boolean loadsOn(Target target) {
    return this == C || this == OTHER || target.supports().contains(label());
  }

  /** The key that names the core's directory in {@code stowage.toml}. */
  public String key() {
    return key;
  }
}
