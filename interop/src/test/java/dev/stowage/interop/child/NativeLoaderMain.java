package dev.stowage.interop.child;

import dev.stowage.nativelibloader.StowageExtractor;
import dev.stowage.wasm.Wasm;
import org.scijava.nativelib.NativeLoader;

/**
 * Loads the named libraries (default: the Rust core) through native-lib-loader, then uses the API.
 */
public final class NativeLoaderMain {
  private NativeLoaderMain() {}

  public static void main(String[] names) throws Exception {
    StowageExtractor.install(Wasm.class, "rust", "go");
    if (names.length == 0) {
      NativeLoader.loadLibrary("stowage_wasm_rust");
    }
    for (String name : names) {
      NativeLoader.loadLibrary(name);
      System.out.println("loaded " + name);
    }
    Images.print("rust");
    System.out.println("version " + Wasm.version());
    System.out.println("go " + GoSide.liveHandles());
    Images.print("rust");
    Images.print("go");
    System.out.println("RESULT ok both-cores");
  }
}
