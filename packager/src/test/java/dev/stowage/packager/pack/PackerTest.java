package dev.stowage.packager.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.packager.fixture.JsonSchemas;
import dev.stowage.packager.fixture.RecordingConsole;
import dev.stowage.packager.message.ConsoleText;
import dev.stowage.packager.message.PackagerException;
import dev.stowage.packager.project.Project;
import dev.stowage.packager.project.Role;
import dev.stowage.packager.record.Json;
import dev.stowage.packager.verify.VerifyReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.TimeZone;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackerTest {
  private static final Instant TIME = Instant.parse("2026-11-21T00:00:00Z");
  private static final String ROOT = "META-INF/stowage/demo/1.2.3/linux-x86_64/";

  @TempDir Path dir;
  private DemoBuild build;
  private final RecordingConsole lines = new RecordingConsole();

  @BeforeEach
  void build() throws IOException {
    build = new DemoBuild(dir);
  }

  @Test
  void waybillFitsItsSchema() throws IOException {
    pins();
    JsonNode waybill = Json.tree(Files.readString(build.output.waybill(DemoBuild.CLASSIFIER)));
    assertThat(schemaErrors(waybill)).isEmpty();
    assertThat(waybill.at("/artifact").asText()).isEqualTo("demo:demo-natives");
    assertThat(waybill.at("/release").asBoolean()).isFalse();
    assertThat(waybill.at("/bindings/0/contract").asText())
        .isEqualTo(build.contracts.get(0).digest());
    assertThat(waybill.at("/bindings/0/libraries/0/exports").toString())
        .isEqualTo("[\"demo_add\"]");
    assertThat(waybill.at("/bindings/0/libraries/1/role").asText()).isEqualTo("shim");
    assertThat(waybill.at("/bindings/0/libraries/1/minimumVersion").asText())
        .startsWith("glibc 2.");
    assertThat(waybill.at("/licenses/0/path").asText()).isEqualTo("one/NOTICE.txt");
  }

  @Test
  void schemaRefusesWhatIsWrong() throws IOException {
    pins();
    String text = Files.readString(build.output.waybill(DemoBuild.CLASSIFIER));
    assertThat(schemaErrors(Json.tree(text.replace("\"format\" : 1", "\"format\" : 2"))))
        .hasSize(1);
    assertThat(schemaErrors(Json.tree(text.replace("\"one/NOTICE", "\"/one/NOTICE")))).hasSize(1);
  }

  @Test
  void jarHoldsNativesWaybillAndLicencesOnly() throws IOException {
    pins();
    Path jar = jars().get(0);
    assertThat(jar.getFileName()).hasToString("demo-natives-1.2.3-linux-x86_64.jar");
    try (JarFile file = new JarFile(jar.toFile())) {
      assertThat(file.stream().map(Object::toString))
          .containsExactly(
              "META-INF/MANIFEST.MF",
              "META-INF/LICENSE",
              ROOT + build.file(Role.CORE).getFileName(),
              ROOT + build.file(Role.SHIM).getFileName(),
              ROOT + "licenses/one/NOTICE.txt",
              ROOT + "waybill.json");
      assertThat(file.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
          .isEqualTo("demo.api.natives.linux_x86_64");
      byte[] packed = file.getInputStream(file.getEntry(ROOT + "waybill.json")).readAllBytes();
      assertThat(packed).isEqualTo(Files.readAllBytes(build.output.waybill(DemoBuild.CLASSIFIER)));
    }
    long size = Files.size(jar);
    assertThat(lines.steps())
        .containsExactly(
            "package  linux-x86_64        demo-natives-1.2.3-linux-x86_64.jar  "
                + ConsoleText.size(size));
  }

  @Test
  void twoPacksAreByteIdenticalInAnyTimeZone() throws IOException {
    pins();
    byte[] first = Files.readAllBytes(jars().get(0));
    byte[] pins = Files.readAllBytes(build.classes.resolve("demo/api/StowagePins.class"));
    Files.delete(jars().get(0));
    TimeZone zone = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
      pins();
      assertThat(Files.readAllBytes(jars().get(0))).isEqualTo(first);
    } finally {
      TimeZone.setDefault(zone);
    }
    assertThat(Files.readAllBytes(build.classes.resolve("demo/api/StowagePins.class")))
        .isEqualTo(pins);
  }

  @Test
  void embeddedNativesAreThoseOfTheJarAndNoOlderOnes() throws IOException {
    pins();
    Path old = dir.resolve("all/META-INF/stowage/demo/1.2.2/linux-x86_64/libold.so");
    Path foreign = dir.resolve("all/META-INF/stowage/other/1.0/x.so");
    DemoBuild.write(old, "old");
    DemoBuild.write(foreign, "of another library");
    embed();
    assertThat(old).doesNotExist();
    assertThat(foreign).exists();
    assertThat(lines.steps().get(0)).startsWith("package  linux-x86_64        5 entries  ");
    try (JarFile jar = new JarFile(jars().get(0).toFile())) {
      for (JarEntry entry : jar.stream().toList()) {
        Path file = dir.resolve("all").resolve(entry.getName());
        if (entry.getName().endsWith("MANIFEST.MF")) {
          assertThat(file).doesNotExist();
        } else {
          assertThat(file).hasBinaryContent(jar.getInputStream(entry).readAllBytes());
        }
      }
    }
    Path core = build.file(Role.CORE);
    Files.writeString(core, "damaged");
    refuses(this::embed, "STOW-402 " + core + " has changed since it was recorded");
  }

  private void embed() {
    build.packer(lines).embed(dir.resolve("all"));
  }

  @Test
  void unchangedPinsAreNotTouched() throws IOException {
    pins();
    Path pins = build.classes.resolve("demo/api/StowagePins.class");
    Object before = Files.getAttribute(pins, "unix:ino");
    pins();
    assertThat(Files.getAttribute(pins, "unix:ino")).isEqualTo(before);
  }

  @Test
  void refusesBytesThatChangedSinceTheBuild() throws IOException {
    VerifyReport report = build.verify();
    Path core = build.file(Role.CORE);
    Files.write(core, new byte[] {1}, StandardOpenOption.APPEND);
    refuses(() -> pins(report), "STOW-402 " + core + " has changed since it was recorded");
    assertThat(build.output.waybill(DemoBuild.CLASSIFIER)).doesNotExist();
  }

  @Test
  void refusesBytesThatChangedSinceThePins() throws IOException {
    pins();
    Path core = build.file(Role.CORE);
    Files.write(core, new byte[] {1}, StandardOpenOption.APPEND);
    refuses(this::jars, "STOW-402 " + core + " has changed since it was recorded");
    Files.delete(core);
    refuses(this::jars, "STOW-402 " + core + " has changed since it was recorded");
    assertThat(build.output.jars()).doesNotExist();
  }

  @Test
  void refusesWhatVerifyHasNotSeen() {
    VerifyReport report = build.verify();
    VerifyReport half =
        new VerifyReport(
            VerifyReport.FORMAT,
            DemoBuild.CLASSIFIER,
            null,
            report.libraries().subList(0, 1),
            List.of(),
            0);
    refuses(
        () -> pins(half),
        "STOW-406 " + build.result(Role.SHIM).file() + " has changed since it was verified");
  }

  @Test
  void refusesWhatVerifyRefused() throws IOException {
    DemoBuild.write(dir.resolve("demo.h"), "int demo_add(int a, int b);\nint demo_sub(void);\n");
    refuses(() -> pins(), "STOW-200 1 violation in the libraries of linux-x86_64");
  }

  @Test
  void refusesASecondFileOfTheSameRole() throws IOException {
    VerifyReport report = build.verify();
    Path core = build.file(Role.CORE);
    Path other = core.resolveSibling("libstowage_demo_one-1.2.3-00000000.so");
    Files.copy(core, other);
    assertThatThrownBy(() -> pins(report))
        .hasMessage(
            "STOW-404 more than one core of binding 'one'\n"
                + "  found: "
                + other.getFileName()
                + " beside "
                + core.getFileName()
                + "\n"
                + "  fix:   delete the others; 'build' creates one");
  }

  @Test
  void refusesMissingLicences() throws IOException {
    VerifyReport report = build.verify();
    try (Stream<Path> files = Files.list(dir.resolve("licenses/one"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    refuses(() -> pins(report), "STOW-403 no licence texts for binding 'one'");
    Project p = build.project;
    Project without =
        new Project(p.file(), p.library(), p.javaPackage(), p.artifact(), null, p.bindings());
    assertThatThrownBy(
            () ->
                new Packer(build.built(without), new RecordingConsole())
                    .pins(build.contracts, List.of(report), build.classes))
        .hasMessageContaining("'licenses' is not set in stowage.toml");
  }

  @Test
  void refusesToPackBeforeThePins() {
    refuses(this::jars, "STOW-401 no waybill for linux-x86_64");
  }

  @Test
  void refusesAWaybillThatDoesNotSayWhereTheJarsArePublished() throws IOException {
    pins();
    Path waybill = build.output.waybill(DemoBuild.CLASSIFIER);
    String text = Files.readString(waybill);
    Files.writeString(waybill, text.replace("\"artifact\" : \"demo:demo-natives\",", ""));
    refuses(this::jars, "STOW-401 no waybill for linux-x86_64");
    Files.writeString(waybill, text.replace("demo:demo-natives", "demo:../natives"));
    refuses(this::jars, "STOW-401 no waybill for linux-x86_64");
  }

  @Test
  void refusesMissingRecords() throws IOException {
    Files.writeString(build.output.result(DemoBuild.CLASSIFIER, "one", Role.SHIM), "{");
    refuses(this::pins, "STOW-201 no shim of binding 'one' for linux-x86_64");
  }

  @Test
  void verifyCallsATextFileWhatItIs() throws IOException {
    Files.writeString(build.file(Role.CORE), "<html>");
    VerifyReport report = build.verify();
    report.print(lines);
    assertThat(lines.warnings().get(0))
        .contains("machine: not a library: this is a web page")
        .contains("a web page");
    assertThat(
            Json.tree(new String(report.json(), java.nio.charset.StandardCharsets.UTF_8))
                .at("/libraries/0/findings/0/severity")
                .asText())
        .isEqualTo("error");
  }

  private static List<String> schemaErrors(JsonNode waybill) {
    return JsonSchemas.undescribed("waybill", waybill);
  }

  private void refuses(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String headline) {
    assertThatThrownBy(call)
        .isInstanceOf(PackagerException.class)
        .message()
        .satisfies(text -> assertThat(text.lines().findFirst()).contains(headline));
  }

  private void pins() {
    pins(build.verify());
  }

  private void pins(VerifyReport report) {
    build.packer().pins(build.contracts, List.of(report), build.classes);
  }

  private List<Path> jars() {
    return List.copyOf(build.packer(lines).jars(TIME).values());
  }
}
