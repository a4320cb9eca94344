package dev.stowage.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.interop.child.ApartMain;
import dev.stowage.interop.child.NativeLoaderMain;
import dev.stowage.loader.NativeLibrary;
import dev.stowage.wasm.Wasm;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * native-lib-loader's {@code NativeLoader} loads our native libraries from the files that our
 * loader has loaded.
 */
class NativeLoaderTest {
  @TempDir Path home;

  private LoaderChild jvm(String... more) {
    return new LoaderChild(home)
        .with(Artifacts.API)
        .with("stowage-native-lib-loader")
        .with(Artifacts.NATIVE_LIB_LOADER)
        .with(List.of(more));
  }

  @Test
  void bothCoresAreLoadedOnceAndTheApiUsesThem() throws Exception {
    String output =
        jvm("stowage-wasm-natives")
            .good(NativeLoaderMain.class, "stowage_wasm_rust", "stowage_wasm_go");
    String cache = LoaderChild.cache(home).toString();
    assertThat(output).contains("loaded stowage_wasm_rust", "loaded stowage_wasm_go");
    assertThat(output.lines().filter(line -> line.startsWith("images ")))
        .hasSize(3)
        .allMatch(line -> line.matches("images (rust|go) 1 1 " + cache + "/\\S+"));
    assertThat(output).contains("version ", "go 0");
  }

  @Test
  void theNameMayHaveVersionAndDigest() throws Exception {
    String full = NativeLibrary.of(Wasm.class).coreName("rust");
    String name = full.substring("lib".length(), full.length() - ".so".length());
    assertThat(jvm("stowage-wasm-natives").good(NativeLoaderMain.class, name))
        .contains("loaded " + name, "images rust 1 1 ");
  }

  @Test
  void theDropInJarWillDo() throws Exception {
    String output =
        new LoaderChild(home)
            .with("stowage-wasm-all")
            .with("stowage-native-lib-loader")
            .with(Artifacts.NATIVE_LIB_LOADER)
            .good(NativeLoaderMain.class, "stowage_wasm_go");
    assertThat(output).contains("images rust 1 1 ", "images go 1 1 ");
  }

  @Test
  void otherNamesAreExtractedAsBefore() throws Exception {
    // Any library with another name; the system loads it from the directory of native-lib-loader.
    Path jar =
        Repacked.named(
            home.resolve("other.jar"),
            "natives/" + Repacked.host().column("native-lib-loader") + "/" + "libelse.so");
    assertThat(jvm("stowage-wasm-natives").with(jar).good(NativeLoaderMain.class, "else"))
        .contains("loaded else");
  }

  @Test
  void withoutTheNativesTheErrorIsOurs() throws Exception {
    assertThat(jvm().failed(NativeLoaderMain.class))
        .contains(
            "java.lang.LinkageError: STOW-04 ", "fix:    add dev.stowage:stowage-wasm-natives");
  }

  @Test
  void aDamagedJarIsRefused() throws Exception {
    String directory = "META-INF/stowage/wasm/" + version() + "/" + Repacked.host() + "/";
    Path damaged = Repacked.jar(home.resolve("damaged.jar"), directory, 5000);
    assertThat(jvm().with(damaged).failed(NativeLoaderMain.class, "stowage_wasm_rust"))
        .contains("java.lang.LinkageError: STOW-05 ");
  }

  @Test
  void withoutACacheDirectoryItIsRefusedInWords() throws Exception {
    assertThat(
            jvm("stowage-wasm-natives")
                .withoutCache()
                .failed(NativeLoaderMain.class, "stowage_wasm_rust"))
        .contains("native-lib-loader needs the core's file, which no longer exists\n")
        .contains("  fix:    -Dstowage.cache=<directory>");
  }

  @Test
  void anotherClassLoaderIsRefusedInWords() throws Exception {
    String shared = join(Artifacts.jars(Artifacts.NATIVE_LIB_LOADER).stream());
    Stream<String> own =
        Stream.of(
            "stowage-wasm", "stowage-loader", "stowage-native-lib-loader", "stowage-wasm-natives");
    String application = join(Stream.concat(own.map(Artifacts::jar), Stream.of(Artifacts.tests())));
    String failure =
        new LoaderChild(home)
            .failed(ApartMain.class, shared, application, NativeLoaderMain.class.getName());
    assertThat(failure)
        .contains("native-lib-loader cannot load a library that another class loader has")
        .contains("fix:    put native-lib-loader and the API beside each other");
  }

  private static String join(Stream<Path> paths) {
    return String.join(File.pathSeparator, paths.map(Path::toString).toList());
  }

  private static String version() {
    String name = Artifacts.jar("stowage-wasm").getFileName().toString();
    return name.substring("stowage-wasm-".length(), name.length() - ".jar".length());
  }
}
