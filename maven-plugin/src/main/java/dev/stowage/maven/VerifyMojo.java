package dev.stowage.maven;

import dev.stowage.packager.Packager;
import dev.stowage.packager.verify.VerifyReport;
import java.util.List;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Checks every library: machine, exports, needed libraries, search path, contract.
 *
 * @since 0.1.0
 */
@Mojo(name = "verify", defaultPhase = LifecyclePhase.PROCESS_CLASSES, threadSafe = true)
public final class VerifyMojo extends AbstractStowageMojo {
  /**
   * Skips this goal.
   *
   * @since 0.1.0
   */
  @Parameter(property = "stowage.verify.skip", defaultValue = "false")
  private boolean skipVerify;

  @Override
  String goal() {
    return "verify";
  }

  @Override
  boolean skipped() {
    return skipVerify;
  }

  @Override
  void run(Packager packager) {
    List<VerifyReport> reports = packager.verify(severities());
    VerifyReport.requirePassed(reports);
  }
}
