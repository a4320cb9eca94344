package dev.stowage.bench;

/** The Java class for {@code bare_shim.c}. */
final class BareShim {
  private BareShim() {}

  static {
    System.load(System.getProperty("stowage.bench.shim"));
  }

  static native long nativeBytes();
}
