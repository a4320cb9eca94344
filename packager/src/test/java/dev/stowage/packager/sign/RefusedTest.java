package dev.stowage.packager.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stowage.packager.fixture.CrossTools;
import dev.stowage.packager.fixture.RealFailures;
import dev.stowage.packager.fixture.RecordingConsole;
import dev.stowage.packager.message.PackagerException;
import dev.stowage.packager.pack.MacJars;
import dev.stowage.packager.record.Json;
import dev.stowage.packager.record.Waybill;
import dev.stowage.packager.record.WaybillEntry;
import dev.stowage.packager.tool.Tool;
import dev.stowage.packager.tool.ToolBox;
import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.Commands;
import dev.stowage.testing.RunningChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The inputs that {@code resign} refuses. It writes nothing then. */
class RefusedTest {
  private static final Signer AD_HOC = new Signer.AdHoc();

  @TempDir private Path dir;

  private MacJars jars;
  private ToolBox tools;

  @BeforeEach
  void build() throws IOException {
    CrossTools.need(Tool.RCODESIGN);
    jars = new MacJars(dir.resolve("made"));
    tools = CrossTools.box();
  }

  private void refuses(String message, Signer signer, Path... files) throws IOException {
    byte[][] before = new byte[files.length][];
    for (int i = 0; i < files.length; i++) {
      before[i] = Files.isRegularFile(files[i]) ? Files.readAllBytes(files[i]) : null;
    }
    Resigner resigner = new Resigner(tools, new RecordingConsole());
    PackagerException failure =
        catchThrowableOfType(
            PackagerException.class,
            () -> resigner.resign(List.of(files), signer, dir.resolve("out")));
    assertThat(failure).hasMessageStartingWith(message);
    RealFailures.check(failure);
    for (int i = 0; i < files.length; i++) {
      assertThat(before[i] == null || Arrays.equals(before[i], Files.readAllBytes(files[i])))
          .isTrue();
    }
    assertThat(dir.toFile().list()).containsExactly("made");
  }

  /** Puts a script in place of rcodesign. */
  private void rcodesign(String script) throws IOException {
    Path file = Files.writeString(dir.resolve("made/rcodesign"), "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    Map<String, String> environment = new HashMap<>(tools.environment());
    environment.put("RCODESIGN", file.toString());
    tools = new ToolBox(environment);
  }

  @Test
  void whatIsNoJar() throws IOException {
    Path missing = dir.resolve("made/none.jar");
    refuses("STOW-501 " + missing + " cannot be read as a JAR", AD_HOC, missing);
    Path cut = jars.dropIn();
    byte[] whole = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(whole, whole.length - 30));
    refuses("STOW-501 " + cut, AD_HOC, cut);
    byte[] damaged = whole.clone();
    Arrays.fill(damaged, 3000, 4000, (byte) 7);
    Files.write(cut, damaged);
    refuses("STOW-501 " + cut, AD_HOC, cut);
  }

  @Test
  void aSignedJar() throws IOException {
    Path jar = jars.jar("signed.jar", Map.of("META-INF/KEY.SF", new byte[] {1}));
    refuses("STOW-502 " + jar + " is a signed JAR", AD_HOC, jar);
  }

  @Test
  void aJarThatHasNothingToDoWithIt() throws IOException {
    Path jar = jars.jar("other.jar", Map.of("x.txt", new byte[] {1}));
    refuses("STOW-503 there is nothing to change in " + jar, AD_HOC, jars.dropIn(), jar);
    refuses("STOW-503 there is nothing to change in ", AD_HOC, jars.api());
  }

  @Test
  void librariesWithoutTheirPins() throws IOException {
    refuses(
        "STOW-504 the pins of demo 1.0 osx-x86_64 are in none of the given JARs",
        AD_HOC,
        jars.classifier("osx-x86_64"));
  }

