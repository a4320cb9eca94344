package dev.stowage.maven;

import dev.stowage.packager.Packager;
import java.io.File;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.MavenProjectHelper;

/**
 * Writes the pins class into the module's classes, and packs and attaches the classifier JARs, or
 * writes their content into a directory for a drop-in JAR.
 *
 * @since 0.1.0
 */
@Mojo(name = "package", defaultPhase = LifecyclePhase.PROCESS_CLASSES, threadSafe = true)
public final class PackageMojo extends AbstractStowageMojo {
  /** The oldest time a ZIP entry can have, plus the day that time zones need. */
  private static final String EPOCH = "1980-01-02T00:00:00Z";

  /**
   * Whether to write the waybills and the class {@code StowagePins}.
   *
   * @since 0.1.0
   */
  @Parameter(property = "stowage.pins", defaultValue = "true")
  private boolean pins;

  /**
   * Whether to pack the classifier JARs and attach them to the project, whose group and artifact id
   * must be those of {@code artifact} in the project file.
   *
   * @since 0.1.0
   */
  @Parameter(property = "stowage.jars", defaultValue = "true")
  private boolean jars;

  /**
   * Whether to also pack and attach an SDK per target: a ZIP with the cores, their headers and
   * pkg-config files, classifier {@code <target>-sdk}.
   *
   * @since 0.1.0
   */
  @Parameter(property = "stowage.sdk", defaultValue = "false")
  private boolean sdk;

  /**
   * Directory of classes that receives the content of the classifier JARs, for a drop-in JAR.
   * Native libraries of this library from an earlier build are deleted from it.
   *
   * @since 0.1.0
   */
  @Parameter(property = "stowage.embed")
  private File embed;

  /**
   * Time of the entries in the JARs, in ISO 8601.
   *
   * @since 0.1.0
   */
  @Parameter(property = "stowage.timestamp", defaultValue = "${project.build.outputTimestamp}")
  private String timestamp;

  /**
   * Skips this goal.
   *
   * @since 0.1.0
   */
  @Parameter(property = "stowage.package.skip", defaultValue = "false")
  private boolean skipPackage;

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private MavenProject project;

  private final MavenProjectHelper helper;

  /** The container injects Maven's own helper. */
  @Inject
  public PackageMojo(MavenProjectHelper helper) {
    this.helper = helper;
  }

  @Override
  String goal() {
    return "package";
  }

  @Override
  boolean skipped() {
    return skipPackage;
  }

  @Override
  void run(Packager packager) throws MojoFailureException {
    if (jars) {
      packager.requireArtifact(project.getGroupId(), project.getArtifactId());
    }
    if (pins) {
      packager.pins(severities());
    }
    if (jars) {
      packager.jars(time()).forEach((target, jar) -> attach(target.classifier(), jar));
      packager.debugJars(time()).forEach((target, jar) -> attach(target + "-debug", jar));
    }
    if (sdk) {
      packager
          .sdks(time())
          .forEach(
              (target, zip) ->
                  helper.attachArtifact(project, "zip", target + "-sdk", zip.toFile()));
    }
    if (embed != null) {
      packager.embed(embed.toPath());
    }
  }

  private void attach(String classifier, Path jar) {
    helper.attachArtifact(project, "jar", classifier, jar.toFile());
  }

  private Instant time() throws MojoFailureException {
    try {
      return Instant.parse(timestamp == null ? EPOCH : timestamp);
    } catch (DateTimeParseException e) {
      throw new MojoFailureException(MojoMessages.notATime(timestamp, EPOCH));
    }
  }
}
