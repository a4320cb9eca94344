package dev.stowage.bench.start;

import io.netty.util.internal.NativeLibraryLoader;

/** The same by netty, which extracts at each start. */
public final class NettyStart {
  private NettyStart() {}

  public static void main(String[] args) {
    long start = System.nanoTime();
    NativeLibraryLoader.load(args[0], NettyStart.class.getClassLoader());
    System.out.println("NANOS " + (System.nanoTime() - start));
  }
}
