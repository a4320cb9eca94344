package dev.stowage.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.loader.child.SampleLibrary;
import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.Jdk;
import dev.stowage.testing.Outcome;
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
  private static SampleLibrary fake;

  @BeforeAll
  static void build() throws Exception {
    fake = SampleLibrary.create(shared.resolve("fake"));
  }

  private Outcome doctor(String... args) throws Exception {
    return SampleLibrary.childWith(home).main("dev.stowage.loader.LoaderMain", args).run();
  }

  private List<String> jars() {
    return List.of(fake.api().toString(), fake.classifier().toString());
  }

  @Test
  void goodJarsGiveZeroAndNothingIsWritten() throws Exception {
    Outcome outcome = doctor("doctor", jars().get(0), jars().get(1));
    assertThat(outcome.exit()).as(outcome.output()).isZero();
    assertThat(outcome.output())
        .contains("fake 1.0, binding rust", "1 override", "6 headers", "No errors")
        .contains("8 handshake: not tried; the shim has this API's contract")
        .contains("core " + fake.core("rust").getFileName() + ", " + size(fake.core("rust")))
        .contains("shim " + fake.shim("rust").getFileName() + ", " + size(fake.shim("rust")));
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void aCachedBindingIsSeenWithItsContract() throws Exception {
    fake.child(home).run().onlyResult();
    Outcome outcome = doctor("doctor", jars().get(0));
    assertThat(outcome.exit()).as(outcome.output()).isZero();
    assertThat(outcome.output())
        .contains(
            "5 files: in the cache", "8 handshake: not tried; the shim has this API's contract")
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
    Outcome outcome = doctor("doctor", home.resolve("classes").toString(), jars().get(1));
    assertThat(outcome.exit()).as(outcome.output()).isZero();
    assertThat(outcome.output()).contains("fake 1.0, binding rust", "No errors");
    ChildJvm onClassPath =
        SampleLibrary.childWith(home, home.resolve("classes"), home.resolve("none"));
    assertThat(onClassPath.main("dev.stowage.loader.LoaderMain", "doctor").run().output())
        .contains("fake 1.0, binding rust", "STOW-04");
  }

  @Test
  void aMissingClassifierJarGivesOneWithTheFix() throws Exception {
    Outcome outcome = doctor("doctor", jars().get(0));
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.output())
        .contains("[error]", "STOW-04", "<classifier>linux-x86_64</classifier>");
  }

  @Test
  void jsonIsWellFormedAndHidesTheHome() throws Exception {
    fake.child(home).run().onlyResult();
    Outcome outcome = doctor("doctor", "--json", jars().get(0), jars().get(1));
    assertThat(outcome.exit()).isZero();
    JsonNode root = new ObjectMapper().readTree(outcome.output());
    assertThat(root.get("format").asInt()).isEqualTo(1);
    assertThat(root.get("ok").asBoolean()).isTrue();
    assertThat(root.get("bindings").get(0).get("binding").asText()).isEqualTo("rust");
    assertThat(root.get("bindings").get(0).get("findings")).hasSizeGreaterThanOrEqualTo(8);
    assertThat(outcome.output()).doesNotContain(home.toString()).contains("~/.cache");
  }

  @Test
  void withoutLibrariesItStillReportsPlatformAndCache() throws Exception {
    Outcome outcome = doctor("doctor", "--json");
    assertThat(outcome.exit()).isZero();
    assertThat(new ObjectMapper().readTree(outcome.output()).get("findings")).hasSizeGreaterThan(2);
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
    ChildJvm child = SampleLibrary.childWith(home).option("-Dstowage.cache=/proc");
    String text = child.main("dev.stowage.loader.LoaderMain", "doctor").run().output();
    assertThat(text)
        .contains("4 cache: /proc skipped: ", "4 cache: " + home.resolve(".cache") + " (used)");
    assertThat(text.split("4 cache: ", -1)).hasSize(3);
  }

  @Test
  void jsonHasIdsAndNoUserName() throws Exception {
    ChildJvm child = SampleLibrary.childWith(home).option("-Duser.name=alice", "-Duser.home=/proc");
    child.option("-Dstowage.library.path=" + home.resolve("none"));
    child.main("dev.stowage.loader.LoaderMain", "doctor", "--json", jars().get(0));
    JsonNode step = steps(child.run()).get(0);
    assertThat(step.get("step").asInt()).isEqualTo(1);
    assertThat(step.get("id").asText()).isEqualTo("STOW-15");
    ChildJvm cache = SampleLibrary.childWith(home).option("-Duser.name=alice", "-Duser.home=/proc");
    String text = cache.main("dev.stowage.loader.LoaderMain", "doctor", "--json").run().output();
    assertThat(text).contains("stowage-<user> (used)").doesNotContain("alice");
  }

  private static JsonNode steps(Outcome outcome) throws Exception {
    return new ObjectMapper().readTree(outcome.output()).get("bindings").get(0).get("findings");
  }

  @Test
  void anUnknownPlatformStillNamesTheLibrary() throws Exception {
    ChildJvm child = SampleLibrary.childWith(home).option("-Dos.arch=mips");
    child.main("dev.stowage.loader.LoaderMain", "doctor", "--json", jars().get(0));
    JsonNode binding = new ObjectMapper().readTree(child.run().output()).get("bindings").get(0);
    assertThat(binding.get("library").asText()).isEqualTo("fake");
    assertThat(binding.get("binding").asText()).isEqualTo("rust");
    assertThat(binding.get("findings").get(0).get("id").asText()).isEqualTo("STOW-02");
  }

  @Test
  void nativeAccessIsLookedAt() throws Exception {
    Jdk newest = Jdk.newest();
    assumeTrue(
        newest.feature() >= 24,
        "needs a JDK 24 or newer (JEP 472): in /usr/lib/jvm or in -Dstowage.test.jdks");
    assertThat(access(newest).output()).contains("[warning]", "7 load: not tried; this JVM warns");
    assertThat(access(newest, "--illegal-native-access=deny").output())
        .contains("[error]", "STOW-14", "--enable-native-access=ALL-UNNAMED");
    assertThat(access(newest, "--enable-native-access=ALL-UNNAMED").output())
        .contains("[skipped] 7 load: not tried, the loader doctor loads nothing");
  }

  private Outcome access(Jdk jdk, String... options) throws Exception {
    ChildJvm child = SampleLibrary.childWith(home).jdk(jdk).option(options);
    return child
        .main("dev.stowage.loader.LoaderMain", "doctor", jars().get(0), jars().get(1))
        .run();
  }
}
