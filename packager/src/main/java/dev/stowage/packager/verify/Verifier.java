package dev.stowage.packager.verify;

import dev.stowage.loader.platform.Targets;
import dev.stowage.packager.contract.AbiHeader;
import dev.stowage.packager.contract.Contract;
import dev.stowage.packager.message.RuleMessages;
import dev.stowage.packager.message.Spelling;
import dev.stowage.packager.message.VerifyMessages;
import dev.stowage.packager.project.Nearest;
import dev.stowage.packager.project.Project;
import dev.stowage.packager.project.Role;
import dev.stowage.packager.record.OutputTree;
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
 * Proves that the libraries of rows are what they must be, by reading them; nothing is loaded.
 *
 * @since 0.1.0
 */
public final class Verifier {
  private Verifier() {}

  /** What there is to do for one library. */
  private record Job(String classifier, BuiltLibrary library, Own own) {}

  /** What came of it. */
  private record Done(String classifier, Report.Verified verified, long nanos) {}

  /**
   * Reads and judges all libraries of some rows, as many at once as there are processors.
   *
   * @param project the project
   * @param output where they were built
   * @param version what they must have been built as
   * @param classifiers the rows
   * @param contracts what Java declares, one per binding, as {@code ContractGenerator} returns them
   * @param modes modes by rule; rules that are not in it have {@link Mode#CHECK}
   * @param spelling how the caller names options
   * @return a report per row, in their order; the caller decides with {@link Report#requirePassed}
   * @throws dev.stowage.packager.message.PackagerException STOW-201 when a library is missing,
   *     STOW-204 when it is of another version
   */
  public static List<Report> verify(
      Project project,
      OutputTree output,
      String version,
      List<String> classifiers,
      List<Contract> contracts,
      Map<Rule, Mode> modes,
      Spelling spelling) {
    List<Job> jobs = new ArrayList<>();
    for (String row : classifiers) {
      jobs.addAll(jobs(row, BuiltLibrary.all(project, output, version, row), contracts));
    }
    Judge judge = new Judge(modes, spelling);
    List<Done> done = jobs.parallelStream().map(job -> judge(judge, job)).toList();
    return classifiers.stream().map(row -> report(row, done)).toList();
  }

  private static List<Job> jobs(
      String classifier, List<BuiltLibrary> libraries, List<Contract> contracts) {
    Map<String, String> cores = new HashMap<>();
    libraries.stream()
        .filter(library -> library.role() == Role.CORE)
        .forEach(library -> cores.put(library.binding().name(), library.result().file()));
    return libraries.stream()
        .map(
            library -> {
              String binding = library.binding().name();
              String digest = contract(contracts, binding).digest();
              return new Job(classifier, library, own(library, cores.get(binding), digest));
            })
        .toList();
  }

  private static Done judge(Judge judge, Job job) {
    long start = System.nanoTime();
    BuiltLibrary library = job.library;
    Row row = Row.of(Targets.byClassifier(job.classifier));
    String name = library.result().file();
    Report.Verified verified =
        judge.judge(library.binding().name(), name, row, read(library.file()), job.own);
    return new Done(job.classifier, verified, System.nanoTime() - start);
  }

  private static Report report(String classifier, List<Done> all) {
    List<Done> own = all.stream().filter(done -> done.classifier.equals(classifier)).toList();
    long millis = own.stream().mapToLong(Done::nanos).sum() / 1_000_000;
    List<Report.Verified> files = own.stream().map(Done::verified).toList();
    return new Report(Report.FORMAT, classifier, null, files, List.of(), millis);
  }

  /**
   * Modes from their spelling in options, for example {@code floor=warn}.
   *
   * @throws dev.stowage.packager.message.PackagerException STOW-203 for an unknown rule
   */
  public static Map<Rule, Mode> modes(Map<String, Mode> byId) {
    Map<Rule, Mode> modes = new EnumMap<>(Rule.class);
    byId.forEach(
        (id, mode) -> {
          List<String> known = Rule.ids();
          Rule rule =
              Rule.of(id)
                  .orElseThrow(() -> VerifyMessages.unknownRule(id, Nearest.of(id, known), known));
          modes.put(rule, mode);
        });
    return modes;
  }

  private static Own own(BuiltLibrary library, String core, String digest) {
    boolean shim = library.role() == Role.SHIM;
    Path header = library.binding().core().header();
    return new Own(
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
