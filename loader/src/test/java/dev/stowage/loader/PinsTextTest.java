package dev.stowage.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lines of the pins that a loader reads, and those that it skips. */
class PinsTextTest {
  private static final String HEAD =
      "stowage-pins 1\nlibrary wasm 0.1.0\nclassifier linux-x86_64\nanchor dev/stowage/wasm/\n";
  private static final String ARTIFACT = "artifact dev.stowage:stowage-wasm-natives\n";
  private static final String UNSUPPORTED = "unsupported go go initial-exec-tls\n";
  private static final String BINDING =
      "binding rust rust %s %s\ncore core.so 3 0000000a %s\nshim shim.so 4 ffffffff %s\n"
          .formatted("a".repeat(64), "b".repeat(64), "c".repeat(64), "d".repeat(64));

  private static PinnedBinding parse(String header) {
    return check(HEAD + header + BINDING);
  }

  private static PinnedBinding check(String text) {
    PinnedBinding binding = PinnedBinding.parse(text, "rust");
    assertThat(binding).isNotNull();
    assertThat(binding.library).isEqualTo("wasm");
    assertThat(binding.version).isEqualTo("0.1.0");
    assertThat(binding.classifier).isEqualTo("linux-x86_64");
    assertThat(binding.language).isEqualTo("rust");
    assertThat(binding.roles).containsExactly("core", "shim");
    assertThat(binding.names).containsExactly("core.so", "shim.so");
    assertThat(binding.sizes).containsExactly(3, 4);
    assertThat(binding.sha256).containsExactly("c".repeat(64), "d".repeat(64));
    assertThat(binding.content).isEqualTo("a".repeat(64));
    assertThat(binding.contract).isEqualTo("b".repeat(64));
    return binding;
  }

  /** Every later loader must read the committed pins of format 1; docs/formats.md has the rules. */
  @Test
  void theCommittedPinsAreRead() throws IOException {
    byte[] committed = Files.readAllBytes(Path.of("../testdata/formats/pins-1.txt"));
    String text = new String(committed, StandardCharsets.UTF_8);
    PinnedBinding binding = PinnedBinding.parse(text, "rust");
    assertThat(binding.library).isEqualTo("greet");
    assertThat(binding.language).isEqualTo("rust");
    assertThat(binding.roles).containsExactly("core", "shim");
    assertThat(binding.sizes).containsExactly(365408, 16616);
    assertThat(binding.artifact()).isEqualTo("com.example:greet");
    Target musl = Targets.byClassifier("linux-x86_64-musl");
    assertThat(UnsupportedBinding.of(text, "go", musl).id).isEqualTo("STOW-18");
  }

  @Test
  void theCommittedPinsWithEveryRoleAreRead() throws IOException {
    byte[] committed = Files.readAllBytes(Path.of("../testdata/formats/pins-1-roles.txt"));
    String text = new String(committed, StandardCharsets.UTF_8);
    PinnedBinding net = PinnedBinding.parse(text, "net");
    assertThat(net.language).isEqualTo("go");
    assertThat(net.roles).as("an executable is not loaded").containsExactly("core", "shim");
    PinnedBinding alone = PinnedBinding.parse(text, "alone");
    assertThat(alone.roles).containsExactly("core");
    assertThat(alone.contract).isEqualTo("-");
    assertThat(PinnedBinding.parse(text, "taken").roles).containsExactly("dependency", "jni");
  }

  /** A later packager may add lines anywhere; this loader must read all others. */
  @Test
  void unknownLinesAreSkippedWhereverTheyStand() {
    String text = HEAD + ARTIFACT + UNSUPPORTED + BINDING;
    List<String> lines = List.of(text.split("\n", -1));
    for (int i = 1; i < lines.size(); i++) {
      List<String> more = new ArrayList<>(lines);
      more.add(i, "future some thing");
      PinnedBinding binding = check(String.join("\n", more));
      assertThat(binding.artifact()).isEqualTo("dev.stowage:stowage-wasm-natives");
    }
  }

  @Test
  void wordsAtTheEndOfALineAreSkipped() {
    String text = HEAD + ARTIFACT + UNSUPPORTED + BINDING;
    String more = text.substring(HEAD.indexOf('\n') + 1).replace("\n", " future words\n");
    PinnedBinding binding = check("stowage-pins 1\n" + more);
    assertThat(binding.artifact()).isEqualTo("dev.stowage:stowage-wasm-natives");
    assertThat(UnsupportedBinding.of(more, "go", Targets.byClassifier("linux-aarch_64-musl")).found)
        .contains("initial-exec TLS");
  }

  @Test
  void theArtifactMayBeMissing() {
    assertThat(parse("").artifact()).isNull();
    assertThat(check(HEAD + BINDING + ARTIFACT).artifact())
        .isEqualTo("dev.stowage:stowage-wasm-natives");
  }

