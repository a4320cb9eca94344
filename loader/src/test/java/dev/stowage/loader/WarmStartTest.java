package dev.stowage.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.loader.child.SampleLibrary;
import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.Jdk;
import dev.stowage.testing.Sandbox;
import dev.stowage.testing.SharedFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The classes that a warm start loads, on every JDK. Loading classes takes most of its time, and
 * classes can be counted without noise: each one from a JAR, and each one of the JDK outside its
 * class data archive, costs up to a millisecond.
 */
class WarmStartTest {
  private static final Pattern LOADED =
      Pattern.compile("\\[class,load *\\] ([\\w.$]+) source: (file|jrt):");

  private static final Set<String> ALLOWED =
      Set.of(
          "dev.stowage.loader.NativeLibrary",
          "dev.stowage.loader.PinnedBinding",
          "dev.stowage.loader.platform.Detector",
          "fake.api.FakeNative",
          "fake.api.StowagePins");

  @TempDir static Path shared;
  @TempDir Path home;
  private static SampleLibrary fake;
  private static Path loader;

  @BeforeAll
  static void build() throws Exception {
    fake = SampleLibrary.create(shared.resolve("fake"));
    fake.compile("go");
    fake.pin("go");
    fake.apiJar("fake.api");
    fake.classifierJar();
    loader = shared.resolve("loader.jar");
    SampleLibrary.zip(loader, Path.of("target/classes"), "");
    SharedFiles.share(shared);
  }

  /**
   * As an ordinary user: root can change any file, so for a cache outside its home it needs more
   * checks.
   */
  private ChildJvm child() {
    return child(SampleLibrary.LOADER);
  }

  private ChildJvm child(Path ours) {
    return SampleLibrary.loaderChild(home, ours, fake.api(), fake.classifier())
        .in(Sandbox.unprivileged());
  }

  static List<Jdk> jdks() {
    return Jdk.from(9);
  }

  /**
   * Classes from JARs, directories and the jrt image that are loaded during the first call of the
   * API.
   */
  private Set<String> loaded(Jdk jdk, String binding, Map<String, String> environment)
      throws Exception {
    child().jdk(jdk).main("fake.api.App", binding).run().onlyResult();
    ChildJvm warm =
        child(loader)
            .jdk(jdk)
            .option("-Xlog:class+load", "--enable-native-access=ALL-UNNAMED")
            .main("fake.api.App", binding);
    environment.forEach(warm::environment);
    String output = warm.run().output();
    assertThat(output).contains(" fake.api.App source: ", "RESULT ok use 1 1");
    int from = output.indexOf(" fake.api.App source: ");
    Matcher line = LOADED.matcher(output.substring(from, output.indexOf("RESULT")));
    Set<String> classes = new TreeSet<>();
    while (line.find()) {
      classes.add(line.group(1));
    }
    return classes;
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void threeClassesOfOursAndNoneOutsideTheArchive(Jdk jdk) throws Exception {
    for (String binding : List.of("rust", "go")) {
      assertThat(loaded(jdk, binding, Map.of()))
          .as(binding)
          .containsExactlyInAnyOrderElementsOf(ALLOWED);
    }
  }

  /** The control: an unwanted class is noticed. */
  @ParameterizedTest
  @MethodSource("jdks")
  void theEnvironmentIsAskedWhenItHasAVariableOfOurs(Jdk jdk) throws Exception {
    String cache = home.resolve("other").toString();
    loaded(jdk, "rust", Map.of("XDG_CACHE_HOME", cache));
    assertThat(home.resolve("other/stowage")).isDirectory();
    assertThat(loaded(jdk, "rust", Map.of("XDG_CACHE_HOME", cache)))
        .containsAll(ALLOWED)
        .contains("java.lang.ProcessEnvironment")
        .noneMatch(name -> name.endsWith("LoadSteps"));
  }
}
