package dev.stowage.maven;

import dev.stowage.packager.Packager;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Writes the contract header of each binding from the compiled classes.
 *
 * @since 0.1.0
 */
@Mojo(name = "jni", defaultPhase = LifecyclePhase.PROCESS_CLASSES, threadSafe = true)
public final class JniMojo extends AbstractStowageMojo {
  /**
   * Skips this goal.
   *
   * @since 0.1.0
   */
  @Parameter(property = "stowage.jni.skip", defaultValue = "false")
  private boolean skipJni;

  @Override
  String goal() {
    return "jni";
  }

  @Override
  boolean skipped() {
    return skipJni;
  }

  @Override
  void run(Packager packager) {
    packager.jni();
  }
}
