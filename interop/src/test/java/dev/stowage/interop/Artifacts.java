package dev.stowage.interop;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The JARs on the test class path, by artifact, so that each child JVM gets its own selection. */
final class Artifacts {
  static final List<String> API = List.of("stowage-wasm", "stowage-loader");
  static final List<String> JAVACPP = List.of("javacpp");
  static final List<String> NATIVE_LIB_LOADER =
      List.of("native-lib-loader", "slf4j-api", "slf4j-nop");

  private Artifacts() {}

  /** This module's test classes. */
  static Path tests() {
    return Path.of("target/test-classes").toAbsolutePath();
  }

  /** The JAR of an artifact without classifier; for {@code stowage-wasm-natives} the only one. */
  static Path jar(String artifact) {
    List<Path> found = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      String name = path.getFileName().toString();
      String classifier = artifact.endsWith("-natives") ? "-.*" : "";
      if (name.matches(artifact + "-[0-9.]+" + classifier + "\\.jar")) {
        found.add(path);
      }
    }
    if (found.size() != 1) {
      throw new AssertionError(artifact + ": " + found + "; run mvn verify from the root");
    }
    return found.get(0);
  }

  /** The JARs of several artifacts. */
  static List<Path> jars(List<String> artifacts) {
    return artifacts.stream().map(Artifacts::jar).toList();
  }

  /** JavaCPP's own native libraries, by classifier. */
  static List<Path> javacppNatives() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(Path::of)
        .filter(path -> path.getFileName().toString().matches("javacpp-[0-9.]+-.*\\.jar"))
        .toList();
  }
}
