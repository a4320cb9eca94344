package dev.stowage.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the reactor put what it built. The values come from this module's POM as system properties.
 */
public final class Reactor {
  private Reactor() {}

  /** Directory of the root POM. */
  public static Path root() {
    return Path.of(property("stowage.it.root")).normalize();
  }

  /** The one version number. */
  public static String version() {
    return property("stowage.it.version");
  }

  /** The host's classifier, from os-maven-plugin. */
  public static String classifier() {
    return property("stowage.it.classifier");
  }

  /** The Maven that runs this build. */
  public static Path maven() {
    return Path.of(property("stowage.it.maven"), "bin", "mvn");
  }

  /** The drop-in JAR. */
  public static Path dropIn() {
    return built("platform-jars/all", "stowage-wasm-all", "");
  }

  /** The API JAR with its pins. */
  public static Path api() {
    return built("jni-glue", "stowage-wasm", "");
  }

  /** The loader's JAR. */
  public static Path loader() {
    return built("loader", "stowage-loader", "");
  }

  /** The natives of this host. */
  public static Path natives() {
    return built("platform-jars/natives", "stowage-wasm-natives", "-" + classifier());
  }

  /** The classes of the scenarios, compiled for Java 8. */
  public static Path scenarios() {
    return root().resolve("it/target/classes");
  }

  /** A file below the root that must be there. */
  public static Path file(String relative) {
    Path file = root().resolve(relative);
    if (!Files.exists(file)) {
      throw new IllegalStateException(file + " is missing; run `mvn verify` from the root");
    }
    return file;
  }

  private static Path built(String module, String artifact, String classifier) {
    return file(module + "/target/" + artifact + "-" + version() + classifier + ".jar");
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
