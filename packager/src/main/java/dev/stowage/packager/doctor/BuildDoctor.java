package dev.stowage.packager.doctor;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.stowage.loader.platform.Target;
import dev.stowage.packager.project.Project;
import dev.stowage.packager.tool.ToolBox;
import dev.stowage.packager.toolchain.ToolRequirements;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The report on the builds that this machine can run.
 *
 * @param format 1
 * @param tools the JDK and the outside tools
 * @param targets all targets, in the order of the targets table
 * @since 0.1.0
 */
@JsonPropertyOrder({"format", "ok"})
public record BuildDoctor(int format, List<Check> tools, List<TargetCheck> targets) {
  /** The format of the JSON. */
  public static final int FORMAT = 1;

  /**
   * One tool.
   *
   * @param name its name in messages
   * @param ready whether it can be used
   * @param needed whether the wanted build needs it
   * @param found version or state
   * @param fix how to get it, or null
   */
  public record Check(String name, boolean ready, boolean needed, String found, String fix) {
    /** One word, as in the loader doctor: ok, error or skipped. */
    @JsonProperty
    public String status() {
      return ready ? "ok" : needed ? "error" : "skipped";
    }
  }

  /**
   * One target.
   *
   * @param classifier its name
   * @param needed whether it is wanted
   * @param local the local build; null for targets of other machines
   * @param release the release build
   */
  public record TargetCheck(String classifier, boolean needed, Way local, Way release) {
    /** One word: ok if the wanted build for it is possible. */
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
   * One way to build for a target.
   *
   * @param ready whether nothing is missing
   * @param needed whether it is wanted
   * @param missing what is missing
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
   * Checks this machine. It runs only the version commands of tools and writes nothing.
   *
   * @param tools finds the tools
   * @param project the project, for the languages that are needed; null: all
   * @param directory where the version commands run; toolchain files there select versions
   * @param targets targets of the wanted release build; empty: a local build for this machine
   */
  public static BuildDoctor examine(
      ToolBox tools, Project project, Path directory, List<Target> targets) {
    return new MachineCheck(tools, new ToolRequirements(project), directory, targets).report();
  }

  /** Whether everything that is wanted can be built. */
  @JsonProperty
  public boolean ok() {
    return targets.stream().noneMatch(target -> target.status().equals("error"));
  }

  /** The report for people: a line per tool with its fix, then a line per target. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Check check : tools) {
      lines.add(BuildDoctorMessages.tool(check.status(), check.name(), check.found()));
      if (check.fix() != null) {
        lines.add(BuildDoctorMessages.fix(check.fix()));
      }
    }
    for (TargetCheck target : targets) {
      String local =
          target.local() == null ? null : BuildDoctorMessages.local(names(target.local()));
      String release = BuildDoctorMessages.release(names(target.release()));
      lines.add(BuildDoctorMessages.target(target.status(), target.classifier(), local, release));
    }
    return lines;
  }

  private static List<String> names(Way way) {
    return way.missing().stream().map(Gap::name).toList();
  }
}
