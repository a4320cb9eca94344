package dev.stowage.packager;

import dev.stowage.packager.build.Builder;
import dev.stowage.packager.build.Built;
import dev.stowage.packager.build.Doctor;
import dev.stowage.packager.contract.ContractGenerator;
import dev.stowage.packager.message.Console;
import dev.stowage.packager.message.Spelling;
import dev.stowage.packager.model.OutputTree;
import dev.stowage.packager.model.Project;
import dev.stowage.packager.model.ProjectFile;
import dev.stowage.packager.tool.ToolBox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The packager as a library: one method per verb, in the order of a build. The command line and the
 * Maven plugin are thin callers.
 *
 * <p>Every method throws {@link dev.stowage.packager.message.PackagerException} with a finished
 * text for the user. Instances hold no state between verbs; everything is in files. Several threads
 * or processes may work on one output directory: builds wait for each other.
 *
 * @since 0.1.0
 */
public final class Packager {
  private final Settings settings;

  /**
   * What the verbs need to know.
   *
   * @param projectFile {@code stowage.toml}
   * @param version version of the library: part of file names, baked into the binaries
   * @param output directory for everything generated
   * @param classes directory of the compiled Java classes; only {@code jni}, {@code verify} and
   *     {@code pack} look at it
   * @param targets classifiers to build; empty means this machine's own
   * @param offline whether cargo and go must not use the network
   * @param environment variables as the tools see them, for lookup and plans
   * @param console receives one line per step
   * @param spelling how the caller names options
   */
  public record Settings(
      Path projectFile,
      String version,
      Path output,
      Path classes,
      List<String> targets,
      boolean offline,
      Map<String, String> environment,
      Console console,
      Spelling spelling) {
    /** Copies the collections. */
    public Settings {
      targets = List.copyOf(targets);
      environment = Map.copyOf(environment);
    }
  }

  /** A packager with these settings; reads nothing yet. */
  public Packager(Settings settings) {
    this.settings = settings;
  }

  /** Writes {@code stowage_contract.h} of every unit from the compiled classes. */
  public void jni() {
    ContractGenerator.generate(project(), settings.classes(), output().root().resolve("include"));
  }

  /**
   * Compiles cores and shims; leaves alone what is up to date.
   *
   * @return every library, in project order
   */
  public List<Built> build() {
    return new Builder(
            project(),
            settings.version(),
            output(),
            settings.targets(),
            settings.offline(),
            new ToolBox(settings.environment()),
            settings.console(),
            settings.spelling())
        .build();
  }

  /** Looks at the tools of this machine; a project file that is there says which are needed. */
  public Doctor doctor() {
    Path file = settings.projectFile().toAbsolutePath();
    Project project = Files.isRegularFile(file) ? project() : null;
    return Doctor.examine(new ToolBox(settings.environment()), project, directory(file));
  }

  private static Path directory(Path file) {
    Path parent = file.getParent();
    return Files.isDirectory(parent) ? parent : Path.of("").toAbsolutePath();
  }

  private Project project() {
    return ProjectFile.read(settings.projectFile(), settings.spelling());
  }

  private OutputTree output() {
    return new OutputTree(settings.output().toAbsolutePath().normalize());
  }
}
