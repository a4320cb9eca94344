package dev.stowage.packager.sign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.packager.binary.Binary;
import dev.stowage.packager.binary.MachOBinary;
import dev.stowage.packager.binary.Signature;
import dev.stowage.packager.fixture.CrossTools;
import dev.stowage.packager.fixture.RecordingConsole;
import dev.stowage.packager.pack.MacJars;
import dev.stowage.packager.record.FileDigests;
import dev.stowage.packager.record.Json;
import dev.stowage.packager.record.Waybill;
import dev.stowage.packager.record.WaybillEntry;
import dev.stowage.packager.record.WaybillFile;
import dev.stowage.packager.tool.Tool;
import dev.stowage.testing.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real dylibs inside JARs, signed by the real rcodesign. */
class ResignTest {
  @TempDir private Path dir;

  private final RecordingConsole lines = new RecordingConsole();
  private MacJars jars;

  @BeforeEach
  void build() throws IOException {
    CrossTools.need(Tool.RCODESIGN);
    jars = new MacJars(dir.resolve("made"));
  }

  private List<Path> resign(Signer signer, String into, Path... files) {
    return new Resigner(CrossTools.box(), lines).resign(List.of(files), signer, dir.resolve(into));
  }

  private static byte[] content(Path jar, String entry) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.getInputStream(zip.getEntry(entry)).readAllBytes();
    }
  }

  private static Waybill waybill(Path jar, String classifier) throws IOException {
    return Json.read(content(jar, MacJars.root(classifier) + "waybill.json"), Waybill.class);
  }

  /** Checks that the libraries have the signature, and that the waybill matches them. */
  private static Waybill check(Path jar, String classifier, Signature.Kind kind)
      throws IOException {
    Waybill waybill = waybill(jar, classifier);
    for (WaybillEntry binding : waybill.bindings()) {
      assertThat(binding)
          .isEqualTo(
              WaybillEntry.of(
                  binding.name(), binding.language(), binding.contract(), binding.libraries()));
      for (WaybillFile item : binding.libraries()) {
        byte[] library = content(jar, MacJars.root(classifier) + item.file());
        assertThat(FileDigests.of(library))
            .isEqualTo(new FileDigests.FileDigest(item.size(), item.sha256(), item.crc32()));
        Signature signature = ((MachOBinary) Binary.read(library)).signature();
        assertThat(signature.kind()).isEqualTo(kind);
        assertThat(signature.damage()).isEmpty();
        assertThat(signature.pages()).isPositive();
        assertThat(signature.linkerSigned()).isFalse();
        assertThat(signature.identifier()).isEqualTo(item.file());
      }
    }
    return waybill;
  }

  @Test
  void signsClassifierJarsAndTheirPinsTogether() throws IOException {
    Path api = jars.api();
    List<Path> given = List.of(api, jars.classifier("osx-x86_64"), jars.classifier("osx-aarch_64"));
    List<byte[]> before = new ArrayList<>();
    for (Path jar : given) {
      before.add(Files.readAllBytes(jar));
    }
    List<Path> made = resign(new Signer.AdHoc(), "out", given.toArray(new Path[0]));
    List<Waybill> waybills = new ArrayList<>();
    for (int i = 0; i < MacJars.CLASSIFIERS.size(); i++) {
      waybills.add(check(made.get(i + 1), MacJars.CLASSIFIERS.get(i), Signature.Kind.AD_HOC));
    }
    assertThat(content(made.get(0), MacJars.PINS)).isEqualTo(MacJars.pinsClass(waybills));
    for (int i = 0; i < given.size(); i++) {
      assertThat(given.get(i)).hasBinaryContent(before.get(i));
      keepsEverythingElse(given.get(i), made.get(i));
    }
    assertThat(lines.steps()).hasSize(7).last().asString().contains("3 entries changed");
    assertThat(dir.toFile().list()).containsExactlyInAnyOrder("made", "out");
  }

  /**
   * Compares all other properties by the JDK's reader: order, method, time, comment, extra field.
   */
  private static void keepsEverythingElse(Path before, Path after) throws IOException {
    try (ZipFile old = new ZipFile(before.toFile());
        ZipFile now = new ZipFile(after.toFile())) {
      assertThat(now.getComment()).isEqualTo(old.getComment());
      assertThat(now.stream().map(ResignTest::facts).toList())
          .isEqualTo(old.stream().map(ResignTest::facts).toList());
      for (ZipEntry entry : old.stream().toList()) {
        byte[] content = old.getInputStream(entry).readAllBytes();
        boolean changes = entry.getName().matches(".*(dylib|waybill.json|Pins.class)");
        if (!changes) {
          assertThat(now.getInputStream(now.getEntry(entry.getName()))).hasBinaryContent(content);
        }
      }
    }
  }

  private static String facts(ZipEntry entry) {
    return String.join(
        " ",
        entry.getName(),
        entry.getTimeLocal().toString(),
        entry.getComment(),
        String.valueOf(entry.getMethod()),
        Arrays.toString(entry.getExtra()));
  }

  @Test
  void signsTheDropInJarWithACertificate() throws IOException {
    Path p12 = dir.resolve("made/key.p12");
    Path pem = dir.resolve("made/key.pem");
    List<String> line = CrossTools.need(Tool.RCODESIGN).line();
    line.addAll(List.of("generate-self-signed-certificate", "--person-name", "Test Signer"));
    line.addAll(List.of("--p12-file", p12.toString(), "--p12-password", "a secret"));
    line.addAll(List.of("--pem-unified-file", pem.toString()));
    Commands.output(dir, line);

    Path made = resign(new Signer.Pkcs12(p12, "a secret", "none"), "p12", jars.dropIn()).get(0);
    TreeMap<String, Waybill> waybills = new TreeMap<>();
    for (String classifier : MacJars.CLASSIFIERS) {
      waybills.put(classifier, check(made, classifier, Signature.Kind.IDENTITY));
      verifies(content(made, MacJars.root(classifier) + "libdemo-1.0.dylib"));
    }
    assertThat(content(made, MacJars.PINS)).isEqualTo(MacJars.pinsClass(waybills.values()));

    Path again = resign(new Signer.Pem(List.of(pem), "none"), "pem", made).get(0);
    check(again, "osx-x86_64", Signature.Kind.IDENTITY);
    Path adHoc = resign(new Signer.AdHoc(), "adhoc", again).get(0);
    check(adHoc, "osx-aarch_64", Signature.Kind.AD_HOC);
  }

  /** Verifies the signature with an independent tool. */
  private void verifies(byte[] library) throws IOException {
    Path file = Files.write(dir.resolve("made/signed.dylib"), library);
    List<String> line = CrossTools.need(Tool.RCODESIGN).line();
    line.addAll(List.of("print-signature-info", file.toString()));
    String printed = Commands.output(dir, line);
    assertThat(printed).contains("Test Signer", "signature_verifies: true");
  }

  @Test
  void equalJarsAreSignedEqually() throws IOException {
    Path one = resign(new Signer.AdHoc(), "one", jars.dropIn()).get(0);
    Path other = resign(new Signer.AdHoc(), "other", jars.dropIn()).get(0);
    assertThat(one).hasSameBinaryContentAs(other);
    Path third = resign(new Signer.AdHoc(), "third", one).get(0);
    assertThat(third).hasSameBinaryContentAs(one);
  }

  /** A library that is signed twice has the same length, so that only its digest differs. */
  @Test
  void aLibraryChangedAtEqualLengthIsSignedAndPinnedAnew() throws IOException {
    Path once = resign(new Signer.AdHoc(), "once", jars.dropIn()).get(0);
    Map<String, byte[]> changed = new TreeMap<>();
    for (String classifier : MacJars.CLASSIFIERS) {
      for (WaybillFile item : waybill(once, classifier).bindings().get(0).libraries()) {
        byte[] library = content(once, MacJars.root(classifier) + item.file());
        library[text(library)] ^= 1;
        changed.put(MacJars.root(classifier) + item.file(), library);
      }
    }
    MacJars others = new MacJars(dir.resolve("made/changed"), changed);
    Path twice = resign(new Signer.AdHoc(), "twice", others.dropIn()).get(0);
    List<Waybill> waybills = new ArrayList<>();
    for (String classifier : MacJars.CLASSIFIERS) {
      Waybill before = waybill(once, classifier);
      Waybill after = check(twice, classifier, Signature.Kind.AD_HOC);
      waybills.add(after);
      WaybillEntry old = before.bindings().get(0);
      WaybillEntry made = after.bindings().get(0);
      assertThat(made.content()).isNotEqualTo(old.content());
      for (int i = 0; i < old.libraries().size(); i++) {
        assertThat(made.libraries().get(i).size()).isEqualTo(old.libraries().get(i).size());
        assertThat(made.libraries().get(i).sha256()).isNotEqualTo(old.libraries().get(i).sha256());
      }
    }
    assertThat(content(twice, MacJars.PINS)).isEqualTo(MacJars.pinsClass(waybills));
  }

  /** Where the code of a library begins. */
  private static int text(byte[] library) throws IOException {
    return (int)
        Binary.read(library).sections().stream()
            .filter(section -> section.name().equals("__TEXT,__text"))
            .findFirst()
            .orElseThrow()
            .offset();
  }

  @Test
  void aZipThatNothingChangesInStaysAsItIs() throws IOException {
    byte[] file = Files.readAllBytes(jars.dropIn());
    assertThat(new RawZip(file).with(Map.of())).isEqualTo(file);
  }
}
