package dev.stowage.packager.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.packager.fixture.Fixture;
import dev.stowage.packager.kit.Snapshot;
import dev.stowage.packager.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor's report on machines with and without tools. */
class DoctorTest {
  @TempDir Path directory;

  @Test
  void everythingIsHere() throws Exception {
    tool("cc", "echo 'cc (Debian) 12.2.0'; echo 'more'");
    tool("cargo", "echo 'cargo 1.95.0'");
    tool("rustc", "echo 'rustc 1.95.0'");
    tool("go", "echo 'go version go1.25.0 linux/amd64'");
    Doctor doctor = examine(Fixture.in(directory.resolve("project")));
    assertThat(doctor.ok()).isTrue();
    Snapshot.check("doctor.txt", text(doctor));
    Snapshot.check("doctor.json", plain(new String(Json.indented(doctor), StandardCharsets.UTF_8)));
  }

  @Test
  void toolsAreMissingOrBroken() throws Exception {
    tool("cc", "echo 'cc: no such target' >&2; exit 1");
    tool("cargo", "echo 'cargo 1.95.0'");
    Fixture fixture = Fixture.in(directory.resolve("project")).rustOnly();
    fixture.edit("rust/Cargo.toml", "edition =", "rust-version = \"1.95\"\nedition =");
    Doctor doctor = examine(fixture);
    assertThat(doctor.ok()).isFalse();
    Snapshot.check("doctor-missing.txt", text(doctor));
  }

  private Doctor examine(Fixture fixture) {
    fixture.variable("PATH", directory.resolve("bin").toString());
    fixture.variable("CC", null).variable("CARGO", null).variable("RUSTC", null);
    return fixture.variable("GO", null).packager().doctor();
  }

  private void tool(String name, String script) throws IOException {
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String text(Doctor doctor) {
    return plain(String.join("\n", doctor.lines()) + "\n");
  }

  /** The tests run on several JDKs. */
  private static String plain(String text) {
    String jdk = System.getProperty("java.version") + " " + System.getProperty("java.vendor");
    return text.replace(jdk, "<version> <vendor>");
  }
}
