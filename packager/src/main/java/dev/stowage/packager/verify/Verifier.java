package dev.stowage.packager.verify;

import dev.stowage.loader.platform.Target;
import dev.stowage.packager.contract.AbiHeader;
import dev.stowage.packager.contract.Contract;
import dev.stowage.packager.message.OptionStyle;
import dev.stowage.packager.project.NearestName;
import dev.stowage.packager.project.Role;
import dev.stowage.packager.record.BuildOutput;
import dev.stowage.packager.record.BuiltLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks the libraries that a project has built, by reading them; nothing is loaded.
 *
 * @since 0.1.0
 */
public final class Verifier {
  private Verifier() {}

  /** One verification task. */
  private record Task(Target target, BuiltLibrary library, ProjectExpectations expected) {}

  /** The result of a task. */
  private record Done(Target target, VerifyReport.Verified verified, long nanos) {}

  /**
   * Reads and checks all libraries, as many at once as there are processors.
   *
   * @param output what was built
   * @param contracts what Java declares, one per binding, as {@code ContractGenerator} returns them
   * @param severities severities by rule; a rule without an entry has {@link Severity#ERROR}
   * @param optionStyle how the caller writes options
   * @return a report per target, in their order; the caller decides with {@link
   *     VerifyReport#requirePassed}
   * @throws dev.stowage.packager.message.PackagerException STOW-201 when a library is missing,
   *     STOW-204 when it is of another version
   */
  public static List<VerifyReport> verify(
      BuildOutput output,
      List<Contract> contracts,
      Map<Rule, Severity> severities,
      OptionStyle optionStyle) {
    List<Task> tasks = new ArrayList<>();
    for (Target target : output.targets()) {
      tasks.addAll(tasks(target, BuiltLibrary.all(output, target), contracts));
    }
    RuleChecker checker = new RuleChecker(severities, optionStyle);
    List<Done> done = tasks.parallelStream().map(task -> check(checker, task)).toList();
    return output.targets().stream().map(target -> report(target, done)).toList();
  }

  private static List<Task> tasks(
      Target target, List<BuiltLibrary> libraries, List<Contract> contracts) {
    Map<String, String> cores = new HashMap<>();
    libraries.stream()
        .filter(library -> library.role() == Role.CORE)
        .forEach(library -> cores.put(library.binding().name(), library.result().library().file()));
    return libraries.stream()
        .map(
            library -> {
              String binding = library.binding().name();
              String digest = contract(contracts, binding).digest();
              return new Task(target, library, expected(library, cores.get(binding), digest));
            })
        .toList();
  }

  private static Done check(RuleChecker checker, Task task) {
    long start = System.nanoTime();
    BuiltLibrary library = task.library;
    VerifyReport.Verified verified =
        checker.check(
            library.binding().name(),
            library.result().library().file(),
            Platform.of(task.target),
            read(library.file()),
            task.expected);
    return new Done(task.target, verified, System.nanoTime() - start);
  }

  private static VerifyReport report(Target target, List<Done> all) {
    List<Done> done = all.stream().filter(each -> each.target == target).toList();
    long millis = done.stream().mapToLong(Done::nanos).sum() / 1_000_000;
    List<VerifyReport.Verified> files = done.stream().map(Done::verified).toList();
    return new VerifyReport(
        VerifyReport.FORMAT, target.classifier(), null, files, List.of(), millis);
  }

  /**
   * Severities by rule from severities by rule id, for example {@code minimum-version}.
   *
   * @throws dev.stowage.packager.message.PackagerException STOW-203 for an unknown rule
   */
  public static Map<Rule, Severity> severities(Map<String, Severity> byId) {
    Map<Rule, Severity> severities = new EnumMap<>(Rule.class);
    byId.forEach(
        (id, severity) -> {
          List<String> known = Rule.ids();
          Rule rule =
              Rule.of(id)
                  .orElseThrow(
                      () -> VerifyMessages.unknownRule(id, NearestName.of(id, known), known));
          severities.put(rule, severity);
        });
    return severities;
  }

  private static ProjectExpectations expected(BuiltLibrary library, String core, String digest) {
    boolean shim = library.role() == Role.SHIM;
    Path header = library.binding().core().header();
    return new ProjectExpectations(
        library.role(),
        library.binding().core().language(),
        library.plan().release(),
        core,
        shim ? AbiHeader.SHIM_EXPORTS : AbiHeader.read(header).functions(),
        shim ? RuleMessages.shimExports() : header.getFileName().toString(),
        shim ? digest : null);
  }

  private static Contract contract(List<Contract> contracts, String binding) {
    return contracts.stream().filter(c -> c.binding().equals(binding)).findFirst().orElseThrow();
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
