package dev.stowage.packager.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An installed JDK.
 *
 * @param feature 17, 25 ...
 * @param home its directory
 */
public record Jdk(int feature, Path home) {
  private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

  /** The JDK that runs the tests. */
  public static Jdk current() {
    return new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
  }

  /** The current JDK and its siblings of Java 17 and later, one per feature release. */
  public static List<Jdk> all() {
    TreeMap<Integer, Jdk> found = new TreeMap<>();
    try (Stream<Path> siblings = Files.list(current().home().toRealPath().getParent())) {
      siblings.sorted().forEach(home -> add(found, home));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.put(current().feature(), current());
    return found.values().stream().filter(jdk -> jdk.feature() >= 17).toList();
  }

  /** The program of this JDK. */
  public String java() {
    return home.resolve("bin/java").toString();
  }

  /** Compiler options that find {@code jni.h}. */
  public List<String> includes() {
    return List.of("-I" + home.resolve("include"), "-I" + home.resolve("include/linux"));
  }

  @Override
  public String toString() {
    return "JDK " + feature;
  }

  private static void add(TreeMap<Integer, Jdk> found, Path home) {
    Path release = home.resolve("release");
    if (!Files.isRegularFile(release) || !Files.isExecutable(home.resolve("bin/java"))) {
      return;
    }
    try {
      Matcher version = VERSION.matcher(Files.readString(release));
      if (version.find()) {
        int feature = Integer.parseInt(version.group(1));
        found.putIfAbsent(feature, new Jdk(feature, home));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
