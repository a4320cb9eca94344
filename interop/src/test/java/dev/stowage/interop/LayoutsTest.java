package dev.stowage.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.interop.child.LayoutMain;
import dev.stowage.javacpp.JavaCppLayout;
import dev.stowage.loader.platform.Libc;
import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import dev.stowage.nativelibloader.NativesLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Our loader finds native libraries in a JAR of another project's layout, and runs all its checks.
 */
class LayoutsTest {
  @TempDir Path home;

  enum Layout {
    JAVACPP("javacpp", "org/example/natives/", "windows-x86_64"),
    NATIVE_LIB_LOADER("native-lib-loader", "natives/", "windows_64");

    private final String column;
    private final String above;
    private final String foreign;

    Layout(String column, String above, String foreign) {
      this.column = column;
      this.above = above;
      this.foreign = foreign;
    }

    String here() throws Exception {
      return above + Repacked.host().column(column) + "/";
    }

    String elsewhere() {
      return above + foreign + "/";
    }
  }

  private LoaderChild jvm(Path... jars) {
    return new LoaderChild(home)
        .with(Artifacts.API)
        .with("stowage-javacpp")
        .with("stowage-native-lib-loader")
        .with(Artifacts.JAVACPP)
        .with(Artifacts.NATIVE_LIB_LOADER)
        .with(jars);
  }

  private String run(Layout layout, Path... jars) throws Exception {
    return jvm(jars).good(LayoutMain.class, layout.column);
  }

  @Test
  void theDirectoriesOfEveryPlatform() {
    for (Target target : Targets.all()) {
      String javacpp = JavaCppLayout.in("org.example").directory(target);
      String natives = new NativesLayout().directory(target);
      if (target.libc() == Libc.MUSL) {
        // JavaCPP's name for Linux means glibc.
        assertThat(javacpp).isNull();
        assertThat(natives).isNull();
      } else {
        assertThat(javacpp).isEqualTo("org/example/" + target.column("javacpp") + "/");
        assertThat(natives).isEqualTo("natives/" + target.column("native-lib-loader") + "/");
      }
    }
    assertThat(JavaCppLayout.in("").directory(Targets.byClassifier("osx-aarch_64")))
        .isEqualTo("macosx-arm64/");
  }

  @ParameterizedTest
  @EnumSource
  void bothCoresComeOutOfTheirJarIntoOurCache(Layout layout) throws Exception {
    Path jar = Repacked.jar(home.resolve("theirs.jar"), layout.here());
    for (int start = 0; start < 2; start++) {
      assertThat(run(layout, jar))
          .contains("version ", "go 0", "images rust 1 1 ", "images go 1 1 ")
          .contains("core " + LoaderChild.cache(home));
    }
    // One cache entry per binding, as for the classifier JAR.
    try (Stream<Path> entries = Files.list(LoaderChild.cache(home))) {
      assertThat(entries).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theClassifierJarComesFirst(Layout layout) throws Exception {
    Path damaged = Repacked.jar(home.resolve("theirs.jar"), layout.here(), 5000);
    assertThat(run(layout, damaged, Artifacts.jar("stowage-wasm-natives")))
        .contains("images rust 1 1 ");
  }

  @ParameterizedTest
  @EnumSource
  void aJarOfAnotherPlatformIsNotFoundAndTheErrorNamesWhatWasLookedFor(Layout layout)
      throws Exception {
    Path jar = Repacked.jar(home.resolve("theirs.jar"), layout.elsewhere());
    assertThat(jvm(jar).failed(LayoutMain.class, layout.column))
        .contains("STOW-04 the native libraries for ")
        .contains(", nor " + layout.here() + " of ")
        .contains("'s layout with that file\n");
  }

  @ParameterizedTest
  @EnumSource
  void aFileForAnotherMachineIsNamedAsSuch(Layout layout) throws Exception {
    // The low byte of e_machine in an ELF header.
    Path jar = Repacked.jar(home.resolve("theirs.jar"), layout.here(), 18);
    assertThat(jvm(jar).failed(LayoutMain.class, layout.column))
        .contains("STOW-05 ", "a library for 64-bit machine 63; this JVM needs " + Repacked.host())
        .contains("it differs from the pins");
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedFileIsRefused(Layout layout) throws Exception {
    Path jar = Repacked.jar(home.resolve("theirs.jar"), layout.here(), 5000);
    assertThat(jvm(jar).failed(LayoutMain.class, layout.column))
        .contains("STOW-05 ", "differs from the pins (size or checksum)", jar.toString());
  }
}
