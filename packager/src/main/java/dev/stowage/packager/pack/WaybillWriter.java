package dev.stowage.packager.pack;

import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import dev.stowage.packager.contract.Contract;
import dev.stowage.packager.project.Binding;
import dev.stowage.packager.project.Language;
import dev.stowage.packager.project.Project;
import dev.stowage.packager.record.BuildOutput;
import dev.stowage.packager.record.BuiltLibrary;
import dev.stowage.packager.record.FileDigests;
import dev.stowage.packager.record.LibraryName;
import dev.stowage.packager.record.Result;
import dev.stowage.packager.record.Waybill;
import dev.stowage.packager.record.WaybillEntry;
import dev.stowage.packager.record.WaybillFile;
import dev.stowage.packager.verify.VerifyReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Fills a waybill from plans, results and the report of {@code verify}. */
final class WaybillWriter {
  private final BuildOutput built;
  private final Project project;
  private final String version;
  private final List<Contract> contracts;

  WaybillWriter(BuildOutput built, List<Contract> contracts) {
    this.built = built;
    this.project = built.project();
    this.version = built.version();
    this.contracts = contracts;
  }

  /** Makes the waybill for the target of a report. */
  Waybill of(VerifyReport report) {
    VerifyReport.requirePassed(List.of(report));
    String classifier = report.classifier();
    Target target = Targets.byClassifier(classifier);
    List<BuiltLibrary> libraries = BuiltLibrary.all(built, target);
    boolean release = libraries.stream().allMatch(library -> library.plan().release());
    List<WaybillEntry> bindings = new ArrayList<>();
    Project here = project.on(target);
    for (Binding binding : here.bindings()) {
      List<WaybillFile> files = new ArrayList<>();
      for (BuiltLibrary library : libraries) {
        if (library.binding().equals(binding)) {
          files.add(file(library, report));
        }
      }
      bindings.add(WaybillEntry.of(binding.name(), binding.language(), contract(binding), files));
    }
    return new Waybill(
        Waybill.FORMAT,
        project.library(),
        version,
        classifier,
        project.artifact(),
        release,
        bindings,
        unsupported(here),
        Licenses.of(here));
  }

  private String contract(Binding binding) {
    return contracts.stream()
        .filter(contract -> contract.binding().equals(binding.name()))
        .findFirst()
        .map(Contract::digest)
        .orElse(null);
  }

  private List<Waybill.Unsupported> unsupported(Project here) {
    return project.bindings().stream()
        .filter(binding -> !here.bindings().contains(binding))
        .map(
            binding ->
                new Waybill.Unsupported(
                    binding.name(), binding.language(), reason(binding.language())))
        .toList();
  }

  /** Why a target does not support a language, as a word of the pins' format. */
  private static String reason(Language language) {
    return language == Language.GO ? "initial-exec-tls" : "not-supported";
  }

  private WaybillFile file(BuiltLibrary library, VerifyReport report) {
    Result.Library result = library.result().library();
    String found = FileDigests.of(library.file()).sha256();
    if (!found.equals(result.sha256())) {
      throw PackMessages.otherBytes(library.file(), result.sha256(), found);
    }
    refuseOthers(library);
    VerifyReport.Verified verified =
        report.libraries().stream()
            .filter(f -> f.file().equals(result.file()) && f.sha256().equals(found))
            .findFirst()
            .orElseThrow(() -> PackMessages.notVerified(result.file()));
    return new WaybillFile(
        library.role(),
        result.file(),
        result.size(),
        result.crc32(),
        result.sha256(),
        library.result().plan(),
        library.plan().release() ? DebugJar.id(library.file()) : null,
        verified.minimumVersion(),
        verified.minimumVersionSymbols(),
        verified.needed(),
        verified.exports(),
        library.plan().toolchain(),
        library.plan().flags(),
        library.plan().inputs());
  }

  private void refuseOthers(BuiltLibrary library) {
    String stem =
        LibraryName.stem(
                library.plan().target(),
                project.library(),
                library.binding().name(),
                library.role(),
                version)
            + "-";
    Path lib = library.file().getParent();
    try (Stream<Path> files = Files.list(lib)) {
      List<String> others =
          files
              .map(file -> file.getFileName().toString())
              .filter(
                  name -> name.startsWith(stem) && !name.equals(library.result().library().file()))
              .sorted()
              .toList();
      if (!others.isEmpty()) {
        throw PackMessages.twoFiles(
            library.binding().name(),
            library.role().label(),
            library.result().library().file(),
            others);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
