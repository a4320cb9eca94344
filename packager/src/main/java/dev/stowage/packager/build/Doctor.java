package dev.stowage.packager.build;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.stowage.loader.target.Target;
import dev.stowage.loader.target.Targets;
import dev.stowage.packager.message.CliMessages;
import dev.stowage.packager.message.PackagerException;
import dev.stowage.packager.model.Core;
import dev.stowage.packager.model.Language;
import dev.stowage.packager.model.Project;
import dev.stowage.packager.model.Unit;
import dev.stowage.packager.tool.Command;
import dev.stowage.packager.tool.Tool;
import dev.stowage.packager.tool.ToolBox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What this machine can build.
 *
 * @param format 1
 * @param tools the JDK and the outside tools
 * @param targets every row of the targets table
 * @since 0.1.0
 */
@JsonPropertyOrder({"format", "ok"})
public record Doctor(int format, List<Check> tools, List<Check> targets) {
  /** The format of the JSON. */
  public static final int FORMAT = 1;

  /**
   * One line of the report.
   *
   * @param name tool or classifier
   * @param ready whether it can be used
   * @param needed whether the report fails without it
   * @param found version or state
   * @param fix what to do, or null
   */
  public record Check(String name, boolean ready, boolean needed, String found, String fix) {
    /** One word, as the loader's doctor has it too: ok, error or skipped. */
    @JsonProperty
    public String status() {
      return ready ? "ok" : needed ? "error" : "skipped";
    }
  }

  /**
   * Looks at this machine. Starts only the tools' version commands.
   *
   * @param tools lookup
   * @param project decides which languages are needed; null asks for all
   * @param directory where the tools are asked: tool chain files there count
   */
  public static Doctor examine(ToolBox tools, Project project, Path directory) {
    List<Check> checks = new ArrayList<>(List.of(jdk()));
    for (Tool tool : List.of(Tool.CC, Tool.CARGO, Tool.RUSTC, Tool.GO)) {
      checks.add(check(tools, tool, project, directory));
    }
    boolean ready = checks.stream().allMatch(check -> check.ready() || !check.needed());
    String host = Builder.host();
    List<Check> rows = new ArrayList<>();
    for (Target target : Targets.all()) {
      boolean here = target.classifier().equals(host);
      String found = here ? (ready ? CliMessages.ready() : CliMessages.blocked()) : null;
      rows.add(
          new Check(
              target.classifier(),
              here && ready,
              here,
              found == null ? CliMessages.elsewhere() : found,
              null));
    }
    return new Doctor(FORMAT, checks, rows);
  }

  /** Whether everything needed is there. */
  @JsonProperty
  public boolean ok() {
    return tools.stream().allMatch(check -> check.ready() || !check.needed());
  }

  /** The report for people, one line per check. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Check check : tools) {
      lines.add(CliMessages.tool(check.status(), check.name(), check.found()));
      if (check.needed() && check.fix() != null) {
        lines.add(CliMessages.fix(check.fix()));
      }
    }
    for (Check check : targets) {
      lines.add(CliMessages.target(check.status(), check.name(), check.found()));
    }
    return lines;
  }

  private static Check jdk() {
    String version = System.getProperty("java.version") + " " + System.getProperty("java.vendor");
    boolean headers = Files.isRegularFile(Jdk.home().resolve("include").resolve("jni.h"));
    return headers
        ? new Check("JDK", true, true, version, null)
        : new Check(
            "JDK", false, true, CliMessages.jdkWithoutHeaders(version), CliMessages.installJdk());
  }

  private static Language language(Tool tool) {
    return switch (tool) {
      case CC, ZIG, CARGO_ZIGBUILD, OBJCOPY, DSYMUTIL, RCODESIGN -> null;
      case CARGO, RUSTC -> Language.RUST;
      case GO -> Language.GO;
    };
  }

  /** The cores of a project that a tool builds. */
  private static List<Core> cores(Tool tool, Project project) {
    return project == null
        ? List.of()
        : project.units().stream()
            .map(Unit::core)
            .filter(core -> core.language() == language(tool))
            .toList();
  }

  private static Check check(ToolBox tools, Tool tool, Project project, Path directory) {
    List<Core> cores = cores(tool, project);
    boolean needed = language(tool) == null || project == null || !cores.isEmpty();
    String wanted = cores.isEmpty() ? null : Wanted.of(cores.get(0));
    Optional<ToolBox.Found> found = tools.find(tool);
    if (found.isEmpty()) {
      return new Check(
          tool.title(), false, needed, CliMessages.notFound(needed), tool.install(wanted));
    }
    List<String> line = found.get().line();
    line.add(tool.versionArgument());
    try {
      Command.Outcome outcome = new Command(line, directory, tools.environment()).run();
      String text = (outcome.succeeded() ? outcome.out() : outcome.err()).strip();
      String fix = outcome.succeeded() ? null : tool.install(wanted);
      return new Check(
          tool.title(), outcome.succeeded(), needed, tool.version(firstLine(text)), fix);
    } catch (PackagerException e) {
      return new Check(
          tool.title(), false, needed, firstLine(e.getMessage()), tool.install(wanted));
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
