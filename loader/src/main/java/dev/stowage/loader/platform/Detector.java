package dev.stowage.loader.platform;

import java.io.FileInputStream;

/**
 * Finds the target of a JVM from its {@link Facts}. An unknown operating system or CPU is an error,
 * never a default.
 *
 * <p>The C library is that of the process, not of the machine, which may have both.
 *
 * @since 0.1.0
 */
public final class Detector {
  private Detector() {}

  /**
   * Returns the target of a JVM with these facts.
   *
   * @throws UnknownPlatformException if no target fits
   */
  public static Target detect(Facts facts) throws UnknownPlatformException {
    String libc = libc(facts);
    String classifier =
        classifier(
            facts.get("os.name"), facts.get("os.arch"), facts.get("sun.arch.data.model"), libc);
    if (classifier != null) {
      return Targets.byClassifier(classifier);
    }
    // Thrown elsewhere: a throw here would load the exception's class on a warm start.
    return UnknownPlatformException.refuse(facts, libc);
  }

  /**
   * The C library of the process: from its interpreter, or if ld.so itself started the JVM, from
   * the mapped files.
   */
  public static String libc(Facts facts) {
    String named = facts.get("exe.head");
    if (!named.isEmpty()) {
      return named;
    }
    String mapped = facts.get("maps");
    return mapped.indexOf(' ') < 0 ? mapped : "";
  }

  /**
   * A sentence if this JVM is emulated or does not match its machine, else null. It is only an
   * explanation: libraries must match the JVM, not the machine.
   */
  public static String hint(Facts facts) {
    String os = facts.get("os.name");
    String arch = facts.get("os.arch");
    String cpu = facts.get("PROCESSOR_IDENTIFIER");
    if (os.startsWith("Windows") && cpu.startsWith("ARM") && !arch.equals("aarch64")) {
      return "an x86_64 JVM emulated on Windows on ARM; libraries must be x86_64 as well";
    }
    if (!facts.get("PROCESSOR_ARCHITEW6432").isEmpty()) {
      return "a 32-bit JVM on 64-bit Windows (WOW64); install a 64-bit JVM";
    }
    if (os.startsWith("Mac") && !facts.get("rosetta").isEmpty() && arch.equals("x86_64")) {
      return "an x86_64 JVM under Rosetta on Apple silicon; an aarch64 JVM is faster";
    }
    if (facts.get("sun.arch.data.model").equals("32")) {
      return "a 32-bit JVM; install a 64-bit one";
    }
    return null;
  }

  /**
   * The classifier for four facts, or null. A warm start needs only this, so it uses no other
   * class: {@code Targets.INDEX} is a compile-time constant.
   *
   * @param bits {@code sun.arch.data.model}; empty if the JVM does not have it
   * @param libc on Linux the name of the C library in the targets table, ignored on other systems
   */
  public static String classifier(String os, String arch, String bits, String libc) {
    // A line is "<beginning of os.name>|<bits>|<libc>|<os.arch> <os.arch> |<classifier>".
    String index = Targets.INDEX;
    for (int at = 0; at < index.length(); at = index.indexOf('\n', at) + 1) {
      int bitsAt = index.indexOf('|', at) + 1;
      int libcAt = index.indexOf('|', bitsAt) + 1;
      int archAt = index.indexOf('|', libcAt) + 1;
      int classifierAt = index.indexOf('|', archAt) + 1;
      String ofLibc = index.substring(libcAt, archAt - 1);
      int spelled = index.indexOf(' ' + arch + ' ', archAt);
      if (os.startsWith(index.substring(at, bitsAt - 1))
          && (bits.isEmpty()
              || bits.equals("unknown")
              || bits.equals(index.substring(bitsAt, libcAt - 1)))
          && (ofLibc.isEmpty() || ofLibc.equals(libc))
          && spelled >= 0
          && spelled < classifierAt) {
        return index.substring(classifierAt, index.indexOf('\n', at));
      }
    }
    return null;
  }

  /**
   * {@code musl}, {@code glibc} or an empty string: the C library whose run-time linker is named in
   * a text.
   */
  public static String libcNamedIn(String text) {
    // musl's ldso/dynlink.c has the name ld-musl-<arch>.so.1; glibc: ld-linux*.so.* on the machines
    // in the table.
    if (text.contains("/ld-musl-") || text.contains("/libc.musl-")) {
      return "musl";
    }
    return text.contains("/ld-linux") ? "glibc" : "";
  }

  /** The first page of the program this JVM is, as Latin-1; empty when it cannot be read. */
  public static String exeHead() {
    return head("/proc/self/exe", 1024);
  }

  /**
   * The beginning of a file as Latin-1; empty when it cannot be read. Made for a warm start: no
   * class but those that every JVM has loaded.
   *
   * @param limit the most bytes to read
   */
  @SuppressWarnings(
      "deprecation") // String(byte[], int) is the one decoder that loads no charset class.
  public static String head(String path, int limit) {
    byte[] bytes = new byte[limit];
    int size = 0;
    try (FileInputStream in = new FileInputStream(path)) {
      for (int read; size < limit && (read = in.read(bytes, size, limit - size)) > 0; ) {
        size += read;
      }
      return new String(bytes, 0, 0, size);
    } catch (Exception e) { // Not IOException: the verifier would load it, see PinnedBinding.
      return "";
    }
  }
}
