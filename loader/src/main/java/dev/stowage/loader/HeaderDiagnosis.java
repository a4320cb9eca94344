package dev.stowage.loader;

import dev.stowage.loader.header.ContractMark;
import dev.stowage.loader.header.ElfFile;
import dev.stowage.loader.header.FileKind;
import dev.stowage.loader.header.HeaderException;
import dev.stowage.loader.header.VersionNeed;
import dev.stowage.loader.platform.Format;
import dev.stowage.loader.platform.Libc;
import dev.stowage.loader.platform.Target;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/**
 * Step 6: turns a file's header, and what the system said about it, into an error with a sentence.
 */
final class HeaderDiagnosis {
  private HeaderDiagnosis() {}

  /** Reads a file's header before the system does; null when nothing speaks against it. */
  static LoadError header(File file, Target target) {
    try {
      return target.format() == Format.ELF
          ? elf(file, ElfFile.read(file), target)
          : kind(file, head(file), target);
    } catch (HeaderException e) {
      return LoaderMessages.wrongFile(file, e.getMessage(), target.classifier());
    } catch (IOException e) {
      return LoaderMessages.refused(file, LoaderMessages.ioReason(e));
    }
  }

  /** The same for content that is still in a JAR; {@code file} only names it. */
  static LoadError header(File file, byte[] content, Target target) {
    try {
      return target.format() == Format.ELF
          ? elf(file, ElfFile.read(content), target)
          : kind(file, content, target);
    } catch (IOException e) {
      return LoaderMessages.wrongFile(file, LoaderMessages.ioReason(e), target.classifier());
    }
  }

  private static LoadError kind(File file, byte[] head, Target target) {
    FileKind kind = FileKind.of(head);
    boolean fits =
        target.format() == Format.PE
            ? kind == FileKind.PE
            : kind == FileKind.MACH_O || kind == FileKind.MACH_O_FAT;
    if (!fits) {
      return LoaderMessages.wrongFile(file, kind.sentence(), target.classifier());
    }
    List<String> machines = FileKind.machines(head);
    return machines.isEmpty() || machines.contains(target.arch())
        ? null
        : LoaderMessages.wrongFile(file, LoaderMessages.machines(machines), target.classifier());
  }

  private static LoadError elf(File file, ElfFile elf, Target target) {
    boolean fits =
        elf.machineName().equals(target.arch())
            && elf.is64Bit()
            && elf.isLittleEndian()
            && elf.type() == ElfFile.ET_DYN;
    if (!fits) {
      String bits = elf.is64Bit() ? "64" : "32";
      return LoaderMessages.wrongFile(
          file, LoaderMessages.machine(bits, elf.machineName()), target.classifier());
    }
    boolean musl = target.libc() == Libc.MUSL;
    for (String needed : elf.needed()) {
      if (musl ? needed.equals("libc.so.6") : needed.startsWith("libc.musl-")) {
        return LoaderMessages.wrongFile(
            file, LoaderMessages.foreignLibc(needed), target.classifier());
      }
    }
    String highest = musl ? null : elf.highestVersion("GLIBC_2");
    String running = musl ? "" : Glibc.version();
    if (highest != null
        && !running.isEmpty()
        && VersionNeed.compareVersions(highest, "GLIBC_" + running) > 0) {
      return LoaderMessages.oldLibc(file, highest, "GLIBC_" + running);
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

  /** Null when the shims in a directory were made for the pinned native methods. */
  static LoadError contract(File directory, PinnedBinding binding) {
    LoadError error = null;
    for (int i = 0; i < binding.names.length && error == null; i++) {
      File file = new File(directory, binding.names[i]);
      try {
        error = binding.isShim(i) ? contract(file, ContractMark.find(file), binding) : null;
      } catch (IOException e) {
        error = LoaderMessages.refused(file, LoaderMessages.ioReason(e));
      }
    }
    return error;
  }

  /** The same for files that are still in a JAR. */
  static LoadError contract(PinnedBinding binding, byte[][] content) {
    LoadError error = null;
    for (int i = 0; i < binding.names.length && error == null; i++) {
      if (binding.isShim(i)) {
        try {
          List<String> marks = ContractMark.find(new ByteArrayInputStream(content[i]));
          error = contract(new File(binding.names[i]), marks, binding);
        } catch (IOException e) {
          throw new IllegalStateException(e); // Nothing is read.
        }
      }
    }
    return error;
  }

  private static LoadError contract(File shim, List<String> marks, PinnedBinding binding) {
    boolean same = marks.size() == 1 && marks.get(0).equals(binding.contract);
    return same ? null : LoaderMessages.contract(shim, marks.toString(), binding.contract);
  }

  /**
   * True when the system's text means that code may not run from the file's directory; glibc's
   * text, then musl's.
   */
  static boolean isNoExec(Throwable thrown) {
    String text = String.valueOf(thrown.getMessage());
    return text.contains("failed to map segment") || text.contains("Operation not permitted");
  }

  /** The error for a failed load. */
  static LoadError failure(
      Throwable thrown, File directory, PinnedBinding binding, Class<?> owner) {
    String text = String.valueOf(thrown.getMessage());
    File file = fileNamed(text, directory, binding);
    if (thrown.getClass().getName().equals("java.lang.IllegalCallerException")) {
      return LoaderMessages.nativeAccess(moduleOf(owner));
    }
    if (isNoExec(thrown)) {
      return LoaderMessages.noExec(LoaderMessages.noExecMount(directory, Mounts.noExec(directory)));
    }
    if (text.contains("' not found (required by")) {
      int from = text.indexOf('`') + 1;
      return LoaderMessages.oldLibc(
          file, text.substring(from, text.indexOf("' not found", from)), Glibc.version());
    }
    if (text.contains("cannot open shared object file")
        || text.contains("Error loading shared library")
        || text.contains("Library not loaded")
        || text.contains("Can't find dependent libraries")) {
      return LoaderMessages.missingDependency(file, needs(file, text));
    }
    if (text.contains("contract")) {
      return LoaderMessages.contract(file, text, binding.contract);
    }
    return LoaderMessages.refused(file, text);
  }

  /** The library that a text names, else the last one: what it needs was loaded before. */
  private static File fileNamed(String text, File directory, PinnedBinding binding) {
    String name = binding.names[binding.names.length - 1];
    for (String candidate : binding.names) {
      name = text.contains(candidate) ? candidate : name;
    }
    return new File(directory, name);
  }

  private static String needs(File file, String text) {
    try {
      return LoaderMessages.needs(ElfFile.read(file).needed(), text);
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
