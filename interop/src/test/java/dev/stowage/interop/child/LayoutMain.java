package dev.stowage.interop.child;

import dev.stowage.javacpp.JavaCppLayout;
import dev.stowage.loader.NativeLibrary;
import dev.stowage.nativelibloader.NativesLayout;
import dev.stowage.wasm.Wasm;

/** Uses the API with native libraries in the layout that the argument names. */
public final class LayoutMain {
  private LayoutMain() {}

  public static void main(String[] args) throws Exception {
    NativeLibrary library = NativeLibrary.of(Wasm.class);
    if (args[0].equals("javacpp")) {
      library.alsoIn(JavaCppLayout.in("org.example.natives"));
    } else {
      library.alsoIn(new NativesLayout());
    }
    System.out.println("version " + Wasm.version());
    System.out.println("go " + GoSide.liveHandles());
    System.out.println("core " + library.core("rust"));
    Images.print("rust");
    Images.print("go");
    System.out.println("RESULT ok both-cores");
  }
}
