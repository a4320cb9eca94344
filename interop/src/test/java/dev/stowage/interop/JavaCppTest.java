package dev.stowage.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.interop.child.AgreementMain;
import dev.stowage.interop.child.ApartMain;
import dev.stowage.interop.child.PresetMain;
import dev.stowage.loader.NativeLibrary;
import dev.stowage.wasm.Wasm;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A class that JavaCPP generated from our C header, loaded by JavaCPP's {@code Loader}. */
class JavaCppTest {
  private static final int INPUTS = 1000;

  @TempDir Path home;

  private LoaderChild jvm(String... more) {
    return new LoaderChild(home)
        .with("stowage-interop-preset")
        .with(Artifacts.API)
        .with("stowage-javacpp")
        .with(Artifacts.JAVACPP)
        .with(Artifacts.javacppNatives().toArray(new Path[0]))
        .with(List.of(more));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "api-first"})
  void bothShareOneImageOfTheCore(String order) throws Exception {
    Object[] arguments = order.isEmpty() ? new Object[0] : new Object[] {order};
    String output =
        jvm("stowage-wasm-natives").option("-Xcheck:jni").good(PresetMain.class, arguments);
    // JavaCPP's class counts the handles that the JNI API opened.
    assertThat(output).contains("live 0 0\nlive 2 2\nlive 0 0\n");
    assertOneImageFromOurCache(output);
  }

  private void assertOneImageFromOurCache(String output) {
    assertThat(output).containsPattern("\nimages rust 1 1 " + LoaderChild.cache(home) + "/\\S+\n");
  }

  @Test
  void theyAgreeOnRandomInputs() throws Exception {
    long seed = Long.getLong("stowage.seed", System.nanoTime());
    System.out.println("random inputs: " + INPUTS + ", -Dstowage.seed=" + seed);
    String output =
        jvm("stowage-wasm-natives")
            .good(AgreementMain.class, Long.toString(seed), Integer.toString(INPUTS));
    System.out.print(output);
    assertThat(output).contains("agreed " + INPUTS, "left 0 0");
    // Many inputs of every kind.
    assertThat(output)
        .containsPattern("validate OK \\d{3}")
        .containsPattern("validate INVALID_MODULE \\d{3}")
        .containsPattern("describe OK \\d{3}")
        .containsPattern("describe INVALID_MODULE \\d{3}");
    assertOneImageFromOurCache(output);
  }

  /** A JAR as JavaCPP's copyLibs would make it. */
  private Path bundled() throws Exception {
    return Repacked.jar(
        home.resolve("bundled.jar"),
        "dev/stowage/interop/preset/" + Repacked.host().column("javacpp") + "/");
  }

  /** A preset that lists the core as a library for JavaCPP to load. */
  private static String listing(String core) {
    String name = core.substring("lib".length(), core.length() - ".so".length());
    return "-Dorg.bytedeco.javacpp.platform.preload=" + name;
  }

  private static String core() {
    return NativeLibrary.of(Wasm.class).coreName("rust");
  }

  /** The core's name with another digest. */
  private static String otherCore() {
    return core().replaceFirst("-[0-9a-f]{8}\\.", "-00000000.");
  }

  @Test
  void aCopyOfTheCoreInThePresetsJarStaysUnused() throws Exception {
    String output =
        jvm("stowage-wasm-natives").with(bundled()).option(listing(core())).good(PresetMain.class);
    assertOneImageFromOurCache(output);
    assertNoCopy();
  }

  /** JavaCPP extracted no file of the core; it may have a link to our file. */
  private void assertNoCopy() throws Exception {
    try (Stream<Path> files = Files.walk(home.resolve(".javacpp"))) {
      assertThat(files.filter(file -> file.toString().contains("stowage_wasm_rust-")))
          .allMatch(Files::isSymbolicLink);
    }
  }

  @Test
  void aPresetThatListsAnotherCoreIsRefused() throws Exception {
    LoaderChild jvm = jvm("stowage-wasm-natives").with(bundled()).option(listing(otherCore()));
    assertThat(jvm.failed(PresetMain.class))
        .contains(
            "the preset names a core from another build than the one that this process has loaded\n")
        .containsPattern("found:  platform.preload has stowage_wasm_rust-\\S+-00000000; loaded: ");
  }

  @Test
  void theDropInJarWillDo() throws Exception {
    String output =
        new LoaderChild(home)
            .with("stowage-wasm-all")
            .with("stowage-interop-preset")
            .with("stowage-javacpp")
            .with(Artifacts.JAVACPP)
            .with(Artifacts.javacppNatives().toArray(new Path[0]))
            .good(PresetMain.class);
    assertOneImageFromOurCache(output);
  }

  @Test
  void javaCppInASharedClassLoaderBindsToTheSameImage() throws Exception {
    List<Path> theirs = Artifacts.jars(Artifacts.JAVACPP);
    Stream<String> own =
        Stream.of(
            "stowage-interop-preset",
            "stowage-wasm",
            "stowage-loader",
            "stowage-javacpp",
            "stowage-wasm-natives");
    Stream<Path> application =
        Stream.concat(own.map(Artifacts::jar), Stream.of(Artifacts.tests(), bundled()));
    String output =
        new LoaderChild(home)
            // JavaCPP calls Runtime.load0 by reflection for classes of another class loader.
            .option("--add-opens=java.base/java.lang=ALL-UNNAMED")
            .option(listing(core()))
            .good(
                ApartMain.class,
                join(Stream.concat(theirs.stream(), Artifacts.javacppNatives().stream())),
                join(application),
                PresetMain.class.getName());
    assertThat(output).contains("live 2 2\n");
    assertOneImageFromOurCache(output);
    assertNoCopy();
  }

  @Test
  void aPresetBuiltAgainstAnotherCoreIsRefusedBeforeThatOneCanComeIn() throws Exception {
    Path stale =
        Repacked.replacing(
            Artifacts.jar("stowage-interop-preset"),
            home.resolve("stale.jar"),
            core(),
            otherCore());
    String failure =
        new LoaderChild(home)
            .with(stale)
            .with(Artifacts.API)
            .with("stowage-javacpp")
            .with("stowage-wasm-natives")
            .with(Artifacts.JAVACPP)
            .failed(PresetMain.class);
    assertThat(failure)
        .contains(
            "the preset names a core from another build than the one that this process has loaded\n")
        .contains("libjniWasmRust.so needs " + otherCore() + "; loaded: " + core() + "\n")
        .contains("  fix:    build the preset against the natives that are on the class path");
  }

  @Test
  void withoutACacheDirectoryTheyStillShareTheImage() throws Exception {
    LoaderChild jvm = jvm("stowage-wasm-natives").withoutCache();
    String output = jvm.good(PresetMain.class);
    assertThat(output).contains("live 2 2\n").containsPattern("images rust 1 1 .*\\(deleted\\)");
  }

  @Test
  void withoutTheNativesTheErrorIsOurs() throws Exception {
    assertThat(jvm().failed(PresetMain.class))
        .contains("StowageLinkError: STOW-04 ", "fix:    add dev.stowage:stowage-wasm-natives");
  }

  private static String join(Stream<Path> paths) {
    return String.join(File.pathSeparator, paths.map(Path::toString).toList());
  }
}
