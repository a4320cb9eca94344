package dev.stowage.packager.cache;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The variables that configure cargo, and their encoding.
 *
 * @since 0.1.0
 */
public final class CargoVariables {
  /** Flags for every crate; wins over {@code RUSTFLAGS} and over configuration. */
  public static final String ENCODED_RUSTFLAGS = "CARGO_ENCODED_RUSTFLAGS";

  /** Separates the flags in {@link #ENCODED_RUSTFLAGS}, because a flag may contain spaces. */
  private static final String SEPARATOR = "\u001f";

  private CargoVariables() {}

  /** Encodes flags as one value. */
  public static String encode(List<String> flags) {
    return String.join(SEPARATOR, flags);
  }

  /** The flags that a user has set for every crate. */
  public static List<String> userFlags(Map<String, String> environment) {
    String encoded = environment.get(ENCODED_RUSTFLAGS);
    String[] flags =
        encoded == null
            ? environment.getOrDefault("RUSTFLAGS", "").split("\\s+", -1)
            : encoded.split(SEPARATOR, -1);
    return Arrays.stream(flags).filter(flag -> !flag.isEmpty()).toList();
  }

  /** cargo's own directory, where it unpacks third-party crates. */
  public static String home(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    return environment.getOrDefault("CARGO_HOME", home + "/.cargo");
  }
}
