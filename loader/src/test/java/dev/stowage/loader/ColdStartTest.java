package dev.stowage.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.loader.child.ChildUser;
import dev.stowage.loader.child.SampleLibrary;
import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.Jdk;
import dev.stowage.testing.SharedFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The classes that a cold start may load on every JDK found, as in {@link WarmStartTest}, and the
 * directories that it makes under any umask.
 */
@ParameterizedClass
@EnumSource
class ColdStartTest {
  private static final Pattern LOADED =
      Pattern.compile("\\[class,load *\\] ([\\w.$]+) source: (file|jrt):");

  private static final Set<String> OURS =
      Set.of(
          "dev.stowage.loader.CacheRoot",
          "dev.stowage.loader.LoadSteps",
          "dev.stowage.loader.Extraction",
          "dev.stowage.loader.FileOwnership",
          "dev.stowage.loader.LoadLog",
          "dev.stowage.loader.NativeLibrary",
          "dev.stowage.loader.NativesLocation",
          "dev.stowage.loader.PinnedBinding",
          "dev.stowage.loader.StagingDirectory",
          "dev.stowage.loader.platform.Detector",
          "fake.api.FakeNative",
          "fake.api.StowagePins");

  /**
   * Of the JDK's classes those that its archive may lack: the attributes of files, which no cheaper
   * class has, and what a stream needs to be closed.
   */
  private static final Set<String> OF_THE_JDK =
      Set.of(
          "java.io.FileOutputStream$1",
          "java.io.IOException",
          "java.nio.file.AccessMode",
          "java.nio.file.attribute.FileOwnerAttributeView",
          "java.nio.file.attribute.PosixFileAttributeView",
          "sun.nio.fs.AbstractBasicFileAttributeView$AttributesBuilder",
          "sun.nio.fs.UnixFileAttributeViews$Posix",
          "sun.nio.fs.UnixFileAttributeViews$Unix",
          "sun.nio.fs.UnixFileSystemProvider$3");

  @Parameter ChildUser user;
  @TempDir static Path shared;
  @TempDir Path home;
  private static SampleLibrary fake;
  private static Path loader;
  private static Path natives;

  @BeforeAll
  static void build() throws Exception {
    fake = SampleLibrary.create(shared.resolve("fake"));
    loader = shared.resolve("loader.jar");
    SampleLibrary.zip(loader, Path.of("target/classes"), "");
    natives = shared.resolve("fake-natives-1.0-" + SampleLibrary.CLASSIFIER + ".jar");
    Files.copy(fake.classifier(), natives);
    SharedFiles.share(shared);
  }

  static List<Jdk> jdks() {
    return Jdk.from(9);
  }

  private ChildJvm child(Path jar) {
    return user.runs(SampleLibrary.loaderChild(home, loader, fake.api(), jar));
  }

  private Set<String> loaded(ChildJvm child, Jdk jdk) throws Exception {
    child.jdk(jdk).option("-Xlog:class+load", "--enable-native-access=ALL-UNNAMED");
    String output = child.run().output();
    assertThat(output).contains(" fake.api.App source: ", "RESULT ok use 1 1");
    int from = output.indexOf(" fake.api.App source: ");
    Matcher line = LOADED.matcher(output.substring(from, output.indexOf("RESULT")));
    Set<String> classes = new TreeSet<>();
    while (line.find()) {
      classes.add(line.group(1));
    }
    return classes;
  }

  private static Set<String> ofTheJdk(Set<String> classes) {
    return classes.stream()
        .filter(name -> !name.startsWith("dev.stowage.") && !name.startsWith("fake."))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void fewClassesOfOursAndOfTheJdk(Jdk jdk) throws Exception {
    Set<String> classes = loaded(child(natives), jdk);
    assertThat(OF_THE_JDK).containsAll(ofTheJdk(classes));
    classes.removeAll(OF_THE_JDK);
    assertThat(classes).containsExactlyInAnyOrderElementsOf(OURS);
  }

  /** The control: what texts and other places need is seen when it is loaded. */
  @ParameterizedTest
  @MethodSource("jdks")
  void textsAndOtherPlacesCostMore(Jdk jdk) throws Exception {
    ChildJvm child = child(fake.classifier()).option("-Dstowage.debug=true");
    Set<String> classes = loaded(child, jdk);
    assertThat(classes).containsAll(OURS).contains("dev.stowage.loader.LoaderMessages");
    assertThat(ofTheJdk(classes)).anyMatch(name -> !OF_THE_JDK.contains(name));
  }

  private static int mode(Path path) throws Exception {
    return (Integer) Files.getAttribute(path, "unix:mode") & 07777;
  }

  /** Under some umasks others can write to a new directory until its mode is set. */
  @Test
  void everyUmaskGivesPrivateDirectories() throws Exception {
    for (String umask : List.of("0", "022", "027", "077", "002")) {
      Path cache = home.resolve("cache" + umask);
      ChildJvm child = child(natives).cache(cache.resolve("deep"));
      user.sandbox().own(home);
      child.under("sh", "-c", "umask " + umask + "; exec \"$@\"", "sh");
      assertThat(child.option("-Dstowage.debug=true").run().output())
          .doesNotContain("skipped")
          .contains("RESULT ok use 1 1");
      Path base = cache.resolve("deep/stowage");
      Path entry = base.resolve(fake.content("rust"));
      for (Path path : List.of(cache, cache.resolve("deep"), base)) {
        assertThat(mode(path)).as(umask + " " + path).isEqualTo(0700);
      }
      assertThat(mode(entry)).isEqualTo(0500);
      assertThat(mode(entry.resolve(fake.core("rust").getFileName()))).isEqualTo(0500);
    }
  }

  @Test
  void anUmaskIsPrivateWhenItKeepsGroupAndOthersFromWriting() {
    assertThat(StagingDirectory.isPrivate("Name:\tjava\nUmask:\t0022\nState:\tS\n")).isTrue();
    assertThat(StagingDirectory.isPrivate("Name:\tjava\nUmask:\t0077\nState:\tS\n")).isTrue();
    for (String umask : List.of("0000", "0002", "0020", "0755")) {
      String status = "Name:\tjava\nUmask:\t" + umask + "\nState:\tS\n";
      assertThat(StagingDirectory.isPrivate(status)).as(umask).isFalse();
    }
    for (String status :
        List.of("", "Name:\tjava\n", "Name:\tjava\nUmask:\t\n", "\nUmask:\t0022")) {
      assertThat(StagingDirectory.isPrivate(status)).as(status).isFalse();
    }
  }
}
