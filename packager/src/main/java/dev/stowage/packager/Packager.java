package dev.stowage.packager;

import dev.stowage.loader.platform.Target;
import dev.stowage.packager.compile.Builder;
import dev.stowage.packager.compile.CompiledLibrary;
import dev.stowage.packager.contract.Contract;
import dev.stowage.packager.contract.ContractGenerator;
import dev.stowage.packager.doctor.BuildDoctor;
import dev.stowage.packager.message.Console;
import dev.stowage.packager.message.OptionStyle;
import dev.stowage.packager.pack.Packer;
import dev.stowage.packager.project.Coordinates;
import dev.stowage.packager.project.Project;
import dev.stowage.packager.project.ProjectFile;
import dev.stowage.packager.record.BuildOutput;
import dev.stowage.packager.record.OutputTree;
import dev.stowage.packager.tool.ToolBox;
import dev.stowage.packager.verify.Rule;
import dev.stowage.packager.verify.Severity;
import dev.stowage.packager.verify.ThirdPartyLibraries;
import dev.stowage.packager.verify.Verifier;
import dev.stowage.packager.verify.VerifyReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The packager as a library: one method per command, in the order of a build. The command line and
 * the Maven plugin only call it.
 *
 * <p>Every method throws {@link dev.stowage.packager.message.PackagerException} with the complete
 * text for the user. Instances have no state between commands; everything is in files. Several
 * threads or processes may work on one output directory: builds wait for each other.
 *
 * @since 0.1.0
 */
public final class Packager {
  private final Settings settings;

