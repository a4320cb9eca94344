package dev.stowage.packager.project;

import dev.stowage.loader.platform.Target;
import java.util.Locale;

/**
 * The language a core is written in.
 *
 * @since 0.1.0
 */
public enum Language {
  /** A Cargo package that builds a cdylib. */
  RUST("cargo"),
  /** A Go main package built with {@code -buildmode=c-shared}. */
  GO("go");

  private final String key;

  Language(String key) {
    this.key = key;
  }

  /** Whether libraries of this language can be loaded on a row of the targets table. */
  public boolean loadsOn(Target row) {
    return row.supports().contains(name().toLowerCase(Locale.ROOT));
  }

  /** The key that names the core's directory in {@code stowage.toml}. */
  public String key() {
    return key;
  }
}
