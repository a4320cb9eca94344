package dev.stowage.packager.project;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * What a library of a binding is.
 *
 * @since 0.1.0
 */
public enum Role {
  /** A shared library with a C ABI; one image per process. */
  CORE,
  /** The C library between JVM and core; one image per API instance. */
  SHIM,
  /** A library with JNI exports of its own; one image per API instance. */
  JNI,
  /** A shared library that another one of the binding needs; one image per process. */
  DEPENDENCY,
  /** A program; never loaded. */
  EXECUTABLE;

  /** The name in file names, records and output: {@code core}, {@code shim}. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
