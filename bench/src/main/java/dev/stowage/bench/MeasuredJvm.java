package dev.stowage.bench;

import dev.stowage.testing.Jdk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JDK whose JVMs are measured. They are started directly, without a shell or another program. */
record MeasuredJvm(Jdk jdk) {

  /** The given homes, or the one of this JVM if none are given. */
  static List<MeasuredJvm> of(List<String> homes) {
    return homes.isEmpty()
        ? List.of(new MeasuredJvm(Jdk.current()))
        : homes.stream().map(home -> new MeasuredJvm(Jdk.in(Path.of(home)))).toList();
  }

  /** The name of the JDK in the tables. */
  String name() {
    return "JDK " + jdk.version();
  }

  /** The name of the running JDK in the tables. */
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
