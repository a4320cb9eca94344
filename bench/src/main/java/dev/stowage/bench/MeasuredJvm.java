package dev.stowage.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Java run time to measure on. */
record Jdk(String name, Path java) {

  /** The homes given, or JAVA_HOME of this JVM when there are none. */
  static List<Jdk> of(List<String> homes) throws IOException {
    List<Jdk> found = new ArrayList<>();
    for (String home : homes.isEmpty() ? List.of(System.getProperty("java.home")) : homes) {
      Path java = Path.of(home, "bin", "java");
      found.add(new Jdk(version(Path.of(home)), java));
    }
    return found;
  }

  /** Runs a program to its end and returns its standard output. */
  String run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + "\n" + output);
    }
    return output;
  }

  /** The one that runs this, as the tables call it. */
  static String running() throws IOException {
    return version(Path.of(System.getProperty("java.home")));
  }

  private static String version(Path home) throws IOException {
    try (Stream<String> lines = Files.lines(home.resolve("release"))) {
      return lines
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> "JDK " + line.substring(14).replace("\"", ""))
          .collect(Collectors.joining());
    }
  }
}
