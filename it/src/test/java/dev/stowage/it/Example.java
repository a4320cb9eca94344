package dev.stowage.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An example project: a folder with a file expected.txt, and with a script or a POM to run.
 * examples/README.md describes the convention.
 *
 * @param name its path below the folder of all examples
 */
record Example(String name, Path folder) {
  private static final String EXPECTED = "expected.txt";
  private static final Pattern MAIN_CLASS =
      Pattern.compile("<exec\\.mainClass>([^<]+)</exec\\.mainClass>");

  /** All examples below a folder, sorted by name. */
  static List<Example> below(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      List<Example> examples =
          files
              .filter(file -> file.endsWith(EXPECTED))
              .map(Path::getParent)
              .map(folder -> new Example(root.relativize(folder).toString(), folder))
              .sorted((a, b) -> a.name.compareTo(b.name))
              .toList();
      if (examples.isEmpty()) {
        throw new IllegalStateException(root + " has no folder with a file " + EXPECTED);
      }
      for (Example example : examples) {
        if (!example.isScript() && !example.isMaven()) {
          throw new IllegalStateException(
              example.name
                  + " has a file "
                  + EXPECTED
                  + ", but neither a script run nor a pom.xml");
        }
      }
      return examples;
    }
  }

  /** Whether it is run by a script, which has priority over a POM. */
  boolean isScript() {
    return Files.exists(folder.resolve("run"));
  }

  /** Whether it is built by Maven and its main class is run. */
  boolean isMaven() {
    return !isScript() && Files.exists(folder.resolve("pom.xml"));
  }

  /** The main class of a Maven project. */
  String mainClass() throws IOException {
    Matcher property = MAIN_CLASS.matcher(Files.readString(folder.resolve("pom.xml")));
    if (!property.find()) {
      throw new IllegalStateException(name + "/pom.xml has no property exec.mainClass");
    }
    return property.group(1);
  }

  /** Its expected output. */
  String expected() throws IOException {
    return Files.readString(folder.resolve(EXPECTED));
  }

  @Override
  public String toString() {
    return name;
  }
}
