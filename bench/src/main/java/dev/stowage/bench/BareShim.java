package dev.stowage.bench;

/** Java side of {@code bare_shim.c}. */
final class BareShim {
  private BareShim() {}

  static {
    System.load(System.getProperty("stowage.bench.shim"));
  }

  static native long nativeBytes();
}
