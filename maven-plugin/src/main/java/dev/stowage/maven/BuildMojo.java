package dev.stowage.maven;

import dev.stowage.packager.Packager;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Compiles the cores and shims that are not up to date.
 *
 * @since 0.1.0
 */
@Mojo(name = "build", defaultPhase = LifecyclePhase.PROCESS_CLASSES, threadSafe = true)
public final class BuildMojo extends AbstractStowageMojo {
  /**
   * Skips this goal.
   *
   * @since 0.1.0
   */
  @Parameter(property = "stowage.build.skip", defaultValue = "false")
  private boolean skipBuild;

  @Override
  String goal() {
    return "build";
  }

  @Override
  boolean skipped() {
    return skipBuild;
  }

  @Override
  void run(Packager packager) {
    packager.build();
  }
}
