package dev.stowage.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The API consists of exactly these types. A new one must be added here on purpose; internal ones
 * belong in the package below.
 */
class PublicTypesTest {
  private static final Path CLASSES = Path.of("target/classes/dev/stowage/wasm");

  @Test
  void theApiIsSeventeenTypes() throws Exception {
    assertThat(publicTypes())
        .containsExactly(
            "Artifact",
            "CancelToken",
            "FunctionType",
            "HostFunction",
            "InstanceOptions",
            "ModuleDescription",
            "RegistryOptions",
            "TransferProgress",
            "ValueType",
            "WasiOptions",
            "Wasm",
            "WasmException",
            "WasmFunction",
            "WasmGlobal",
            "WasmInstance",
            "WasmMemory",
            "WasmRegistry");
  }

  /** All except the generated pins, which must be in the package of the API. */
  @Test
  void nothingElseIsInTheirPackage() throws IOException {
    assertThat(topLevel()).hasSize(18).contains("StowagePins");
  }

  @Test
  void onlyTheInternalPackageIsBelow() throws IOException {
    try (Stream<Path> below = Files.walk(CLASSES)) {
      assertThat(
              below
                  .filter(file -> file.toString().endsWith(".class"))
                  .map(file -> CLASSES.relativize(file.getParent()).toString())
                  .distinct())
          .containsExactlyInAnyOrder("", "internal");
    }
  }

  private static List<String> publicTypes() throws Exception {
    List<String> names = topLevel();
    for (String name : List.copyOf(names)) {
      Class<?> type = Class.forName("dev.stowage.wasm." + name, false, Wasm.class.getClassLoader());
      if (!Modifier.isPublic(type.getModifiers())) {
        names.remove(name);
      }
    }
    return names;
  }

  private static List<String> topLevel() throws IOException {
    try (Stream<Path> files = Files.list(CLASSES)) {
      return new ArrayList<>(
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".class") && !name.contains("$"))
              .map(name -> name.replace(".class", ""))
              .filter(name -> !name.equals("package-info"))
              .sorted()
              .toList());
    }
  }
}
