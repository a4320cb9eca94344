package dev.stowage.packager.pack;

import dev.stowage.packager.contract.Contract;
import dev.stowage.packager.message.Console;
import dev.stowage.packager.message.SharedMessages;
import dev.stowage.packager.project.Coordinates;
import dev.stowage.packager.project.Project;
import dev.stowage.packager.record.FileDigests;
import dev.stowage.packager.record.Input;
import dev.stowage.packager.record.Json;
import dev.stowage.packager.record.OutputTree;
import dev.stowage.packager.record.Waybill;
import dev.stowage.packager.record.WaybillEntry;
import dev.stowage.packager.record.WaybillFile;
import dev.stowage.packager.tool.AtomicFile;
import dev.stowage.packager.verify.VerifyReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Packs what was built and verified.
 *
 * @since 0.1.0
 */
public final class Packer {
  private Packer() {}

  /**
   * Writes the waybill of every row and the class {@code StowagePins} into the API's classes. Files
   * that would not change keep their time.
   *
   * @param project the project
   * @param output where it was built
   * @param version the library's version
   * @param contracts what Java declares, one per binding
   * @param reports of {@code verify}, one per row
   * @param classesDir the API's compiled classes
   * @param console receives one line per row
   * @throws dev.stowage.packager.message.PackagerException STOW-200 when verify failed, STOW-4nn
   *     when files, records and report disagree; nothing is written then
   */
  public static void pins(
      Project project,
      OutputTree output,
      String version,
      List<Contract> contracts,
      List<VerifyReport> reports,
      Path classesDir,
      Console console) {
    WaybillWriter writer = new WaybillWriter(project, output, contracts);
    List<Waybill> waybills = reports.stream().map(report -> writer.of(version, report)).toList();
    String anchor = project.javaPackage().replace('.', '/') + "/";
    TreeMap<String, String> pins = new TreeMap<>();
    waybills.forEach(waybill -> pins.put(waybill.classifier(), PinsText.of(waybill, anchor)));
    byte[] pinsClass = PinsClass.of(anchor + "StowagePins", pins);
    for (Waybill waybill : waybills) {
      AtomicFile.write(output.waybill(waybill.classifier()), Json.indented(waybill));
    }
    String file = anchor + "StowagePins.class";
    AtomicFile.write(classesDir.resolve(file), pinsClass);
    for (Waybill waybill : waybills) {
      int libraries =
          waybill.bindings().stream().mapToInt(binding -> binding.libraries().size()).sum();
      console.step(PackMessages.pinned(waybill.classifier(), file, libraries));
    }
  }

  /**
   * Packs {@code jars/<artifactId>-<version>-<classifier>.jar} of every row from its waybill, which
   * has the artifact id too. Equal content and time give equal bytes.
   *
   * @param project the project
   * @param output where {@link #pins} wrote the waybills
   * @param classifiers the rows
   * @param time of the entries
   * @param console receives one line per JAR
   * @return the JARs, in the order of the rows
   * @throws dev.stowage.packager.message.PackagerException STOW-4nn when a waybill is missing or
   *     does not fit the files
   */
  public static List<Path> jars(
      Project project, OutputTree output, List<String> classifiers, Instant time, Console console) {
    List<Path> jars = new ArrayList<>();
    for (String classifier : classifiers) {
      Waybill waybill = waybill(output, classifier);
      byte[] bytes = jar(project, output, waybill).bytes(time);
      jars.add(write(output, waybill, ".jar", bytes, console));
    }
    return jars;
  }

  /**
   * Packs {@code jars/<artifactId>-<version>-<classifier>-debug.jar} of every release row: the
   * debug files of its libraries, with an index by id.
   *
   * @param project the project
   * @param output where {@link #pins} wrote the waybills
   * @param classifiers the rows
   * @param time of the entries
   * @param console receives one line per JAR
   * @return JAR by row, without the rows of a local build
   * @throws dev.stowage.packager.message.PackagerException STOW-411 when a debug file is missing or
   *     belongs to another library
   */
  public static Map<String, Path> debugJars(
      Project project, OutputTree output, List<String> classifiers, Instant time, Console console) {
    Map<String, Path> jars = new LinkedHashMap<>();
    for (String classifier : classifiers) {
      Waybill waybill = waybill(output, classifier);
      if (DebugJar.wanted(waybill)) {
        byte[] bytes = DebugJar.of(project, output, waybill).bytes(time);
        jars.put(classifier, write(output, waybill, "-debug.jar", bytes, console));
      }
    }
    return jars;
  }

