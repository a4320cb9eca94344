package dev.stowage.maven;

import dev.stowage.packager.Packager;
import dev.stowage.packager.doctor.BuildDoctor;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Prints which tools are installed, which targets they can build, and how to install the others.
 * Fails if a needed tool is missing.
 *
 * @since 0.1.0
 */
@Mojo(name = "doctor", requiresProject = false, threadSafe = true)
public final class DoctorMojo extends AbstractStowageMojo {
  /**
   * Skips this goal.
   *
   * @since 0.1.0
   */
  @Parameter(property = "stowage.doctor.skip", defaultValue = "false")
  private boolean skipDoctor;

  @Override
  String goal() {
    return "doctor";
  }

  @Override
  boolean skipped() {
    return skipDoctor;
  }

  @Override
  void run(Packager packager) throws MojoExecutionException {
    BuildDoctor doctor = packager.doctor();
    doctor.lines().forEach(getLog()::info);
    if (!doctor.ok()) {
      throw new MojoExecutionException(MojoMessages.doctorFailed());
    }
  }
}
