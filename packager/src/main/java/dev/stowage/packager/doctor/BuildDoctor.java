package dev.stowage.packager.doctor;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.stowage.packager.project.Project;
import dev.stowage.packager.tool.ToolBox;
import dev.stowage.packager.toolchain.ToolRequirements;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What this machine can build.
 *
 * @param format 1
 * @param tools the JDK and the outside tools
 * @param targets every row of the targets table
 * @since 0.1.0
 */
@JsonPropertyOrder({"format", "ok"})
public record BuildDoctor(int format, List<Check> tools, List<Row> targets) {
  /** The format of the JSON. */
  public static final int FORMAT = 1;

  /**
   * One tool.
   *
   * @param name how messages call it
   * @param ready whether it can be used
   * @param needed whether what is asked for takes it
   * @param found version or state
   * @param fix how to get it, or null
   */
  public record Check(String name, boolean ready, boolean needed, String found, String fix) {
    /** One word, as the loader's doctor has it too: ok, error or skipped. */
    @JsonProperty
    public String status() {
      return ready ? "ok" : needed ? "error" : "skipped";
    }
  }

  /**
   * One row of the targets table.
   *
   * @param classifier which
   * @param needed whether it is asked for
   * @param local with this machine's own compilers; null for the rows of other machines
   * @param release for publication
   */
  public record Row(String classifier, boolean needed, Way local, Way release) {
    /** One word: ok when it can be built, in the way asked for. */
    @JsonProperty
    public String status() {
      boolean ready =
          needed
              ? (local == null || !local.needed() || local.ready())
                  && (!release.needed() || release.ready())
              : release.ready() || (local != null && local.ready());
      return ready ? "ok" : needed ? "error" : "skipped";
    }
  }

  /**
   * One way of building a row.
   *
   * @param ready whether all is there
   * @param needed whether it is asked for
   * @param missing what is not
   */
  public record Way(boolean ready, boolean needed, List<Gap> missing) {}

  /**
   * Something that is missing.
   *
   * @param name as in the list of tools
   * @param fix how to get it
   */
  public record Gap(String name, String fix) {}

  /**
   * Looks at this machine. Starts only the tools' version commands and writes nothing.
   *
   * @param tools lookup
   * @param project decides which languages are needed; null asks for all
   * @param directory where the tools are asked: tool chain files there count
   * @param rows classifiers of the release rows asked for; empty asks for this machine's row, local
   */
  public static BuildDoctor examine(
      ToolBox tools, Project project, Path directory, List<String> rows) {
    return new MachineCheck(tools, new ToolRequirements(project), directory, rows).report();
  }

  /** Whether everything that was asked for can be built. */
  @JsonProperty
  public boolean ok() {
    return targets.stream().noneMatch(row -> row.status().equals("error"));
  }

  /** The report for people: a line per tool with what to do below, then a line per row. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Check check : tools) {
      lines.add(BuildDoctorMessages.tool(check.status(), check.name(), check.found()));
      if (check.fix() != null) {
        lines.add(BuildDoctorMessages.fix(check.fix()));
      }
    }
    for (Row row : targets) {
      String local = row.local() == null ? null : BuildDoctorMessages.local(names(row.local()));
      String release = BuildDoctorMessages.release(names(row.release()));
      lines.add(BuildDoctorMessages.target(row.status(), row.classifier(), local, release));
    }
    return lines;
  }

  private static List<String> names(Way way) {
    return way.missing().stream().map(Gap::name).toList();
  }
}
