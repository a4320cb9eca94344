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
  private static final String UNIT =
      "unit rust %s %s\ncore core.so 3 0000000a %s\nshim shim.so 4 ffffffff %s\n"
          .formatted("a".repeat(64), "b".repeat(64), "c".repeat(64), "d".repeat(64));

  private static PinnedUnit parse(String header) {
    PinnedUnit unit = PinnedUnit.parse(HEAD + header + UNIT, "rust");
    assertThat(unit).isNotNull();
    assertThat(unit.names).containsExactly("core.so", "shim.so");
    assertThat(unit.sizes).containsExactly(3, 4);
    assertThat(unit.contract).isEqualTo("b".repeat(64));
    return unit;
  }

  @Test
  void unknownHeaderLinesAreSkipped() {
    assertThat(parse("future some thing\n" + NATIVES + "other\n").natives())
        .isEqualTo("dev.stowage:stowage-wasm-natives");
    assertThat(parse("future some thing\n").natives()).isNull();
  }

  @Test
  void nativesBehindTheFirstUnitAreNoHeader() {
    assertThat(PinnedUnit.parse(HEAD + UNIT + NATIVES, "rust").natives()).isNull();
  }

  /** Loaders of before the key skip it like any unknown line, and then miss the unit: STOW-17. */
  @Test
  void absentUnitsAreHeaderLinesThatFormatOneAllows() {
    String absent = "absent go initial-exec-tls\n";
    assertThat(parse(NATIVES + absent).natives()).isEqualTo("dev.stowage:stowage-wasm-natives");
    String pins = HEAD + NATIVES + absent + UNIT;
    assertThat(PinnedUnit.parse(pins, "go")).isNull();
    assertThat(AbsentUnit.names(pins)).containsExactly("go");
    assertThat(AbsentUnit.units(pins)).containsExactly("rust");
    assertThat(AbsentUnit.names(HEAD + UNIT + absent)).as("behind the first unit").isEmpty();
  }

  @Test
  void anAbsentUnitIsRefusedWithTheWayOut() {
    String pins = HEAD + "absent go initial-exec-tls\n" + UNIT;
    LoadError error = AbsentUnit.of(pins, "go", Targets.byClassifier("linux-aarch_64-musl"));
    assertThat(error.id).isEqualTo("STOW-18");
    assertThat(error.headline)
        .isEqualTo(
            "the unit 'go' cannot be loaded on linux-aarch_64-musl, so it was not packed for it");
    assertThat(error.found)
        .isEqualTo(
            "a Go core needs initial-exec TLS, which musl refuses to a library that is loaded at run"
                + " time (golang/go#54805)");
    assertThat(error.fix)
        .isEqualTo(
            "run the JVM on glibc (linux-aarch_64), for example in a Debian image instead of an"
                + " Alpine one; or use only what is here: rust");
    for (String unit : List.of("rust", "g", "gone", "")) {
      assertThat(AbsentUnit.of(pins, unit, Targets.all().get(2))).as(unit).isNull();
    }
  }

  @Test
  void aReasonOfTheFutureIsShownAsItIs() {
    LoadError error =
        AbsentUnit.of(
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
    assertThat(PinnedUnit.isInHomeOfRoot("/var/admin/.cache/stowage", users)).isTrue();
    assertThat(PinnedUnit.isInHomeOfRoot("/var/administrator/cache", users)).isFalse();
    assertThat(PinnedUnit.isInHomeOfRoot("/usr/sbin/cache", users)).isFalse();
    assertThat(PinnedUnit.isInHomeOfRoot("/any/cache", "root:x:0:0::/:/bin/sh\n")).isFalse();
    assertThat(PinnedUnit.isInHomeOfRoot("/any/cache", "root:x:0:0:::/bin/sh\n")).isFalse();
    assertThat(PinnedUnit.isInHomeOfRoot("/any/cache", "root:x:0")).isFalse();
    assertThat(PinnedUnit.isInHomeOfRoot("/any/cache", "")).isFalse();
  }
}
