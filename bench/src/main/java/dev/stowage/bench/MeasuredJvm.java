package dev.stowage.bench;

import dev.stowage.testing.Jdk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JDK whose JVMs are measured: they are started without anything between. */
record MeasuredJvm(Jdk jdk) {

  /** The homes given, or the one of this JVM when there are none. */
  static List<MeasuredJvm> of(List<String> homes) {
    return homes.isEmpty()
        ? List.of(new MeasuredJvm(Jdk.current()))
        : homes.stream().map(home -> new MeasuredJvm(Jdk.in(Path.of(home)))).toList();
  }

  /** The JDK as the tables call it. */
  String name() {
    return "JDK " + jdk.version();
  }

  /** The one that runs this, as the tables call it. */
  static String running() {
    return new MeasuredJvm(Jdk.current()).name();
  }

  /** Runs a program to its end and returns its output. */
  String run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + "\n" + output);
    }
    return output;
  }
}
