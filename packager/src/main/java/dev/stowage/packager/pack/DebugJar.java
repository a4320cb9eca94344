package dev.stowage.packager.pack;

import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import dev.stowage.packager.binary.Binary;
import dev.stowage.packager.debug.DebugSymbols;
import dev.stowage.packager.message.SharedMessages;
import dev.stowage.packager.project.Project;
import dev.stowage.packager.record.BuildOutput;
import dev.stowage.packager.record.DebugIndex;
import dev.stowage.packager.record.FileDigests;
import dev.stowage.packager.record.Json;
import dev.stowage.packager.record.OutputTree;
import dev.stowage.packager.record.Waybill;
import dev.stowage.packager.record.WaybillEntry;
import dev.stowage.packager.record.WaybillFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The debug files of one target, laid out as debuggers look for them: several of these JARs can be
 * unpacked into one directory.
 */
final class DebugJar {
  private DebugJar() {}

  /** The debug id of a library in a release build; null if the linker wrote none. */
  static String id(Path library) {
    try {
      return Binary.read(library).debugId().orElse(null);
    } catch (IOException e) {
      throw SharedMessages.cannotRead(library, e);
    }
  }

  /** Whether the libraries have debug files. */
  static boolean wanted(Waybill waybill) {
    return waybill.bindings().stream()
        .flatMap(binding -> binding.libraries().stream())
        .anyMatch(item -> item.debugId() != null);
  }

  static ClassifierJar of(BuildOutput built, Waybill waybill) {
    Project project = built.project();
    OutputTree output = built.tree();
    Target target = Targets.byClassifier(waybill.classifier());
    String classifier = target.classifier();
    String module = project.javaPackage() + ".debug." + classifier.replace('-', '_');
    ClassifierJar jar = new ClassifierJar(module);
    jar.add("META-INF/LICENSE", Licenses.own(project));
    List<DebugIndex.Entry> files = new ArrayList<>();
    for (WaybillEntry binding : waybill.bindings()) {
      for (WaybillFile item : binding.libraries()) {
        byte[] debug = debugFile(output, classifier, item);
        String path = path(target, item);
        jar.add(path, debug);
        String digest = FileDigests.sha256(debug);
        files.add(new DebugIndex.Entry(item.debugId(), item.file(), path, digest));
      }
    }
    DebugIndex index =
        new DebugIndex(DebugIndex.FORMAT, waybill.library(), waybill.version(), classifier, files);
    String root =
        "META-INF/stowage/" + waybill.library() + "/" + waybill.version() + "/" + classifier;
    jar.add(root + "/debug.json", Json.indented(index));
    return jar;
  }

  private static byte[] debugFile(OutputTree output, String classifier, WaybillFile item) {
    Path file = output.debug(classifier, item.file());
    Path library = output.lib(classifier).resolve(item.file());
    try {
      byte[] debug = Files.readAllBytes(file);
      if (item.debugId() != null && DebugSymbols.belongs(debug, Files.readAllBytes(library))) {
        return debug;
      }
      throw PackMessages.noDebugFile(item.file(), file);
    } catch (IOException e) {
      throw PackMessages.noDebugFile(item.file(), file);
    }
  }

  /**
   * The path of a debug file. ELF: below {@code .build-id}, where gdb, lldb and elfutils look in a
   * debug directory. Mach-O: the bundle that lldb and llvm-symbolizer look for beside the library.
   * PE: name/id/name as on symbol servers, since no debugger looks for separate DWARF.
   */
  private static String path(Target target, WaybillFile item) {
    String id = item.debugId();
    String name = item.file();
    return switch (target.format()) {
      case ELF -> ".build-id/" + id.substring(0, 2) + "/" + id.substring(2) + ".debug";
      case MACH_O -> name + ".dSYM/Contents/Resources/DWARF/" + name;
      case PE -> name + "/" + id + "/" + name;
    };
  }
}
