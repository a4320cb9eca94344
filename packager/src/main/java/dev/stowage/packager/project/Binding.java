package dev.stowage.packager.project;

import java.util.List;

/**
 * One core and one shim: the smallest thing that is loaded as a whole.
 *
 * @param name the key under {@code [binding.]}: lower case letters and digits
 * @param core the native library
 * @param shim its JNI side
 * @since 0.1.0
 */
public record Binding(String name, Core core, Shim shim) {
  /** The language of its core. */
  public Language language() {
    return core.language();
  }

  /** The roles of its libraries in load order. */
  public List<Role> roles() {
    return List.of(Role.CORE, Role.SHIM);
  }
}
