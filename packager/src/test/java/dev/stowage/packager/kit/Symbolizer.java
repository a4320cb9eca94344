package dev.stowage.packager.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people use to read a crash: the tools of LLVM. */
public final class Symbolizer {
  private Symbolizer() {}

  /** Function, then file:line:column, one pair per inlined frame. */
  public static String symbolize(Path file, long address, String... options) {
    List<String> command = new ArrayList<>(List.of("llvm-symbolizer"));
    command.addAll(List.of(options));
    command.addAll(List.of("--obj=" + file, "0x" + Long.toHexString(address)));
    return run(command.toArray(new String[0]));
  }

  /** The address of an exported function, in the file's own address space. */
  public static long exportAddress(Path library, String name) {
    if (library.toString().endsWith(".dll")) {
      String exports = run("llvm-readobj", "--coff-exports", library.toString());
      long offset = hex(exports, "Name: " + name + "\\s+RVA: 0x([0-9A-Fa-f]+)");
      String headers = run("llvm-readobj", "--file-headers", library.toString());
      return hex(headers, "ImageBase: 0x([0-9A-Fa-f]+)") + offset;
    }
    String option = library.toString().endsWith(".so") ? "-D" : "-g";
    return hex(run("llvm-nm", option, library.toString()), "(?m)^([0-9a-f]+) T _?" + name + "$");
  }

  private static long hex(String text, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    assertThat(found.find()).as("%s in:%n%s", pattern, text).isTrue();
    return Long.parseUnsignedLong(found.group(1), 16);
  }

  private static String run(String... command) {
    Child child = Child.run(Path.of("").toAbsolutePath(), List.of(command));
    assertThat(child.exit()).as(child.output()).isZero();
    return child.output();
  }
}