  /**
   * Packs {@code jars/<artifactId>-<version>-<classifier>-sdk.zip} of every row: headers, cores,
   * import libraries, pkg-config files and the papers of the classifier JAR. Equal content and time
   * give equal bytes.
   *
   * @return the ZIPs, in the order of the rows
   * @throws dev.stowage.packager.message.PackagerException as {@link #jars}; STOW-410 when a header
   *     or an import library is missing
   */
  public static List<Path> sdks(
      Project project, OutputTree output, List<String> classifiers, Instant time, Console console) {
    List<Path> zips = new ArrayList<>();
    for (String classifier : classifiers) {
      Waybill waybill = waybill(output, classifier);
      Sdk sdk = new Sdk(project, output, waybill);
      byte[] bytes = sdk.zip(jar(project, output, waybill)).bytes(time);
      zips.add(write(output, waybill, "-sdk.zip", bytes, console));
    }
    return zips;
  }

  private static Path write(
      OutputTree output, Waybill waybill, String end, byte[] bytes, Console console) {
    String artifact = waybill.artifact().artifactId() + "-" + waybill.version();
    String name = artifact + "-" + waybill.classifier() + end;
    Path file = output.jars().resolve(name);
    AtomicFile.write(file, bytes);
    console.step(PackMessages.packed(waybill.classifier(), name, bytes.length));
    return file;
  }

  /**
   * Writes what the classifier JARs hold into a directory of classes, for a JAR with everything in
   * it. Natives of this library that are there from an earlier build go.
   *
   * @param project the project
   * @param output where {@link #pins} wrote the waybills
   * @param classifiers the rows
   * @param directory receives {@code META-INF/stowage/...}
   * @param console receives one line per row
   * @throws dev.stowage.packager.message.PackagerException STOW-4nn when a waybill is missing or
   *     does not fit the files; nothing is written then
   */
  public static void embed(
      Project project,
      OutputTree output,
      List<String> classifiers,
      Path directory,
      Console console) {
    SortedMap<String, byte[]> entries = new TreeMap<>();
    List<String> lines = new ArrayList<>();
    for (String classifier : classifiers) {
      SortedMap<String, byte[]> row = jar(project, output, waybill(output, classifier)).entries();
      long size = row.values().stream().mapToLong(content -> content.length).sum();
      lines.add(PackMessages.embedded(classifier, row.size(), size));
      entries.putAll(row);
    }
    deleteOthers(directory, "META-INF/stowage/" + project.library(), entries.keySet());
    entries.forEach((name, content) -> AtomicFile.write(directory.resolve(name), content));
    lines.forEach(console::step);
  }

  private static void deleteOthers(Path directory, String below, Set<String> kept) {
    Path home = directory.resolve(below);
    if (!Files.isDirectory(home)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(home)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        if (!kept.contains(directory.relativize(file).toString().replace('\\', '/'))) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw SharedMessages.cannotWrite(home, e);
    }
  }

  private static ClassifierJar jar(Project project, OutputTree output, Waybill waybill) {
    String classifier = waybill.classifier();
    String module = project.javaPackage() + ".natives." + classifier.replace('-', '_');
    ClassifierJar jar = new ClassifierJar(module);
    String root =
        "META-INF/stowage/" + waybill.library() + "/" + waybill.version() + "/" + classifier + "/";
    jar.add("META-INF/LICENSE", Licenses.own(project));
    jar.add(root + "waybill.json", Json.indented(waybill));
    for (WaybillEntry binding : waybill.bindings()) {
      for (WaybillFile item : binding.libraries()) {
        Path file = output.lib(classifier).resolve(item.file());
        jar.add(root + item.file(), unchanged(file, item.sha256()));
      }
    }
    for (Input license : waybill.licenses()) {
      Path file = project.licenses().resolve(license.path());
      jar.add(root + "licenses/" + license.path(), unchanged(file, license.sha256()));
    }
    return jar;
  }

  /**
   * Refuses a module other than the one that the project file names for the classifier JARs.
   *
   * @throws dev.stowage.packager.message.PackagerException STOW-409
   */
  public static void requireArtifact(Project project, Coordinates module) {
    if (!project.artifact().equals(module)) {
      throw PackMessages.otherArtifact(
          project.file(), project.artifact().toString(), module.toString());
    }
  }

  /** The bytes that were checked are the bytes that are packed, whatever happens to the file. */
  static byte[] unchanged(Path file, String recorded) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      String found = FileDigests.sha256(bytes);
      if (!found.equals(recorded)) {
        throw PackMessages.otherBytes(file, recorded, found);
      }
      return bytes;
    } catch (IOException e) {
      throw PackMessages.otherBytes(file, recorded, "of no readable file");
    }
  }

  private static Waybill waybill(OutputTree output, String classifier) {
    try {
      return Json.read(output.waybill(classifier), Waybill.class);
    } catch (UncheckedIOException e) {
      throw PackMessages.noWaybill(classifier, output.waybill(classifier));
    }
  }
}
