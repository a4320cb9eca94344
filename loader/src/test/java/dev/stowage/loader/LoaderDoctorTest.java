package dev.stowage.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.loader.child.Child;
import dev.stowage.loader.child.Fake;
import dev.stowage.loader.child.Jdks;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoaderDoctorTest {
  @TempDir static Path shared;
  @TempDir Path home;
  private static Fake fake;

  @BeforeAll
  static void build() throws Exception {
    fake = Fake.create(shared.resolve("fake"));
  }

  private Child.Outcome doctor(String... args) throws Exception {
    return new Child(home).main("dev.stowage.loader.LoaderMain", args).run();
  }

  private List<String> jars() {
    return List.of(fake.api().toString(), fake.classifier().toString());
  }

  @Test
  void goodJarsGiveZeroAndNothingIsWritten() throws Exception {
    Child.Outcome outcome = doctor("doctor", jars().get(0), jars().get(1));
    assertThat(outcome.exit()).as(outcome.output()).isZero();
    assertThat(outcome.output())
        .contains("fake 1.0, binding rust", "1 override", "6 headers", "No errors")
        .contains("8 handshake: not tried; the shim carries this API's contract")
        .contains("core " + fake.core("rust").getFileName() + ", " + size(fake.core("rust")))
        .contains("shim " + fake.shim("rust").getFileName() + ", " + size(fake.shim("rust")));
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void aCachedBindingIsSeenWithItsContract() throws Exception {
    Child.of(fake, home).run().result();
    Child.Outcome outcome = doctor("doctor", jars().get(0));
    assertThat(outcome.exit()).as(outcome.output()).isZero();
    assertThat(outcome.output())
        .contains(
            "5 files: in the cache", "8 handshake: not tried; the shim carries this API's contract")
        .contains("core " + fake.core("rust").getFileName() + ", " + size(fake.core("rust")));
  }

  private static String size(Path file) throws Exception {
    return Files.size(file) + " bytes";
  }

  @Test
  void aDirectoryOfClassesIsExamined() throws Exception {
    Path classes = home.resolve("classes/fake/api");
    Files.createDirectories(classes);
    try (var zip = FileSystems.newFileSystem(fake.api())) {
      Files.copy(zip.getPath("fake/api/StowagePins.class"), classes.resolve("StowagePins.class"));
    }
    Files.createSymbolicLink(classes.resolve("loop"), home.resolve("classes"));
    Child.Outcome outcome = doctor("doctor", home.resolve("classes").toString(), jars().get(1));
    assertThat(outcome.exit()).as(outcome.output()).isZero();
    assertThat(outcome.output()).contains("fake 1.0, binding rust", "No errors");
    Child onClassPath = new Child(home, home.resolve("classes"), home.resolve("none"));
    assertThat(onClassPath.main("dev.stowage.loader.LoaderMain", "doctor").run().output())
        .contains("fake 1.0, binding rust", "STOW-04");
  }

  @Test
  void aMissingClassifierJarGivesOneWithTheFix() throws Exception {
    Child.Outcome outcome = doctor("doctor", jars().get(0));
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.output())
        .contains("[error]", "STOW-04", "<classifier>linux-x86_64</classifier>");
  }

  @Test
  void jsonIsWellFormedAndHidesTheHome() throws Exception {
    Child.of(fake, home).run().result();
    Child.Outcome outcome = doctor("doctor", "--json", jars().get(0), jars().get(1));
    assertThat(outcome.exit()).isZero();
    JsonNode root = new ObjectMapper().readTree(outcome.output());
    assertThat(root.get("version").asInt()).isEqualTo(1);
    assertThat(root.get("ok").asBoolean()).isTrue();
    assertThat(root.get("bindings").get(0).get("binding").asText()).isEqualTo("rust");
    assertThat(root.get("bindings").get(0).get("steps")).hasSizeGreaterThanOrEqualTo(8);
    assertThat(outcome.output()).doesNotContain(home.toString()).contains("~/.cache");
  }

  @Test
  void withoutLibrariesItStillReportsPlatformAndCache() throws Exception {
    Child.Outcome outcome = doctor("doctor", "--json");
    assertThat(outcome.exit()).isZero();
    assertThat(new ObjectMapper().readTree(outcome.output()).get("general")).hasSizeGreaterThan(2);
    assertThat(doctor().exit()).isEqualTo(2);
    assertThat(doctor("doctor", home.resolve("none.jar").toString()).exit()).isEqualTo(2);
  }

  @Test
  void awkwardTextIsEscaped() throws Exception {
    String text = "quote \" backslash \\ tab \t nul \0 lone \ud800 end";
    assertThat(new ObjectMapper().readTree(new JsonWriter().string(text)).asText()).isEqualTo(text);
  }

  @Test
  void theRootInUseIsNamedAndNoOther() throws Exception {
    Child child = new Child(home).option("-Dstowage.cache=/proc");
    String text = child.main("dev.stowage.loader.LoaderMain", "doctor").run().output();
    assertThat(text)
        .contains("4 cache: /proc skipped: ", "4 cache: " + home.resolve(".cache") + " (used)");
    assertThat(text.split("4 cache: ", -1)).hasSize(3);
  }

  @Test
  void jsonHasIdsAndNoUserName() throws Exception {
    Child child = new Child(home).option("-Duser.name=alice", "-Duser.home=/proc");
    child.option("-Dstowage.library.path=" + home.resolve("none"));
    child.main("dev.stowage.loader.LoaderMain", "doctor", "--json", jars().get(0));
    JsonNode step = steps(child.run()).get(0);
    assertThat(step.get("step").asInt()).isEqualTo(1);
    assertThat(step.get("id").asText()).isEqualTo("STOW-15");
    Child cache = new Child(home).option("-Duser.name=alice", "-Duser.home=/proc");
    String text = cache.main("dev.stowage.loader.LoaderMain", "doctor", "--json").run().output();
    assertThat(text).contains("stowage-<user> (used)").doesNotContain("alice");
  }

  private static JsonNode steps(Child.Outcome outcome) throws Exception {
    return new ObjectMapper().readTree(outcome.output()).get("bindings").get(0).get("steps");
  }

  @Test
  void anUnknownPlatformStillNamesTheLibrary() throws Exception {
    Child child = new Child(home).option("-Dos.arch=mips");
    child.main("dev.stowage.loader.LoaderMain", "doctor", "--json", jars().get(0));
    JsonNode binding = new ObjectMapper().readTree(child.run().output()).get("bindings").get(0);
    assertThat(binding.get("library").asText()).isEqualTo("fake");
    assertThat(binding.get("binding").asText()).isEqualTo("rust");
    assertThat(binding.get("steps").get(0).get("id").asText()).isEqualTo("STOW-02");
  }

  @Test
  void nativeAccessIsLookedAt() throws Exception {
    String newest = Jdks.newest();
    assumeTrue(
        Jdks.feature(Path.of(newest)) >= 24,
        "needs a JDK 24 or newer (JEP 472): beside java.home or in -Dstowage.test.jdks");
    assertThat(access(newest).output()).contains("[warn]", "7 load: not tried; this JVM warns");
    assertThat(access(newest, "--illegal-native-access=deny").output())
        .contains("[error]", "STOW-14", "--enable-native-access=ALL-UNNAMED");
    assertThat(access(newest, "--enable-native-access=ALL-UNNAMED").output())
        .contains("[skipped] 7 load: not tried, doctor loads nothing");
  }

  private Child.Outcome access(String jdk, String... options) throws Exception {
    Child child = new Child(home).java(jdk).option(options);
    return child
        .main("dev.stowage.loader.LoaderMain", "doctor", jars().get(0), jars().get(1))
        .run();
  }
}
