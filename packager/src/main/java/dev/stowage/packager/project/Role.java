package dev.stowage.packager.project;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * What a library of a binding is.
 *
 * @since 0.1.0
 */
public enum Role {
  /** The shared library with a C ABI, in Rust or Go. */
  CORE,
  /** The C library between JVM and core. */
  SHIM;

  /** The name in file names, records and output: {@code core}, {@code shim}. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
