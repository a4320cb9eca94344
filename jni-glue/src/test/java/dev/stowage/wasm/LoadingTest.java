package dev.stowage.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.loader.StowageLinkError;
import dev.stowage.testing.ChildJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The classes and libraries that a first call loads, and its errors; each in a separate JVM. */
class LoadingTest {
  private static final String PATH = "stowage.wasm.path";

  @TempDir private Path empty;

  @Test
  void firstCallLoadsThreeClasses() throws Exception {
    assertThat(loadedBy("rust"))
        .containsExactlyInAnyOrder(
            FirstCalls.class.getName(),
            "dev.stowage.wasm.Wasm",
            "dev.stowage.wasm.internal.RustNative",
            "dev.stowage.wasm.StowagePins");
    assertThat(loadedBy("go"))
        .containsExactlyInAnyOrder(
            FirstCalls.class.getName(),
            "dev.stowage.wasm.WasmRegistry",
            "dev.stowage.wasm.internal.GoNative",
            "dev.stowage.wasm.StowagePins");
  }

  private static Set<String> loadedBy(String core) throws Exception {
    String output = child(core, "-verbose:class", "-D" + PATH + "=" + System.getProperty(PATH));
    return Pattern.compile("\\b(dev\\.stowage\\.wasm\\.\\S+) source:")
        .matcher(output)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toSet());
  }

  @Test
  void everyCallSaysInFullWhyLoadingFailed() throws Exception {
    Matcher failure =
        Pattern.compile("<<(.*?)>>", Pattern.DOTALL)
            .matcher(child("rust", "-D" + PATH + "=" + empty));
    List<String> texts = new ArrayList<>();
    while (failure.find()) {
      texts.add(failure.group(1));
    }
    assertThat(texts).hasSize(2);
    assertThat(texts.get(0)).contains("STOW-").contains(empty.toString()).contains("fix:");
    assertThat(texts.get(1)).isEqualTo(texts.get(0));
  }

  private static String child(String core, String... options) {
    return new ChildJvm("loading")
        .ownClassPath()
        .option(options)
        .main(FirstCalls.class, core)
        .run()
        .expectExit(0)
        .expectResults()
        .output();
  }

  /** Makes two first calls. */
  static final class FirstCalls {
    private FirstCalls() {}

    /** Expects the name of the core to call. */
    public static void main(String[] args) {
      for (int i = 0; i < 2; i++) {
        try {
          if (args[0].equals("rust")) {
            Wasm.validate(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
          } else {
            WasmRegistry.liveHandles();
          }
        } catch (StowageLinkError e) {
          System.out.println("<<" + e.getMessage() + ">>");
        }
      }
      System.out.println("RESULT ok both-calls");
    }
  }
}
