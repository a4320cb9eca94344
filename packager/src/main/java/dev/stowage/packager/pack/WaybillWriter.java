package dev.stowage.packager.pack;

import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import dev.stowage.packager.contract.Contract;
import dev.stowage.packager.message.PackMessages;
import dev.stowage.packager.project.Language;
import dev.stowage.packager.project.Project;
import dev.stowage.packager.record.BuildOutput;
import dev.stowage.packager.record.Digests;
import dev.stowage.packager.record.LibraryName;
import dev.stowage.packager.record.OutputTree;
import dev.stowage.packager.record.Result;
import dev.stowage.packager.record.Waybill;
import dev.stowage.packager.verify.BuiltLibrary;
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
  private final Project project;
  private final OutputTree output;
  private final List<Contract> contracts;

  WaybillWriter(Project project, OutputTree output, List<Contract> contracts) {
    this.project = project;
    this.output = output;
    this.contracts = contracts;
  }

  /** The waybill of the row of a report. */
  Waybill of(String version, VerifyReport report) {
    VerifyReport.requirePassed(List.of(report));
    String classifier = report.classifier();
    Target target = Targets.byClassifier(classifier);
    List<BuiltLibrary> libraries =
        BuiltLibrary.all(new BuildOutput(project, output, version, List.of(target)), target);
    boolean release = libraries.stream().allMatch(library -> library.plan().release());
    List<Waybill.Consignment> bindings = new ArrayList<>();
    Project here = project.on(target);
    for (Contract contract : contracts) {
      if (here.bindings().stream()
          .noneMatch(binding -> binding.name().equals(contract.binding()))) {
        continue;
      }
      List<Waybill.Item> files = new ArrayList<>();
      for (BuiltLibrary library : libraries) {
        if (library.binding().name().equals(contract.binding())) {
          files.add(item(version, library, report));
        }
      }
      bindings.add(Waybill.Consignment.of(contract.binding(), contract.digest(), files));
    }
    return new Waybill(
        Waybill.FORMAT,
        project.library(),
        version,
        classifier,
        project.natives(),
        release,
        bindings,
        absent(here),
        Licenses.of(here));
  }

  private List<Waybill.Absent> absent(Project here) {
    return project.bindings().stream()
        .filter(binding -> !here.bindings().contains(binding))
        .map(binding -> new Waybill.Absent(binding.name(), reason(binding.core().language())))
        .toList();
  }

  /** Why a row of the table that does not carry a language does not; a word of the pins' format. */
  private static String reason(Language language) {
    return switch (language) {
      case GO -> "initial-exec-tls";
      case RUST -> "not-carried";
    };
  }

  private Waybill.Item item(String version, BuiltLibrary library, VerifyReport report) {
    Result result = library.result();
    String found = Digests.of(library.file()).sha256();
    if (!found.equals(result.sha256())) {
      throw PackMessages.otherBytes(library.file(), result.sha256(), found);
    }
    refuseOthers(version, library);
    VerifyReport.Verified verified =
        report.files().stream()
            .filter(f -> f.name().equals(result.file()) && f.sha256().equals(found))
            .findFirst()
            .orElseThrow(() -> PackMessages.notVerified(result.file()));
    return new Waybill.Item(
        library.role(),
        result.file(),
        result.size(),
        result.crc32(),
        result.sha256(),
        result.plan(),
        library.plan().release() ? DebugJar.id(library.file()) : null,
        verified.minimumVersion() == null ? null : verified.minimumVersion().text(),
        verified.minimumVersion() == null ? List.of() : verified.minimumVersion().symbols(),
        verified.needed(),
        verified.exports(),
        library.plan().toolchain(),
        library.plan().flags(),
        library.plan().inputs());
  }

  private void refuseOthers(String version, BuiltLibrary library) {
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
              .filter(name -> name.startsWith(stem) && !name.equals(library.result().file()))
              .sorted()
              .toList();
      if (!others.isEmpty()) {
        throw PackMessages.twoFiles(
            library.binding().name(), library.role().label(), library.result().file(), others);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
