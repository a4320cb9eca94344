package dev.stowage.packager.verify;

import dev.stowage.loader.header.ContractMark;
import dev.stowage.loader.header.ElfFile;
import dev.stowage.loader.header.HeaderException;
import dev.stowage.loader.target.Target;
import dev.stowage.loader.target.Targets;
import dev.stowage.packager.contract.AbiHeader;
import dev.stowage.packager.contract.Contract;
import dev.stowage.packager.message.VerifyMessages;
import dev.stowage.packager.model.Digests;
import dev.stowage.packager.model.Nearest;
import dev.stowage.packager.model.OutputTree;
import dev.stowage.packager.model.Project;
import dev.stowage.packager.model.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Proves that the libraries of one row are what they must be, by reading them; nothing is loaded.
 *
 * @since 0.1.0
 */
public final class Verifier {
  /** Begins the build information the Go linker writes; it survives stripping (debug/buildinfo). */
  private static final byte[] GO_BUILD_INFO =
      "\377 Go buildinf:".getBytes(StandardCharsets.ISO_8859_1);

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
   * @return the findings; the caller decides with {@link Report#requirePassed()}
   * @throws dev.stowage.packager.message.PackagerException STOW-201 when a library is missing,
   *     STOW-204 when it is of another version
   */
  public static Report verify(
      Project project,
      OutputTree output,
      String version,
      String classifier,
      List<Contract> contracts,
      Map<Rule, Mode> modes) {
    Target target = Targets.byClassifier(classifier);
    List<Report.Verified> files = new ArrayList<>();
    String core = null;
    for (BuiltLibrary library : BuiltLibrary.all(project, output, version, classifier)) {
      // Core comes before shim.
      core = library.role() == Role.CORE ? library.result().file() : core;
      String digest = contract(contracts, library.unit().name()).digest();
      files.add(judge(library, target, core, digest, modes));
    }
    return new Report(Report.FORMAT, classifier, files);
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

  private static Report.Verified judge(
      BuiltLibrary library, Target target, String core, String digest, Map<Rule, Mode> modes) {
    String unit = library.unit().name();
    String name = library.result().file();
    String sha256 = Digests.of(library.file()).sha256();
    try {
      Subject subject = subject(library, target, core, digest);
      ElfFile elf = subject.elf();
      return new Report.Verified(
          unit,
          library.role(),
          name,
          sha256,
          Floor.of(elf),
          elf.needed(),
          elf.exported(),
          findings(subject, modes));
    } catch (HeaderException e) {
      // Nothing else can be judged, so no mode turns this off.
      Report.Finding finding =
          new Report.Finding(
              Rule.MACHINE.id(),
              Mode.CHECK,
              e.getMessage(),
              List.of(),
              VerifyMessages.machineFix());
      return new Report.Verified(
          unit, library.role(), name, sha256, null, List.of(), List.of(), List.of(finding));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Report.Finding> findings(Subject subject, Map<Rule, Mode> modes) {
    List<Report.Finding> findings = new ArrayList<>();
    for (Rule rule : Rule.values()) {
      Mode mode = modes.getOrDefault(rule, Mode.CHECK);
      Optional<Fault> broken = mode == Mode.SKIP ? Optional.empty() : rule.check(subject);
      broken.ifPresent(
          fault ->
              findings.add(
                  new Report.Finding(
                      rule.id(),
                      fault.advisory() ? Mode.WARN : mode,
                      fault.found(),
                      fault.symbols(),
                      fault.fix())));
    }
    return findings;
  }

  private static Subject subject(BuiltLibrary library, Target target, String core, String digest)
      throws IOException {
    boolean shim = library.role() == Role.SHIM;
    Path file = library.file();
    Path header = library.unit().core().header();
    return new Subject(
        library.result().file(),
        target,
        library.role(),
        library.unit().core().language(),
        library.plan().release(),
        core,
        shim ? AbiHeader.SHIM_EXPORTS : AbiHeader.read(header).functions(),
        shim ? VerifyMessages.shimExports() : header.getFileName().toString(),
        shim ? digest : null,
        ElfFile.read(file.toFile()),
        ContractMark.find(file.toFile()),
        hasGoBuildInfo(file));
  }

  private static Contract contract(List<Contract> contracts, String unit) {
    return contracts.stream().filter(c -> c.unit().equals(unit)).findFirst().orElseThrow();
  }

  static boolean hasGoBuildInfo(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int length = GO_BUILD_INFO.length;
    for (int i = 0; i + length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + length, GO_BUILD_INFO, 0, length)) {
        return true;
      }
    }
    return false;
  }
}
