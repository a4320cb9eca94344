package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.harness.Child;
import dev.stowage.it.harness.EachJdk;
import dev.stowage.it.harness.Jdk;
import dev.stowage.it.harness.Jvm;
import dev.stowage.it.harness.Lab;
import dev.stowage.it.harness.Outcome;
import dev.stowage.it.harness.Reactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;

/**
 * The examples are projects of their own: a real Maven builds them from what we would publish, POMs
 * included, and they print what the README says they print.
 */
class ExamplesIT {
  private static final Path PROJECTS = Lab.directory("examples");
  private static final Path LOCAL = Lab.directory("local-repository");
  private static final Path SETTINGS = PROJECTS.resolve("settings.xml");
  private static final List<Jvm> BUILT = new ArrayList<>();

  /**
   * Our artifacts as an install would leave them; everything else comes from this build's own local
   * repository.
   */
  @BeforeAll
  static void publishAndBuild() throws IOException {
    Lab.copyTree(Reactor.root().resolve("it/examples"), PROJECTS);
    artifact("stowage-loader", "loader", Reactor.loader());
    artifact("stowage-wasm", "jni-glue", Reactor.api());
    artifact("stowage-wasm-natives", "platform-jars/natives", Reactor.natives());
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
    BUILT.add(build("hello"));
    BUILT.add(build("hello-classifier"));
  }

  @EachJdk
  void examples_print_what_they_promise(Jdk jdk) throws IOException {
    String expected = Files.readString(PROJECTS.resolve("hello/expected.txt"));
    for (Jvm example : BUILT) {
      Outcome outcome = Child.main(jdk, "Hello", example).run().expectExit(0).expectQuiet();
      assertThat(outcome.out()).isEqualTo(expected);
    }
  }

  private static Jvm build(String name) throws IOException {
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
    return Jvm.on(Arrays.stream(entries.split(":", -1)).map(Path::of).toArray(Path[]::new));
  }

  private static void artifact(String name, String module, Path jar) throws IOException {
    Path directory =
        Files.createDirectories(
            LOCAL.resolve("dev/stowage").resolve(name).resolve(Reactor.version()));
    Files.copy(
        Reactor.file(module + "/.flattened-pom.xml"),
        directory.resolve(name + "-" + Reactor.version() + ".pom"));
    Files.copy(jar, directory.resolve(jar.getFileName()));
  }
}
