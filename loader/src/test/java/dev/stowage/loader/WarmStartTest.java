package dev.stowage.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.loader.child.Child;
import dev.stowage.loader.child.Fake;
import dev.stowage.loader.child.Jdks;
import dev.stowage.loader.child.Privilege;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a warm start may load, on every JDK found. Time is measured elsewhere; classes are what it
 * is spent on, and they can be counted without noise: each from a JAR, and each of the JDK's that
 * is not in its class data archive, costs up to a millisecond.
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
  private static Fake fake;
  private static Path loader;

  @BeforeAll
  static void build() throws Exception {
    fake = Fake.create(shared.resolve("fake"));
    fake.compile("go");
    fake.pin("go");
    fake.apiJar("fake.api");
    fake.classifierJar();
    loader = shared.resolve("loader.jar");
    Fake.zip(loader, Path.of("target/classes"), "");
    Privilege.open(shared);
  }

  /**
   * An ordinary user's: root, who may change any file, asks more of a cache outside of its home.
   */
  private Child child() throws Exception {
    Child child = Child.of(fake, home);
    return Privilege.IS_ROOT ? Privilege.asUser(child, home) : child;
  }

  static Stream<String> jdks() {
    return Jdks.all().stream().filter(home -> Jdks.feature(Path.of(home)) >= 9);
  }

  /** Classes from JARs, directories and the jrt image between the touch of the API and its end. */
  private Set<String> loaded(String jdk, String binding, Map<String, String> environment)
      throws Exception {
    child().java(jdk).main("fake.api.App", binding).run().result();
    Child warm =
        child()
            .java(jdk)
            .loader(loader)
            .option("-Xlog:class+load", "--enable-native-access=ALL-UNNAMED")
            .main("fake.api.App", binding);
    environment.forEach(warm::environment);
    String output = warm.run().output();
    assertThat(output).contains(" fake.api.App source: ", "RESULT 1 1");
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
  void threeClassesOfOursAndNoneOutsideTheArchive(String jdk) throws Exception {
    for (String binding : List.of("rust", "go")) {
      assertThat(loaded(jdk, binding, Map.of()))
          .as(binding)
          .containsExactlyInAnyOrderElementsOf(ALLOWED);
    }
  }

  /** The control: what is to be avoided is seen when it happens. */
  @ParameterizedTest
  @MethodSource("jdks")
  void theEnvironmentIsAskedWhenItHasAVariableOfOurs(String jdk) throws Exception {
    String cache = home.resolve("other").toString();
    loaded(jdk, "rust", Map.of("XDG_CACHE_HOME", cache));
    assertThat(home.resolve("other/stowage")).isDirectory();
    assertThat(loaded(jdk, "rust", Map.of("XDG_CACHE_HOME", cache)))
        .containsAll(ALLOWED)
        .contains("java.lang.ProcessEnvironment")
        .noneMatch(name -> name.endsWith("ColdStart"));
  }
}
