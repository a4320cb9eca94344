package dev.stowage.maven;

import dev.stowage.packager.Packager;
import dev.stowage.packager.message.Console;
import dev.stowage.packager.message.OptionStyle;
import dev.stowage.packager.message.PackagerException;
import dev.stowage.packager.verify.Severity;
import java.io.File;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;

/** The common base of all goals: parameters, the switch to skip, the translation of errors. */
abstract class AbstractStowageMojo extends AbstractMojo {
  /**
   * The project file, {@code stowage.toml}.
   *
   * @since 0.1.0
   */
  @Parameter(property = "stowage.projectFile", defaultValue = "${basedir}/stowage.toml")
  private File projectFile;

  /**
   * Directory for everything generated: contract headers, records, libraries, JARs.
   *
   * @since 0.1.0
   */
  @Parameter(property = "stowage.output", defaultValue = "${project.build.directory}/stowage")
  private File output;

  /**
   * Directory of the compiled Java classes.
   *
   * @since 0.1.0
   */
  @Parameter(property = "stowage.classes", defaultValue = "${project.build.outputDirectory}")
  private File classes;

  /**
   * Targets to build with zig, for publication: classifiers, comma separated, or {@code all}; see
   * {@code stowage:targets}. The default is this machine's own, built with its own compilers.
   *
   * @since 0.1.0
   */
  @Parameter(property = "stowage.targets")
  private String targets;

  /**
   * Version of the library: part of every file name, and compiled into the binaries.
   *
   * @since 0.1.0
   */
  @Parameter(property = "stowage.version", defaultValue = "${project.version}")
  private String version;

  /**
   * Whether cargo and go must not use the network. Follows Maven's {@code -o}.
   *
   * @since 0.1.0
   */
  @Parameter(property = "stowage.offline", defaultValue = "${settings.offline}")
  private boolean offline;

  /**
   * Skips every goal of this plugin.
   *
   * @since 0.1.0
   */
  @Parameter(property = "stowage.skip", defaultValue = "false")
  private boolean skip;

  /**
   * Severity of rules, by rule id: {@code error} (a violation fails the build), {@code warning} (it
   * is reported only) or {@code off} (the rule is not checked). All other rules have {@code error}.
   * Used by {@code verify} and {@code package}.
   *
   * @since 0.1.0
   */
  @Parameter private Map<String, String> rules;

  /** The severities that the POM sets. */
  final Map<String, Severity> severities() {
    Map<String, Severity> severities = new LinkedHashMap<>();
    if (rules != null) {
      rules.forEach((rule, severity) -> severities.put(rule, Severity.of(severity)));
    }
    return severities;
  }

  /** Runs the goal. */
  abstract void run(Packager packager) throws MojoFailureException, MojoExecutionException;

  /** The goal's name, as in {@code stowage:<goal>}. */
  abstract String goal();

  /** Whether the goal's own switch is set. */
  abstract boolean skipped();

  @Override
  public final void execute() throws MojoFailureException, MojoExecutionException {
    if (skip || skipped()) {
      getLog().info(MojoMessages.skipped(goal()));
      return;
    }
    try {
      run(packager());
    } catch (PackagerException e) {
      throw translate(e);
    } catch (UncheckedIOException e) {
      throw new MojoExecutionException(MojoMessages.fileError(e), e);
    }
  }

  /**
   * A user's mistake fails the build without a stack trace; a problem of the machine is an error
   * with one.
   */
  private static MojoFailureException translate(PackagerException e) throws MojoExecutionException {
    if (e.kind() == PackagerException.Kind.ENVIRONMENT) {
      throw new MojoExecutionException(e.getMessage());
    }
    return new MojoFailureException(e.getMessage());
  }

  private Packager packager() {
    List<String> names =
        targets == null || targets.isBlank()
            ? List.of()
            : Arrays.stream(targets.split(",", -1)).map(String::strip).toList();
    return new Packager(
        new Packager.Settings(
            projectFile.toPath(),
            version,
            output.toPath(),
            classes.toPath(),
            names,
            offline,
            System.getenv(),
            console(),
            OptionStyle.MAVEN));
  }

  private Console console() {
    return new Console() {
      @Override
      public void step(String line) {
        getLog().info(line);
      }

      @Override
      public void warn(String line) {
        getLog().warn(line);
      }
    };
  }
}
