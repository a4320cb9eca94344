package dev.stowage.packager.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The C header of a core: the core exports the functions that it declares, and nothing else.
 *
 * @param file the header
 * @param functions names of the declared functions, sorted
 * @since 0.1.0
 */
public record AbiHeader(Path file, List<String> functions) {
  /** The exports of every shim: the two functions that the JVM looks up by name. */
  public static final List<String> SHIM_EXPORTS = List.of("JNI_OnLoad", "JNI_OnUnload");

  /** Copies the list. */
  public AbiHeader {
    functions = List.copyOf(functions);
  }

  /**
   * Reads a header that cbindgen, cgo or a person wrote. It ignores text inside {@code #ifdef
   * __cplusplus} and names reserved for the compiler (such as cgo's {@code _GoStringLen}).
   *
   * @throws dev.stowage.packager.message.PackagerException STOW-32n with file and line
   */
  public static AbiHeader read(Path file) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw ContractMessages.headerUnreadable(file, e.toString());
    }
    List<String> functions = new AbiParser(file, AbiText.tokens(file, text)).functions();
    if (functions.isEmpty()) {
      throw ContractMessages.noFunctions(file);
    }
    return new AbiHeader(file, functions);
  }
}
