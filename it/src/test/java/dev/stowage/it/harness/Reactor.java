package dev.stowage.it.harness;

import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import dev.stowage.testing.Jdk;
import dev.stowage.testing.Repository;
import dev.stowage.testing.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Paths of everything that the main build has built. The values come from this module's POM as
 * system properties.
 */
public final class Reactor {
  private Reactor() {}

  /** Directory of the root POM. */
  public static Path root() {
    return Repository.root();
  }

  /** The version of all modules. */
  public static String version() {
    return property("stowage.it.version");
  }

  /** The host's classifier, from os-maven-plugin. */
  public static String classifier() {
    return property("stowage.it.classifier");
  }

  /** The targets that this build was started with. */
  public static List<String> wanted() {
    String targets = System.getProperty("stowage.it.targets", "").strip();
    if (targets.isEmpty()) {
      return List.of(classifier());
    }
    return targets.equals("all")
        ? Targets.all().stream().map(Target::classifier).toList()
        : Arrays.stream(targets.split(",", -1)).map(String::strip).toList();
  }

  /** The SDK of a target, which must have been built. */
  public static Path sdk(String classifier) {
    return file(nativesOf(classifier).replace(".jar", "-sdk.zip"));
  }

  /** The Maven that runs this build. */
  public static Path maven() {
    return Path.of(property("stowage.it.maven"), "bin", "mvn");
  }

  /** The drop-in JAR. */
  public static Path dropIn() {
    return built("platform-jars/all", "stowage-wasm-all");
  }

  /** The API JAR with its pins. */
  public static Path api() {
    return built("jni-glue", "stowage-wasm");
  }

  /** The loader's JAR. */
  public static Path loader() {
    return built("loader", "stowage-loader");
  }

  /** The native libraries for this host. */
  public static Path natives() {
    return natives(classifier());
  }

  /** The native libraries for a target, which must have been built. */
  public static Path natives(String classifier) {
    return file(nativesOf(classifier));
  }

  /** The classifier of the native libraries that a JDK loads. */
  public static String classifier(Jdk jdk) {
    return jdk.isEmulated() ? jdk.platform() : classifier();
  }

  /** Skips the calling test if this build does not have that target, or fails it in CI. */
  public static void assumeBuilt(String classifier) {
    Requirement.TEST_RUNTIMES.assume(
        isBuilt(classifier), classifier + " was not built: add -Dstowage.targets=all");
  }

  /** Skips the calling test if the JDK or its native libraries are missing, or fails it in CI. */
  public static void assumeUsable(Jdk jdk) {
    jdk.assumeFound();
    assumeBuilt(classifier(jdk));
  }

  /** Whether this build has that target. */
  public static boolean isBuilt(String classifier) {
    return Files.exists(root().resolve(nativesOf(classifier)));
  }

  private static String nativesOf(String classifier) {
    return "jni-glue/target/stowage/jars/stowage-wasm-natives-"
        + version()
        + "-"
        + classifier
        + ".jar";
  }

  /** The classes of the scenarios, compiled for Java 8. */
  public static Path scenarios() {
    return root().resolve("it/target/classes");
  }

  /** A file below the root, which must exist. */
  public static Path file(String relative) {
    Path file = root().resolve(relative);
    if (!Files.exists(file)) {
      throw new IllegalStateException(file + " is missing; run `mvn verify` from the root");
    }
    return file;
  }

  /** The local Maven repository of this build. */
  public static Path repository() {
    return Path.of(property("stowage.it.repository"));
  }

  /** Coordinates of a Maven plugin in the version that the root POM pins. */
  public static String plugin(String artifact) {
    String pom = new String(bytes(file("pom.xml")), StandardCharsets.UTF_8);
    Matcher version =
        Pattern.compile("<artifactId>" + artifact + "</artifactId>\\s*<version>([^<]+)<")
            .matcher(pom);
    if (!version.find()) {
      throw new IllegalStateException("the root POM pins no version of " + artifact);
    }
    return "org.apache.maven.plugins:" + artifact + ":" + version.group(1);
  }

  private static Path built(String module, String artifact) {
    return file(module + "/target/" + artifact + "-" + version() + ".jar");
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalStateException("-D" + name + " is not set; it/pom.xml sets it for failsafe");
    }
    return value;
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