  @Test
  void aBlockEndsAtTheNextBinding() {
    String library = "core other.so 5 00000001 " + "e".repeat(64) + "\n";
    String other = "binding two rust " + "1".repeat(64) + " -\n" + library;
    check(HEAD + other + BINDING);
    check(HEAD + BINDING + other);
    check(HEAD + BINDING + UNSUPPORTED + library);
    check(HEAD + UNSUPPORTED + library + BINDING);
    PinnedBinding two = PinnedBinding.parse(HEAD + BINDING + other, "two");
    assertThat(two.names).containsExactly("other.so");
    assertThat(two.contract).isEqualTo("-");
  }

  @Test
  void librariesAreReadInTheirOrderAndExecutablesNotAtAll() {
    String digest = " 5 00000001 " + "e".repeat(64) + "\n";
    String text =
        HEAD
            + ("binding x other " + "1".repeat(64) + " -\n")
            + ("dependency a.so" + digest + "executable tool" + digest)
            + ("dependency b.so" + digest + "jni c.so" + digest + "shim d.so" + digest);
    PinnedBinding binding = PinnedBinding.parse(text, "x");
    assertThat(binding.roles).containsExactly("dependency", "dependency", "jni", "shim");
    assertThat(binding.names).containsExactly("a.so", "b.so", "c.so", "d.so");
    assertThat(binding.core()).isNull();
  }

  @Test
  void otherFormatsAndDamagedPinsAreNotRead() {
    String text = HEAD + BINDING;
    assertThat(PinnedBinding.parse(text.replace("pins 1", "pins 2"), "rust")).isNull();
    assertThat(PinnedBinding.parse(text.replace("library", "librarian"), "rust")).isNull();
    assertThat(PinnedBinding.parse(text.replace(" 3 ", " three "), "rust")).isNull();
    assertThat(PinnedBinding.parse(text.replace("core core.so", "core "), "rust")).isNull();
    assertThat(PinnedBinding.parse(text.substring(0, text.length() - 1), "rust")).isNull();
    assertThat(PinnedBinding.parse(HEAD + BINDING.split("core ", -1)[0], "rust")).isNull();
  }

  @Test
  void unsupportedBindingsAreNamed() {
    String pins = HEAD + ARTIFACT + UNSUPPORTED + BINDING;
    assertThat(PinnedBinding.parse(pins, "go")).isNull();
    assertThat(UnsupportedBinding.names(pins)).containsExactly("go");
    assertThat(UnsupportedBinding.bindings(pins)).containsExactly("rust");
  }

  @Test
  void anUnsupportedBindingIsRefusedWithTheWayOut() {
    String pins = HEAD + UNSUPPORTED + BINDING;
    LoadError error =
        UnsupportedBinding.of(pins, "go", Targets.byClassifier("linux-aarch_64-musl"));
    assertThat(error.id).isEqualTo("STOW-18");
    assertThat(error.headline)
        .isEqualTo(
            "the binding 'go' cannot be loaded on linux-aarch_64-musl, so it was not packed for it");
    assertThat(error.found)
        .isEqualTo(
            "a Go core needs initial-exec TLS, which musl does not allow in a library that is loaded at run time (golang/go#54805)");
    assertThat(error.fix)
        .isEqualTo(
            "run the JVM on glibc (linux-aarch_64), for example in a Debian image instead of an"
                + " Alpine one; or use only the bindings packed for it: rust");
    for (String binding : List.of("rust", "g", "gone", "")) {
      assertThat(UnsupportedBinding.of(pins, binding, Targets.all().get(2))).as(binding).isNull();
    }
  }

  @Test
  void aReasonOfTheFutureIsShownAsItIs() {
    LoadError error =
        UnsupportedBinding.of(
            HEAD + "unsupported go go too-slow\n", "go", Targets.byClassifier("windows-x86_64"));
    assertThat(error.found).isEqualTo("the reason in the pins is too-slow");
    assertThat(error.fix).isEqualTo("run this part on another platform");
  }

  @Test
  void theFixForAMissingJarCanBePasted() {
    assertThat(NativesLocation.missing(parse(ARTIFACT), List.of()).fix)
        .isEqualTo(
            "add dev.stowage:stowage-wasm-natives:0.1.0 with <classifier>linux-x86_64</classifier>"
                + " (Maven) or 'dev.stowage:stowage-wasm-natives:0.1.0:linux-x86_64' (Gradle);"
                + " or -Dstowage.wasm.path=<directory with the files>");
    assertThat(NativesLocation.missing(parse(""), List.of()).fix)
        .isEqualTo(
            "add the natives of wasm 0.1.0 for this platform: <classifier>linux-x86_64</classifier>"
                + " in Maven, ':0.1.0:linux-x86_64' at the end of a Gradle dependency;"
                + " or -Dstowage.wasm.path=<directory with the files>");
  }

  @Test
  void theOtherLayoutsThatWereLookedAtAreNamed() {
    List<NativeLayout> layouts = List.of(layout("there/"), layout(null));
    assertThat(NativesLocation.missing(parse(ARTIFACT), layouts).found)
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
