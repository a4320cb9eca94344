package dev.stowage.loader;

import dev.stowage.loader.header.ContractMark;
import dev.stowage.loader.header.ElfFile;
import dev.stowage.loader.header.FileKind;
import dev.stowage.loader.header.VersionNeed;
import dev.stowage.loader.platform.Format;
import dev.stowage.loader.platform.Libc;
import dev.stowage.loader.platform.Target;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * Step 6: turns a file's header, and what the system said about it, into an error with a sentence.
 */
final class HeaderDiagnosis {
  private HeaderDiagnosis() {}

  /**
   * Checks the content of a binding's files; null when it fits.
   *
   * @param paths whether errors name the files with their directory
   * @param contents of the files when they are not in the directory, else null
   */
  static LoadError inspect(
      PinnedBinding files,
      File directory,
      boolean paths,
      byte[][] contents,
      Target target,
      LoadLog log) {
    byte[][] content = new byte[files.names.length][];
    for (int i = 0; i < content.length; i++) {
      File file = new File(directory, files.names[i]);
      File named = paths ? file : new File(files.names[i]);
      try {
        content[i] = contents != null ? contents[i] : Files.readAllBytes(file.toPath());
      } catch (IOException e) {
        return LoaderMessages.refused(named, LoaderMessages.ioReason(e));
      }
      LoadError error = header(named, content[i], target);
      if (error != null) {
        return error;
      }
    }
    log.step(6, LoaderMessages.HEADERS);
    LoadError error = null;
    for (int i = 0; i < content.length && error == null; i++) {
      File file = paths ? new File(directory, files.names[i]) : new File(files.names[i]);
      error = files.isShim(i) ? contract(file, content[i], files.contract) : null;
    }
    return error;
  }

  /**
   * Checks the content of one library; null when it fits.
   *
   * @param file names the library
   */
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

  /**
   * Null when a shim was made for the native methods with this digest.
   *
   * @param file names the shim
   */
  static LoadError contract(File file, byte[] content, String wanted) {
    List<String> marks = ContractMark.find(content);
    boolean same = marks.size() == 1 && marks.get(0).equals(wanted);
    return same ? null : LoaderMessages.contract(file, marks.toString(), wanted);
  }

  /**
   * True when the system's text means that code may not run from the file's directory; glibc's
   * text, then musl's.
   */
  static boolean isNoExec(Throwable thrown) {
    String text = String.valueOf(thrown.getMessage());
    return text.contains("failed to map segment") || text.contains("Operation not permitted");
  }

  /** STOW-14 when the JVM denies native access to the caller, else null. */
  static LoadError denied(Throwable thrown, Class<?> caller) {
    return thrown.getClass().getName().equals("java.lang.IllegalCallerException")
        ? LoaderMessages.nativeAccess(NativeAccess.moduleOf(caller))
        : null;
  }

  /**
   * The error for the system's words, when the content of the files explains nothing.
   *
   * @param file the one that the words are about
   * @param named how it is called in the error
   */
  static LoadError failure(String text, File file, File named) {
    if (text.contains("' not found (required by")) {
      int from = text.indexOf('`') + 1;
      return LoaderMessages.oldLibc(
          named, text.substring(from, text.indexOf("' not found", from)), Glibc.version());
    }
    if (text.contains("cannot open shared object file")
        || text.contains("Error loading shared library")
        || text.contains("Library not loaded")
        || text.contains("Can't find dependent libraries")) {
      return LoaderMessages.missingDependency(named, needs(file, text));
    }
    return LoaderMessages.refused(named, text);
  }

  private static String needs(File file, String text) {
    try {
      return LoaderMessages.needs(ElfFile.read(file).needed(), text);
    } catch (IOException e) {
      return text;
    }
  }
}
