package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.harness.Child;
import dev.stowage.it.harness.EachJdk;
import dev.stowage.it.harness.Jdk;
import dev.stowage.it.harness.Jvm;
import dev.stowage.it.harness.Lab;
import dev.stowage.it.harness.Outcome;
import dev.stowage.it.harness.Reactor;
import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The examples are projects of their own: a real Maven builds them from what we would publish, POMs
 * included, and they print what the README says they print.
 */
class ExamplesIT {
  private static final Path PROJECTS = Lab.directory("examples");
  private static final Path LOCAL = Lab.directory("local-repository");
  private static final Path SETTINGS = PROJECTS.resolve("settings.xml");
  private static final Map<String, List<Path>> CLASS_PATHS = new TreeMap<>();

  /**
   * Our artifacts as an install would leave them; everything else comes from this build's own local
   * repository.
   */
  @BeforeAll
  static void publishAndBuild() throws IOException {
    Lab.copyTree(Reactor.root().resolve("it/examples"), PROJECTS);
    artifact("stowage-loader", "loader", Reactor.loader());
    artifact("stowage-wasm", "jni-glue", Reactor.api());
    for (Target row : Targets.all()) {
      artifact("stowage-wasm-natives", "platform-jars/natives", natives(row.classifier()));
    }
    artifact("stowage-wasm-platform", "platform-jars/platform", null);
    artifact("stowage-wasm-all", "platform-jars/all", Reactor.dropIn());
    String repository =
        """
        <id>host</id>
        <url>%s</url>
        """
            .formatted(Reactor.repository().toUri());
    Files.writeString(
        SETTINGS,
        """
        <settings>
          <profiles>
            <profile>
              <id>host</id>
              <repositories><repository>%1$s</repository></repositories>
              <pluginRepositories><pluginRepository>%1$s</pluginRepository></pluginRepositories>
            </profile>
          </profiles>
          <activeProfiles><activeProfile>host</activeProfile></activeProfiles>
        </settings>
        """
            .formatted(repository));
    for (String name :
        List.of("hello", "hello-classifier", "hello-os-classifier", "hello-platform")) {
      CLASS_PATHS.put(name, build(name));
    }
  }

  /** Of a row that this build has not made, an empty JAR: for Maven only its name counts. */
  private static Path natives(String row) throws IOException {
    if (Reactor.isBuilt(row)) {
      return Reactor.natives(row);
    }
    String name = Reactor.natives().getFileName().toString();
    Path empty = PROJECTS.resolve(name.replace(Reactor.classifier(), row));
    try (OutputStream out = Files.newOutputStream(empty)) {
      new JarOutputStream(out, new Manifest()).close();
    }
    return empty;
  }

  @EachJdk
  void examples_print_what_they_promise(Jdk jdk) throws IOException {
    String expected = Files.readString(PROJECTS.resolve("hello/expected.txt"));
    for (List<Path> classPath : CLASS_PATHS.values()) {
      Jvm example = Jvm.on(classPath.toArray(Path[]::new));
      Outcome outcome = Child.main(jdk, "Hello", example).run().expectExit(0).expectQuiet();
      assertThat(outcome.out()).isEqualTo(expected);
    }
  }

  @Test
  void who_names_one_classifier_gets_that_one_only() {
    String one = "stowage-wasm-natives-" + Reactor.version() + "-" + Reactor.classifier() + ".jar";
    List<String> api = jars("stowage-loader", "stowage-wasm");
    assertThat(ours("hello")).containsExactlyElementsOf(jars("stowage-wasm-all"));
    for (String name : List.of("hello-classifier", "hello-os-classifier")) {
      assertThat(ours(name)).as(name).containsAll(api).contains(one).hasSize(3);
    }
    assertThat(ours("hello-platform"))
        .containsAll(api)
        .contains(one)
        .hasSize(2 + Targets.all().size());
  }

  private static List<String> ours(String example) {
    return CLASS_PATHS.get(example).stream()
        .map(path -> path.getFileName().toString())
        .filter(name -> name.endsWith(".jar"))
        .toList();
  }

  private static List<String> jars(String... artifacts) {
    return Arrays.stream(artifacts).map(name -> name + "-" + Reactor.version() + ".jar").toList();
  }

  /** Nothing of Maven, and on Java 8 itself: twice the same application on a plain class path. */
  @EachJdk
  void a_legacy_application_runs_on_either_kind_of_jars(Jdk jdk) throws IOException {
    List<List<Path>> ways =
        List.of(
            List.of(Reactor.dropIn()), List.of(Reactor.api(), Reactor.loader(), Reactor.natives()));
    for (List<Path> jars : ways) {
      Path project = Lab.directory("legacy");
      Lab.copyTree(PROJECTS.resolve("legacy"), project);
      Path lib = Files.createDirectory(project.resolve("lib"));
      for (Path jar : jars) {
        Files.copy(jar, lib.resolve(jar.getFileName()));
      }
      Path javac = Path.of(System.getProperty("java.home"), "bin", "javac");
      Child.program("sh", project.resolve("compile").toString())
          .environment("JAVAC", javac.toString())
          .run()
          .expectExit(0);
      List<Path> classPath = new ArrayList<>(jars);
      classPath.add(project.resolve("classes"));
      Outcome outcome =
          Child.main(jdk, "legacy.Inventory", Jvm.on(classPath.toArray(Path[]::new)))
              .run()
              .expectExit(0)
              .expectQuiet();
      assertThat(outcome.out()).isEqualTo(Files.readString(project.resolve("expected.txt")));
    }
  }

  private static List<Path> build(String name) throws IOException {
    Path project = PROJECTS.resolve(name);
    Path classPath = project.resolve("target/class-path.txt");
    Child.program(
            Reactor.maven().toString(),
            "-B",
            "-ntp",
            "-gs",
            SETTINGS.toString(),
            "-Dmaven.repo.local=" + LOCAL,
            "-f",
            project.toString(),
            Reactor.plugin("maven-compiler-plugin") + ":compile",
            Reactor.plugin("maven-dependency-plugin") + ":build-classpath",
            "-Dmdep.outputFile=" + classPath)
        .environment("JAVA_HOME", System.getProperty("java.home"))
        .limit(Duration.ofMinutes(5))
        .run()
        .expectExit(0);
    String entries = Files.readString(classPath).strip() + ":" + project.resolve("target/classes");
    return Arrays.stream(entries.split(":", -1)).map(Path::of).toList();
  }

  private static void artifact(String name, String module, Path jar) throws IOException {
    Path directory =
        Files.createDirectories(
            LOCAL.resolve("dev/stowage").resolve(name).resolve(Reactor.version()));
    Files.copy(
        Reactor.file(module + "/.flattened-pom.xml"),
        directory.resolve(name + "-" + Reactor.version() + ".pom"),
        StandardCopyOption.REPLACE_EXISTING);
    if (jar != null) {
      Files.copy(jar, directory.resolve(jar.getFileName()));
    }
  }
}
