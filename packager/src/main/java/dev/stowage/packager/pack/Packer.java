package dev.stowage.packager.pack;

import dev.stowage.loader.platform.Target;
import dev.stowage.packager.contract.Contract;
import dev.stowage.packager.message.Console;
import dev.stowage.packager.message.SharedMessages;
import dev.stowage.packager.project.Coordinates;
import dev.stowage.packager.project.Project;
import dev.stowage.packager.record.BuildOutput;
import dev.stowage.packager.record.FileDigests;
import dev.stowage.packager.record.Input;
import dev.stowage.packager.record.Json;
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
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Packs what was built and verified.
 *
 * @param built the libraries to pack
 * @param console receives one line per file
 * @since 0.1.0
 */
public record Packer(BuildOutput built, Console console) {
  /**
   * Writes the waybill of every target, and the class {@code StowagePins} into the API's classes.
   * Unchanged files keep their modification time.
   *
   * @param contracts what Java declares, one per binding
   * @param reports of {@code verify}, one per target
   * @param classesDir the API's compiled classes
   * @throws dev.stowage.packager.message.PackagerException STOW-200 when verify failed, STOW-4nn
   *     when files, records and reports differ; nothing is written then
   */
  public void pins(List<Contract> contracts, List<VerifyReport> reports, Path classesDir) {
    WaybillWriter writer = new WaybillWriter(built, contracts);
    List<Waybill> waybills = reports.stream().map(writer::of).toList();
    String anchor = built.project().javaPackage().replace('.', '/') + "/";
    TreeMap<String, String> pins = new TreeMap<>();
    waybills.forEach(waybill -> pins.put(waybill.classifier(), PinsText.of(waybill, anchor)));
    byte[] pinsClass = PinsClass.of(anchor + "StowagePins", pins);
    for (Waybill waybill : waybills) {
      AtomicFile.write(built.tree().waybill(waybill.classifier()), Json.indented(waybill));
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
   * Packs {@code jars/<artifactId>-<version>-<classifier>.jar} for every target, from the waybill
   * that {@link #pins} wrote, which also has the artifact id. Equal content and time give equal
   * bytes.
   *
   * @param time of the entries
   * @return JAR by target
   * @throws dev.stowage.packager.message.PackagerException STOW-4nn when a waybill is missing or
   *     does not match the files
   */
  public Map<Target, Path> jars(Instant time) {
    return files(waybill -> write(waybill, ".jar", jar(waybill).bytes(time)));
  }

  /**
   * Packs {@code jars/<artifactId>-<version>-<classifier>-debug.jar} for every target of a release
   * build: the debug files of its libraries, with an index by id.
   *
   * @param time of the entries
   * @return JAR by target; a local build has none
   * @throws dev.stowage.packager.message.PackagerException STOW-411 when a debug file is missing or
   *     belongs to another library
   */
  public Map<Target, Path> debugJars(Instant time) {
    return files(
        waybill ->
            DebugJar.wanted(waybill)
                ? write(waybill, "-debug.jar", DebugJar.of(built, waybill).bytes(time))
                : null);
  }

  /**
   * Packs {@code jars/<artifactId>-<version>-<classifier>-sdk.zip} for every target: headers,
   * cores, import libraries, pkg-config files and the metadata of the classifier JAR. Equal content
   * and time give equal bytes.
   *
   * @return ZIP by target
   * @throws dev.stowage.packager.message.PackagerException as {@link #jars}; STOW-410 when a header
   *     or an import library is missing
   */
  public Map<Target, Path> sdks(Instant time) {
    return files(
        waybill ->
            write(waybill, "-sdk.zip", new Sdk(built, waybill).zip(jar(waybill)).bytes(time)));
  }

  /**
   * Makes one file per target from its waybill; targets for which {@code make} returns null are
   * left out.
   */
  private Map<Target, Path> files(Function<Waybill, Path> make) {
    Map<Target, Path> files = new LinkedHashMap<>();
    for (Target target : built.targets()) {
      Path file = make.apply(waybill(target));
      if (file != null) {
        files.put(target, file);
      }
    }
    return files;
  }

  private Path write(Waybill waybill, String end, byte[] bytes) {
    String artifact = waybill.artifact().artifactId() + "-" + waybill.version();
    String name = artifact + "-" + waybill.classifier() + end;
    Path file = built.tree().jars().resolve(name);
    AtomicFile.write(file, bytes);
    console.step(PackMessages.packed(waybill.classifier(), name, bytes.length));
    return file;
  }

  /**
   * Writes the content of the classifier JARs into a directory of classes, for a drop-in JAR.
   * Native libraries of this library from an earlier build are deleted.
   *
   * @param directory receives {@code META-INF/stowage/...}
   * @throws dev.stowage.packager.message.PackagerException STOW-4nn when a waybill is missing or
   *     does not match the files; nothing is written then
   */
  public void embed(Path directory) {
    SortedMap<String, byte[]> entries = new TreeMap<>();
    List<String> lines = new ArrayList<>();
    for (Target target : built.targets()) {
      SortedMap<String, byte[]> jar = jar(waybill(target)).entries();
      long size = jar.values().stream().mapToLong(content -> content.length).sum();
      lines.add(PackMessages.embedded(target.classifier(), jar.size(), size));
      entries.putAll(jar);
    }
    deleteOthers(directory, "META-INF/stowage/" + built.project().library(), entries.keySet());
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

  private ClassifierJar jar(Waybill waybill) {
    Project project = built.project();
    String classifier = waybill.classifier();
    String module = project.javaPackage() + ".natives." + classifier.replace('-', '_');
    ClassifierJar jar = new ClassifierJar(module);
    String root =
        "META-INF/stowage/" + waybill.library() + "/" + waybill.version() + "/" + classifier + "/";
    jar.add("META-INF/LICENSE", Licenses.own(project));
    jar.add(root + "waybill.json", Json.indented(waybill));
    for (WaybillEntry binding : waybill.bindings()) {
      for (WaybillFile library : binding.libraries()) {
        Path file = built.tree().lib(classifier).resolve(library.file());
        jar.add(root + library.file(), unchanged(file, library.sha256()));
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

  /**
   * Reads and checks a file once, so that the checked bytes are packed even if the file changes.
   */
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

  private Waybill waybill(Target target) {
    Path file = built.tree().waybill(target.classifier());
    try {
      return Json.read(file, Waybill.class);
    } catch (UncheckedIOException e) {
      throw PackMessages.noWaybill(target.classifier(), file);
    }
  }
}
