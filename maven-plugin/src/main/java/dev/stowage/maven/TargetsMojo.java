package dev.stowage.maven;

import dev.stowage.packager.Packager;
import dev.stowage.packager.doctor.TargetTable;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Prints the targets table.
 *
 * @since 0.1.0
 */
@Mojo(name = "targets", requiresProject = false, threadSafe = true)
public final class TargetsMojo extends AbstractStowageMojo {
  /**
   * Skips this goal.
   *
   * @since 0.1.0
   */
  @Parameter(property = "stowage.targets.skip", defaultValue = "false")
  private boolean skipTargets;

  @Override
  String goal() {
    return "targets";
  }

  @Override
  boolean skipped() {
    return skipTargets;
  }

  @Override
  void run(Packager packager) {
    TargetTable.read().lines().forEach(getLog()::info);
  }
}