  /**
   * The input of all commands.
   *
   * @param projectFile {@code stowage.toml}
   * @param version version of the library: part of file names, and compiled into the binaries
   * @param output directory for everything generated
   * @param classes directory of the compiled Java classes, for {@code jni}, {@code verify} and
   *     {@code pack} only
   * @param targets classifiers to build with zig, or {@code all}; empty means this machine's own,
   *     with its own compilers
   * @param offline whether cargo and go must not use the network
   * @param environment environment variables of the tools, also for lookup and plans
   * @param console receives one line per step
   * @param optionStyle how the caller writes options
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
      OptionStyle optionStyle) {
    /** Copies the collections. */
    public Settings {
      targets = List.copyOf(targets);
      environment = Map.copyOf(environment);
    }
  }

  /** Creates a packager with these settings; it reads no file yet. */
  public Packager(Settings settings) {
    this.settings = settings;
  }

  /** Writes {@code stowage_contract.h} of every binding from the compiled classes. */
  public void jni() {
    Path include = output().root().resolve("include");
    for (Contract contract : ContractGenerator.generate(project(), settings.classes(), include)) {
      settings.console().step(contract.summary());
    }
  }

  /**
   * Compiles cores and shims that are not up to date.
   *
   * @return every library, in project order
   */
  public List<CompiledLibrary> build() {
    return new Builder(
            project(),
            settings.version(),
            output(),
            settings.targets(),
            settings.offline(),
            new ToolBox(settings.environment()),
            settings.console(),
            settings.optionStyle())
        .build();
  }

  /**
   * Checks the libraries of every target.
   *
   * @param severities severities by rule id; other rules have {@link Severity#ERROR}
   * @return one report per target, which has been printed to the console
   */
  public List<VerifyReport> verify(Map<String, Severity> severities) {
    Project project = project();
    long start = System.nanoTime();
    List<VerifyReport> reports = check(project, contracts(project), severities);
    long millis = (System.nanoTime() - start) / 1_000_000;
    VerifyReport.print(reports, millis, settings.console());
    return reports;
  }

  /**
   * Checks third-party libraries: single ones, or those in JARs and directories.
   *
   * @param files the files and directories to check
   * @param severities as for {@link #verify}
   * @param console receives one line per library
   * @return one report per file or directory, which has been printed to the console
   */
  public static List<VerifyReport> verifyThirdParty(
      List<Path> files,
      Map<String, Severity> severities,
      OptionStyle optionStyle,
      Console console) {
    Map<Rule, Severity> rules = Verifier.severities(severities);
    List<VerifyReport> reports = new ArrayList<>();
    for (Path file : files) {
      VerifyReport report = ThirdPartyLibraries.verify(file, rules, optionStyle);
      report.print(console);
      reports.add(report);
    }
    return reports;
  }

  private List<VerifyReport> check(
      Project project, List<Contract> contracts, Map<String, Severity> severities) {
    return Verifier.verify(
        built(project), contracts, Verifier.severities(severities), settings.optionStyle());
  }

  /**
   * Writes the waybills, and the class {@code StowagePins} beside the API's classes. Checks the
   * libraries again first, so that only checked libraries are pinned.
   *
   * @param severities as for {@link #verify}
   */
  public void pins(Map<String, Severity> severities) {
    Project project = project();
    List<Contract> contracts = contracts(project);
    List<VerifyReport> reports = check(project, contracts, severities);
    packer(project).pins(contracts, reports, settings.classes());
  }

  /**
   * Refuses to attach the JARs to a module that would publish them under other coordinates than
   * {@code artifact}: the loader's errors tell users to depend on that artifact.
   *
   * @param groupId of the module
   * @param artifactId of the module
   */
  public void requireArtifact(String groupId, String artifactId) {
    Packer.requireArtifact(project(), new Coordinates(groupId, artifactId));
  }

  /**
   * Packs the classifier JARs by the waybills that {@link #pins} wrote.
   *
   * @param time of the entries: equal input gives equal bytes
   * @return JAR by target
   */
  public Map<Target, Path> jars(Instant time) {
    return packer(project()).jars(time);
  }

  /**
   * Packs the SDKs by the waybills that {@link #pins} wrote.
   *
   * @param time of the entries: equal input gives equal bytes
   * @return ZIP by target
   */
  public Map<Target, Path> sdks(Instant time) {
    return packer(project()).sdks(time);
  }

  /**
   * Packs the debug files of a release build by the waybills that {@link #pins} wrote.
   *
   * @param time of the entries: equal input gives equal bytes
   * @return JAR by target; a local build has none
   */
  public Map<Target, Path> debugJars(Instant time) {
    return packer(project()).debugJars(time);
  }

  /**
   * Writes the content of the classifier JARs into a directory of classes, for a drop-in JAR.
   *
   * @param directory receives the files; native libraries of this library from an earlier build are
   *     deleted from it
   */
  public void embed(Path directory) {
    packer(project()).embed(directory);
  }

  private Packer packer(Project project) {
    return new Packer(built(project), settings.console());
  }

  private BuildOutput built(Project project) {
    return new BuildOutput(project, output(), settings.version(), targets());
  }

  private List<Target> targets() {
    return Builder.targets(settings.targets(), settings.optionStyle());
  }

  /**
   * Checks the tools of this machine: for the languages of the project file, if there is one, and
   * for the chosen targets.
   */
  public BuildDoctor doctor() {
    Path file = settings.projectFile().toAbsolutePath();
    Project project = Files.isRegularFile(file) ? project() : null;
    List<Target> targets = settings.targets().isEmpty() ? List.of() : targets();
    return BuildDoctor.examine(
        new ToolBox(settings.environment()), project, directory(file), targets);
  }

  private static Path directory(Path file) {
    Path parent = file.getParent();
    return Files.isDirectory(parent) ? parent : Path.of("").toAbsolutePath();
  }

  private List<Contract> contracts(Project project) {
    return ContractGenerator.read(project, settings.classes());
  }

  private Project project() {
    return ProjectFile.read(settings.projectFile(), settings.optionStyle());
  }

  private OutputTree output() {
    return new OutputTree(settings.output().toAbsolutePath().normalize());
  }
}
