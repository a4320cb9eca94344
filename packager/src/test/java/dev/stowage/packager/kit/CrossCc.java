package dev.stowage.packager.kit;

import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Builds small shared libraries for any row with zig. */
public final class CrossCc {
  private CrossCc() {}

  /** Compiles and links one source text, as release rows are linked before their split. */
  public static Path library(Path file, String row, String source, List<String> arguments) {
    Target target = Targets.byClassifier(row);
    List<String> all = new ArrayList<>(List.of("-O2"));
    if (target.format().equals("elf")) {
      all.add("-Wl,--build-id=sha1");
    } else if (target.format().equals("mach-o")) {
      // Else zig writes the whole path.
      all.add("-Wl,-install_name,@rpath/" + file.getFileName());
    }
    all.addAll(arguments);
    return Zig.link(target.zigTarget(), file, source, all);
  }
}
