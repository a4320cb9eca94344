package dev.stowage.bench.start;

import java.io.IOException;
import org.scijava.nativelib.NativeLoader;

/** The same by native-lib-loader, which extracts at each start. */
public final class NativeLibLoaderStart {
  private NativeLibLoaderStart() {}

  public static void main(String[] args) throws IOException {
    long start = System.nanoTime();
    NativeLoader.loadLibrary(args[0]);
    System.out.println("NANOS " + (System.nanoTime() - start));
  }
}
