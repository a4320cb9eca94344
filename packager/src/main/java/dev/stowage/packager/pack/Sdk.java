package dev.stowage.packager.pack;

import dev.stowage.loader.platform.Format;
import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import dev.stowage.packager.project.Binding;
import dev.stowage.packager.project.Project;
import dev.stowage.packager.project.Role;
import dev.stowage.packager.record.BuildOutput;
import dev.stowage.packager.record.OutputTree;
import dev.stowage.packager.record.Waybill;
import dev.stowage.packager.record.WaybillEntry;
import dev.stowage.packager.record.WaybillFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The SDK of one target: the cores, and everything that a C compiler needs to build against them.
 * Laid out like an installation prefix: {@code include}, {@code lib} (on Windows import libraries,
 * with the DLLs in {@code bin}) and {@code lib/pkgconfig}.
 */
final class Sdk {
  private final Project project;
  private final OutputTree output;
  private final Waybill waybill;
  private final Target target;

  Sdk(BuildOutput built, Waybill waybill) {
    this.project = built.project();
    this.output = built.tree();
    this.waybill = waybill;
    this.target = Targets.byClassifier(waybill.classifier());
  }

  /** The whole SDK, with the metadata of the classifier JAR. */
  ClassifierJar zip(ClassifierJar metadata) {
    ClassifierJar zip = ClassifierJar.plainZip();
    metadata
        .entries()
        .forEach(
            (name, content) -> {
              String file = name.substring(name.lastIndexOf('/') + 1);
              int licenses = name.indexOf("/licenses/");
              if (file.equals("LICENSE") || file.equals("waybill.json")) {
                zip.add(file, content);
              } else if (licenses >= 0) {
                zip.add(name.substring(licenses + 1), content);
              }
            });
    for (Binding binding : project.on(target).bindings()) {
      Path header = binding.core().header();
      zip.add("include/" + header.getFileName(), bytes(header));
      for (WaybillEntry entry : waybill.bindings()) {
        if (entry.name().equals(binding.name())) {
          addCore(zip, binding, core(entry));
        }
      }
    }
    return zip;
  }

  private static WaybillFile core(WaybillEntry binding) {
    return binding.libraries().stream()
        .filter(f -> f.role() == Role.CORE)
        .findFirst()
        .orElseThrow();
  }

  private void addCore(ClassifierJar zip, Binding binding, WaybillFile core) {
    Path file = output.lib(waybill.classifier()).resolve(core.file());
    byte[] library = Packer.unchanged(file, core.sha256());
    String linked = core.file();
    if (target.format() == Format.PE) {
      linked = "lib" + core.file() + ".a";
      zip.add("lib/" + linked, bytes(output.implib(waybill.classifier()).resolve(linked)));
      zip.add("bin/" + core.file(), library);
    } else {
      zip.add("lib/" + core.file(), library);
    }
    String name = "stowage_" + project.library() + "_" + binding.name();
    zip.add(
        "lib/pkgconfig/" + name + ".pc",
        pkgConfig(name, binding, linked).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A pkg-config file. It names the library by its path, relative to the pkg-config file, because
   * {@code -l} cannot find a name with the version before the suffix.
   */
  private String pkgConfig(String name, Binding binding, String linked) {
    return """
        prefix=${pcfiledir}/../..
        includedir=${prefix}/include
        libdir=${prefix}/lib

        Name: %s
        Description: the core '%s' of %s for %s
        Version: %s
        Cflags: -I${includedir}
        Libs: ${libdir}/%s
        """
        .formatted(
            name,
            binding.name(),
            project.library(),
            target.classifier(),
            waybill.version(),
            linked);
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw PackMessages.sdkNeeds(file);
    }
  }
}
