package dev.stowage.wasm.tool;

import dev.stowage.loader.LoaderDoctor;
import dev.stowage.loader.NativeLibrary;
import dev.stowage.wasm.Wasm;

/** Explains how the native code is found, and loads none. */
final class DoctorCommand {
  private DoctorCommand() {}

  static int run(Arguments arguments, Output output) {
    NativeLibrary library = NativeLibrary.of(Wasm.class);
    return LoaderDoctor.report(library, new String[] {"rust", "go"}, output.json(), output.out);
  }
}
