package dev.stowage.wasm.tool;

import dev.stowage.loader.LoaderDoctor;
import dev.stowage.loader.NativeLibrary;
import dev.stowage.wasm.Wasm;

/** Reports how the loader finds the native code; loads none. */
final class LoaderDoctorCommand {
  private LoaderDoctorCommand() {}

  static int run(ParsedArguments arguments, ToolOutput output) {
    NativeLibrary library = NativeLibrary.of(Wasm.class);
    return LoaderDoctor.report(library, new String[] {"rust", "go"}, output.json(), output.out);
  }
}
