package dev.stowage.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Header lines of the pins: known, unknown, and none. */
class PinsTextTest {
  private static final String HEAD =
      "stowage-pins 1\nlibrary wasm 0.1.0\nclassifier linux-x86_64\nanchor dev/stowage/wasm/\n";
  private static final String NATIVES = "natives dev.stowage:stowage-wasm-natives\n";
  private static final String BINDING =
      "binding rust %s %s\ncore core.so 3 0000000a %s\nshim shim.so 4 ffffffff %s\n"
          .formatted("a".repeat(64), "b".repeat(64), "c".repeat(64), "d".repeat(64));

  private static PinnedBinding parse(String header) {
    PinnedBinding binding = PinnedBinding.parse(HEAD + header + BINDING, "rust");
    assertThat(binding).isNotNull();
    assertThat(binding.names).containsExactly("core.so", "shim.so");
    assertThat(binding.sizes).containsExactly(3, 4);
    assertThat(binding.contract).isEqualTo("b".repeat(64));
    return binding;
  }

  @Test
  void unknownHeaderLinesAreSkipped() {
    assertThat(parse("future some thing\n" + NATIVES + "other\n").natives())
        .isEqualTo("dev.stowage:stowage-wasm-natives");
    assertThat(parse("future some thing\n").natives()).isNull();
  }

  @Test
  void nativesBehindTheFirstBindingAreNoHeader() {
    assertThat(PinnedBinding.parse(HEAD + BINDING + NATIVES, "rust").natives()).isNull();
  }

  /**
   * Loaders of before the key skip it like any unknown line, and then miss the binding: STOW-17.
   */
  @Test
  void absentBindingsAreHeaderLinesThatFormatOneAllows() {
    String absent = "absent go initial-exec-tls\n";
    assertThat(parse(NATIVES + absent).natives()).isEqualTo("dev.stowage:stowage-wasm-natives");
    String pins = HEAD + NATIVES + absent + BINDING;
    assertThat(PinnedBinding.parse(pins, "go")).isNull();
    assertThat(UnsupportedBinding.names(pins)).containsExactly("go");
    assertThat(UnsupportedBinding.bindings(pins)).containsExactly("rust");
    assertThat(UnsupportedBinding.names(HEAD + BINDING + absent))
        .as("behind the first binding")
        .isEmpty();
  }

  @Test
  void anUnsupportedBindingIsRefusedWithTheWayOut() {
    String pins = HEAD + "absent go initial-exec-tls\n" + BINDING;
    LoadError error =
        UnsupportedBinding.of(pins, "go", Targets.byClassifier("linux-aarch_64-musl"));
    assertThat(error.id).isEqualTo("STOW-18");
    assertThat(error.headline)
        .isEqualTo(
            "the binding 'go' cannot be loaded on linux-aarch_64-musl, so it was not packed for it");
    assertThat(error.found)
        .isEqualTo(
            "a Go core needs initial-exec TLS, which musl refuses to a library that is loaded at run"
                + " time (golang/go#54805)");
    assertThat(error.fix)
        .isEqualTo(
            "run the JVM on glibc (linux-aarch_64), for example in a Debian image instead of an"
                + " Alpine one; or use only what is here: rust");
    for (String binding : List.of("rust", "g", "gone", "")) {
      assertThat(UnsupportedBinding.of(pins, binding, Targets.all().get(2))).as(binding).isNull();
    }
  }

  @Test
  void aReasonOfTheFutureIsShownAsItIs() {
    LoadError error =
        UnsupportedBinding.of(
            HEAD + "absent go too-slow there\n", "go", Targets.byClassifier("windows-x86_64"));
    assertThat(error.found).isEqualTo("the reason in the pins is too-slow there");
    assertThat(error.fix).isEqualTo("run this part on another platform");
  }

  @Test
  void theFixForAMissingJarCanBePasted() {
    assertThat(LoaderMessages.noClassifierJar(parse(NATIVES), List.of()).fix)
        .isEqualTo(
            "add dev.stowage:stowage-wasm-natives:0.1.0 with <classifier>linux-x86_64</classifier>"
                + " (Maven) or 'dev.stowage:stowage-wasm-natives:0.1.0:linux-x86_64' (Gradle);"
                + " or -Dstowage.wasm.path=<directory with the files>");
    assertThat(LoaderMessages.noClassifierJar(parse(""), List.of()).fix)
        .isEqualTo(
            "add the natives of wasm 0.1.0 for this platform: <classifier>linux-x86_64</classifier>"
                + " in Maven, ':0.1.0:linux-x86_64' at the end of a Gradle dependency;"
                + " or -Dstowage.wasm.path=<directory with the files>");
  }

  @Test
  void theOtherLayoutsThatWereLookedAtAreNamed() {
    List<NativeLayout> layouts = List.of(layout("there/"), layout(null));
    assertThat(LoaderMessages.noClassifierJar(parse(NATIVES), layouts).found)
        .contains(", nor there/ of somebody's layout with that file")
        .endsWith("; somebody's layout has no name for linux-x86_64");
  }

  private static NativeLayout layout(String directory) {
    return new NativeLayout() {
      @Override
      public String directory(Target target) {
        return directory;
      }

      @Override
      public String toString() {
        return "somebody's layout";
      }
    };
  }

  @Test
  void theHomeOfUidZeroIsTheSystems() {
    String users = "daemon:x:1:1::/usr/sbin:/bin/sh\nadmin:x:0:0:,:/var/admin:/bin/sh\n";
    assertThat(PinnedBinding.isInHomeOfRoot("/var/admin/.cache/stowage", users)).isTrue();
    assertThat(PinnedBinding.isInHomeOfRoot("/var/administrator/cache", users)).isFalse();
    assertThat(PinnedBinding.isInHomeOfRoot("/usr/sbin/cache", users)).isFalse();
    assertThat(PinnedBinding.isInHomeOfRoot("/any/cache", "root:x:0:0::/:/bin/sh\n")).isFalse();
    assertThat(PinnedBinding.isInHomeOfRoot("/any/cache", "root:x:0:0:::/bin/sh\n")).isFalse();
    assertThat(PinnedBinding.isInHomeOfRoot("/any/cache", "root:x:0")).isFalse();
    assertThat(PinnedBinding.isInHomeOfRoot("/any/cache", "")).isFalse();
  }
}