  @Test
  void jarsOfTwoBuilds() throws IOException {
    String classifier = "osx-x86_64";
    Path natives = jars.classifier(classifier);
    String entry = MacJars.root(classifier) + "waybill.json";
    Waybill waybill;
    try (ZipFile zip = new ZipFile(natives.toFile())) {
      byte[] json = zip.getInputStream(zip.getEntry(entry)).readAllBytes();
      waybill = Json.read(json, Waybill.class);
    }
    WaybillEntry binding = waybill.bindings().get(0);
    Waybill other = waybill.with(Map.of(binding.libraries().get(0).file(), new byte[] {1}));
    Path api = jars.jar("api.jar", Map.of(MacJars.PINS, MacJars.pinsClass(List.of(other))));
    refuses("STOW-505 the JARs are not from one build", AD_HOC, api, natives);
    String library = MacJars.root(classifier) + binding.libraries().get(0).file();
    Path swapped =
        jars.jar("swapped.jar", Map.of(entry, Json.indented(waybill), library, new byte[] {2}));
    refuses("STOW-505 the JARs are not from one build", AD_HOC, swapped, jars.api());
    Path damaged = jars.jar("damaged.jar", Map.of(entry, new byte[] {'{'}));
    refuses("STOW-505 the JARs are not from one build", AD_HOC, damaged, jars.api());
  }

  @Test
  void anOutputThatIsThere() throws IOException {
    Path out = dir.resolve("made/jars");
    Path jar = jars.dropIn();
    assertThatThrownBy(
            () -> new Resigner(tools, new RecordingConsole()).resign(List.of(jar), AD_HOC, out))
        .hasMessageStartingWith("STOW-506 " + out + " is not empty");
    refuses("STOW-510 two JARs have the name all.jar", AD_HOC, jar, jar);
  }

  @Test
  void rcodesignThatIsNotThereFailsOrLies() throws IOException {
    rcodesign("echo no luck >&2; exit 3");
    refuses(
        "STOW-507 rcodesign did not sign libdemo-1.0.dylib\n  found: no luck",
        AD_HOC,
        jars.dropIn());
    rcodesign("exit 0");
    refuses("STOW-507 rcodesign did not sign", AD_HOC, jars.dropIn());
    // A copy for x86_64 without a signature.
    rcodesign("cp \"$4\" \"$5\"");
    refuses("STOW-509 the signature that rcodesign made for", AD_HOC, jars.dropIn());
    rcodesign("echo text > \"$5\"");
    refuses("STOW-509 the signature that rcodesign made for", AD_HOC, jars.dropIn());
    Map<String, String> environment = new HashMap<>(tools.environment());
    environment.put("RCODESIGN", "no-such-rcodesign");
    tools = new ToolBox(environment);
    refuses("STOW-120", AD_HOC, jars.dropIn());
  }

  @Test
  void aKeyThatCannotBeOpened() throws IOException {
    Path key = dir.resolve("made/key.p12");
    refuses("STOW-508 the key in " + key, new Signer.Pkcs12(key, "x", "none"), jars.dropIn());
    List<String> line = CrossTools.need(Tool.RCODESIGN).line();
    line.addAll(List.of("generate-self-signed-certificate", "--person-name", "T"));
    line.addAll(List.of("--p12-file", key.toString(), "--p12-password", "right"));
    Commands.run(dir.resolve("made"), line);
    refuses(
        "STOW-508 the key in " + key + " cannot be opened\n  found: keystore password was",
        new Signer.Pkcs12(key, "wrong", "none"),
        jars.dropIn());
    refuses("STOW-508", new Signer.Pem(List.of(dir.resolve("none.pem")), "none"), jars.dropIn());
    assertThat(new Signer.Pkcs12(key, "right", null)).asString().doesNotContain("right");
  }

  /**
   * Killed while rcodesign works: the old JARs are complete, and the output directory does not
   * exist.
   */
  @Test
  void killedInTheMiddle() throws Exception {
    Path started = dir.resolve("made/started");
    rcodesign("touch " + started + "; exec sleep 60");
    Path jar = jars.dropIn();
    byte[] before = Files.readAllBytes(jar);
    RunningChild child =
        new ChildJvm("resign")
            .ownClassPath()
            .inheritEnvironment()
            .environment("RCODESIGN", tools.environment().get("RCODESIGN"))
            .main("dev.stowage.packager.cli.PackagerMain", "resign", "--ad-hoc")
            .arguments("--into", dir.resolve("out"), jar)
            .start();
    child.await("call of the signing tool", () -> Files.exists(started));
    child.killTree();
    assertThat(jar).hasBinaryContent(before);
    assertThat(dir.toFile().list()).containsExactly("made");
  }
}
