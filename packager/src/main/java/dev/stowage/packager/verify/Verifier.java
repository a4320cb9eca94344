package dev.stowage.packager.verify;

import dev.stowage.loader.target.Targets;
import dev.stowage.packager.contract.AbiHeader;
import dev.stowage.packager.contract.Contract;
import dev.stowage.packager.message.RuleMessages;
import dev.stowage.packager.message.Spelling;
import dev.stowage.packager.message.VerifyMessages;
import dev.stowage.packager.model.Nearest;
import dev.stowage.packager.model.OutputTree;
import dev.stowage.packager.model.Project;
import dev.stowage.packager.model.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Proves that the libraries of one row are what they must be, by reading them; nothing is loaded.
 *
 * @since 0.1.0
 */
public final class Verifier {
  private Verifier() {}

  /**
   * Reads and judges all libraries of one row.
   *
   * @param project the project
   * @param output where they were built
   * @param version what they must have been built as
   * @param classifier the row
   * @param contracts what Java declares, one per unit, as {@code ContractGenerator} returns them
   * @param modes modes by rule; rules that are not in it have {@link Mode#CHECK}
   * @param spelling how the caller names options
   * @return the findings; the caller decides with {@link Report#requirePassed}
   * @throws dev.stowage.packager.message.PackagerException STOW-201 when a library is missing,
   *     STOW-204 when it is of another version
   */
  public static Report verify(
      Project project,
      OutputTree output,
      String version,
      String classifier,
      List<Contract> contracts,
      Map<Rule, Mode> modes,
      Spelling spelling) {
    long start = System.nanoTime();
    Row row = Row.of(Targets.byClassifier(classifier));
    Judge judge = new Judge(modes, spelling);
    List<BuiltLibrary> libraries = BuiltLibrary.all(project, output, version, classifier);
    Map<String, String> cores = new HashMap<>();
    libraries.stream()
        .filter(library -> library.role() == Role.CORE)
        .forEach(library -> cores.put(library.unit().name(), library.result().file()));
    List<Report.Verified> files =
        libraries.parallelStream()
            .map(
                library -> {
                  String unit = library.unit().name();
                  String digest = contract(contracts, unit).digest();
                  Own own = own(library, cores.get(unit), digest);
                  String name = library.result().file();
                  return judge.judge(unit, name, row, read(library.file()), own);
                })
            .toList();
    long millis = (System.nanoTime() - start) / 1_000_000;
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
    Path header = library.unit().core().header();
    return new Own(
        library.role(),
        library.unit().core().language(),
        library.plan().release(),
        core,
        shim ? AbiHeader.SHIM_EXPORTS : AbiHeader.read(header).functions(),
        shim ? RuleMessages.shimExports() : header.getFileName().toString(),
        shim ? digest : null);
  }

  private static Contract contract(List<Contract> contracts, String unit) {
    return contracts.stream().filter(c -> c.unit().equals(unit)).findFirst().orElseThrow();
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
