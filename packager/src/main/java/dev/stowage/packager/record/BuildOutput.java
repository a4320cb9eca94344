package dev.stowage.packager.record;

import dev.stowage.loader.platform.Target;
import dev.stowage.packager.project.Project;
import java.util.List;

/**
 * The built libraries of a project, which verify and package read.
 *
 * @param project the project
 * @param tree where its libraries are
 * @param version the version that they must have been built as
 * @param targets the targets that they must have been built for
 * @since 0.1.0
 */
public record BuildOutput(Project project, OutputTree tree, String version, List<Target> targets) {
  /** Copies the list. */
  public BuildOutput {
    targets = List.copyOf(targets);
  }
}
