package dev.stowage.packager.cli;

import dev.stowage.packager.model.Json;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Writes reports to standard output. */
final class Output {
  private Output() {}

  static void json(CommandSpec spec, Object report) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(new String(Json.indented(report), StandardCharsets.UTF_8));
    out.flush();
  }

  static void lines(CommandSpec spec, List<String> lines) {
    PrintWriter out = spec.commandLine().getOut();
    lines.forEach(out::println);
    out.flush();
  }
}
