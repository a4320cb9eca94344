package dev.stowage.packager.tool;

import java.util.List;

/**
 * The package from which {@code ci/setup} and {@code ci/setup-cross} install a tool on Debian.
 *
 * @param from package manager
 * @param name the package there
 * @param version the version to install; null if the manager offers only one, which is then
 *     recorded
 * @param options further arguments of the install command
 * @since 0.1.0
 */
public record Origin(Manager from, String name, String version, List<String> options) {
  /** The package managers, in the order in which the scripts use them. */
  public enum Manager {
    /** Debian. */
    APT,
    /** Python, for programs that come as wheels. */
    PIP,
    /** Rust, built from source. */
    CARGO
  }

  /** Copies the list. */
  public Origin {
    options = List.copyOf(options);
  }

  static Origin apt(String name) {
    return new Origin(Manager.APT, name, null, List.of());
  }

  static Origin pip(String name, String version) {
    return new Origin(Manager.PIP, name, version, List.of());
  }

  static Origin cargo(String name, String version, String... options) {
    return new Origin(Manager.CARGO, name, version, List.of(options));
  }
}
