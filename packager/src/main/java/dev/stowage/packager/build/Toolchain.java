package dev.stowage.packager.build;

import java.util.List;
import java.util.Map;

/**
 * The C compiler and the switches that make cargo and go build for one target. One implementation
 * per way of building: this machine's own compiler now, cross compilers beside it.
 *
 * @since 0.1.0
 */
public interface Toolchain {
  /** The target's row. */
  String classifier();

  /** The libc or OS floor asked for; {@code host} when the binary takes what it finds. */
  String floor();

  /** Whether natives built this way may be published. */
  boolean release();

  /** Program and leading arguments of the C compiler. */
  List<String> cc();

  /** The C compiler's version line. */
  String ccVersion();

  /** Arguments for {@code cargo rustc}, such as {@code --target}. */
  List<String> cargoArguments();

  /** Variables for cargo and go, such as {@code CC} and {@code GOOS}; no machine paths. */
  Map<String, String> environment();
}
