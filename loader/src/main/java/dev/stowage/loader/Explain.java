package dev.stowage.loader;

import dev.stowage.loader.header.ContractMark;
import dev.stowage.loader.header.ElfFile;
import dev.stowage.loader.header.FileKind;
import dev.stowage.loader.header.HeaderException;
import dev.stowage.loader.header.VersionNeed;
import dev.stowage.loader.platform.Target;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/**
 * Step 6: turns a file's header, and what the system said about it, into a fault with a sentence.
 */
final class Explain {
  private Explain() {}

  /** Reads a file's header before the system does; null when nothing speaks against it. */
  static Fault header(File file, Target target) {
    try {
      return target.format().equals("elf")
          ? elf(file, ElfFile.read(file), target)
          : kind(file, head(file), target);
    } catch (HeaderException e) {
      return Messages.wrongFile(file, e.getMessage(), target.classifier());
    } catch (IOException e) {
      return Messages.refused(file, Messages.ioReason(e));
    }
  }

  /** The same for content that is still in a JAR; {@code file} only names it. */
  static Fault header(File file, byte[] content, Target target) {
    try {
      return target.format().equals("elf")
          ? elf(file, ElfFile.read(content), target)
          : kind(file, content, target);
    } catch (IOException e) {
      return Messages.wrongFile(file, Messages.ioReason(e), target.classifier());
    }
  }

  private static Fault kind(File file, byte[] head, Target target) {
    FileKind kind = FileKind.of(head);
    boolean fits =
        target.format().equals("pe")
            ? kind == FileKind.PE
            : kind == FileKind.MACH_O || kind == FileKind.MACH_O_FAT;
    if (!fits) {
      return Messages.wrongFile(file, kind.sentence(), target.classifier());
    }
    List<String> machines = FileKind.machines(head);
    return machines.isEmpty() || machines.contains(target.arch())
        ? null
        : Messages.wrongFile(file, Messages.machines(machines), target.classifier());
  }

  private static Fault elf(File file, ElfFile elf, Target target) {
    boolean fits =
        elf.machineName().equals(target.arch())
            && elf.is64Bit()
            && elf.isLittleEndian()
            && elf.type() == ElfFile.ET_DYN;
    if (!fits) {
      String bits = elf.is64Bit() ? "64" : "32";
      return Messages.wrongFile(
          file, Messages.machine(bits, elf.machineName()), target.classifier());
    }
    boolean musl = target.libc().equals("musl");
    for (String needed : elf.needed()) {
      if (musl ? needed.equals("libc.so.6") : needed.startsWith("libc.musl-")) {
        return Messages.wrongFile(file, Messages.foreignLibc(needed), target.classifier());
      }
    }
    String highest = musl ? null : elf.highestVersion("GLIBC_2");
    String running = musl ? "" : Glibc.version();
    if (highest != null
        && !running.isEmpty()
        && VersionNeed.compareVersions(highest, "GLIBC_" + running) > 0) {
      return Messages.oldLibc(file, highest, "GLIBC_" + running);
    }
    return null;
  }

  private static byte[] head(File file) throws IOException {
    byte[] head = new byte[FileKind.HEAD];
    try (InputStream in = new FileInputStream(file)) {
      int read = in.read(head);
      return read == head.length ? head : Arrays.copyOf(head, Math.max(read, 0));
    }
  }

  /** Null when the shim in a directory was made for the pinned native methods. */
  static Fault contract(File directory, PinnedUnit unit) {
    File shim = new File(directory, unit.names[PinnedUnit.SHIM]);
    try {
      return contract(shim, ContractMark.find(shim), unit);
    } catch (IOException e) {
      return Messages.refused(shim, Messages.ioReason(e));
    }
  }

  /** The same for marks that were found elsewhere, as in a JAR; {@code shim} only names it. */
  static Fault contract(File shim, List<String> marks, PinnedUnit unit) {
    boolean same = marks.size() == 1 && marks.get(0).equals(unit.contract);
    return same ? null : Messages.contract(shim, marks.toString(), unit.contract);
  }

  /**
   * True when the system's text means that code may not run from the file's directory; glibc's
   * text, then musl's.
   */
  static boolean isNoExec(Throwable thrown) {
    String text = String.valueOf(thrown.getMessage());
    return text.contains("failed to map segment") || text.contains("Operation not permitted");
  }

  /** What a failed load means. */
  static Fault failure(Throwable thrown, File directory, PinnedUnit unit, NativeLibrary owner) {
    String text = String.valueOf(thrown.getMessage());
    File shim = new File(directory, unit.names[PinnedUnit.SHIM]);
    File file =
        text.contains(unit.names[PinnedUnit.CORE])
            ? new File(directory, unit.names[PinnedUnit.CORE])
            : shim;
    if (thrown.getClass().getName().equals("java.lang.IllegalCallerException")) {
      return Messages.nativeAccess(moduleOf(owner.getClass()));
    }
    if (isNoExec(thrown)) {
      return Messages.noExec(Messages.noExecMount(directory, Mounts.noExec(directory)));
    }
    if (text.contains("' not found (required by")) {
      int from = text.indexOf('`') + 1;
      return Messages.oldLibc(
          file, text.substring(from, text.indexOf("' not found", from)), Glibc.version());
    }
    if (text.contains("cannot open shared object file")
        || text.contains("Error loading shared library")
        || text.contains("Library not loaded")
        || text.contains("Can't find dependent libraries")) {
      return Messages.missingDependency(file, needs(file, text));
    }
    if (text.contains("contract")) {
      return Messages.contract(shim, text, unit.contract);
    }
    return Messages.refused(file, text);
  }

  private static String needs(File file, String text) {
    try {
      return Messages.needs(ElfFile.read(file).needed(), text);
    } catch (IOException e) {
      return text;
    }
  }

  /**
   * The name of a class's module, or null; by reflection, because Java 8 has neither modules nor
   * this failure.
   */
  static String moduleOf(Class<?> type) {
    try {
      Object module = Class.class.getMethod("getModule").invoke(type);
      return (String) Class.forName("java.lang.Module").getMethod("getName").invoke(module);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }
}
