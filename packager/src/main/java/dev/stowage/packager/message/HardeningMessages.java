package dev.stowage.packager.message;

import java.util.List;

/**
 * What {@code verify} says of broken rules of the class hardening.
 *
 * @since 0.1.0
 */
public final class HardeningMessages {
  private HardeningMessages() {}

  /** Rule exec-stack. */
  public static String execStack(String libc) {
    return switch (libc) {
      case "windows" -> "does not declare that its data is never executed (NX_COMPAT)";
      case "macos" -> "asks for an executable stack, which macOS on arm64 refuses";
      default -> "asks for an executable stack, which glibc 2.41 and hardened kernels refuse";
    };
  }

  /** Fix of rule exec-stack. */
  public static String execStackFix(String libc) {
    return switch (libc) {
      case "windows" -> "link with -Wl,--nxcompat";
      case "macos" -> "link without -Wl,-allow_stack_execute";
      default -> "link with -Wl,-z,noexecstack";
    };
  }

  /** Rule text-relocations. */
  public static String textRelocations() {
    return "writes to its code when it is loaded (TEXTREL)";
  }

  /** Fix of rule text-relocations. */
  public static String textRelocationsFix(String libc) {
    return libc.equals("macos")
        ? "compile with -fPIC"
        : "compile with -fPIC and link with -Wl,-z,text";
  }

  /** Rule writable-code. */
  public static String writableCode() {
    return "has memory that is writable and executable at once";
  }

  /** Fix of rule writable-code. */
  public static String writableCodeFix() {
    return "keep code and data in sections of their own (no -Wl,-N, no writable .text)";
  }

  /** Rule relro. */
  public static String relro(boolean relro) {
    return relro ? "binds symbols lazily" : "has no read-only relocations (RELRO)";
  }

  /** Fix of rule relro. */
  public static String relroFix() {
    return "link with -Wl,-z,relro -Wl,-z,now";
  }

  /** Rule aslr. */
  public static String aslr(boolean stripped) {
    return stripped
        ? "has lost its relocations, so Windows cannot choose its address"
        : "does not let Windows choose its address (DYNAMIC_BASE)";
  }

  /** Fix of rule aslr. */
  public static String aslrFix() {
    return "link with -Wl,--dynamicbase, and keep the relocations";
  }

  /** Rule aslr: not above 4 GB. */
  public static String highEntropy() {
    return "does not let Windows choose an address above 4 GB (HIGH_ENTROPY_VA)";
  }

  /** Fix for a small address space. */
  public static String highEntropyFix() {
    return "link with -Wl,--high-entropy-va";
  }

  /** Rule absolute-paths. */
  public static String absolutePaths(List<String> paths) {
    return "names paths of the machine it was built on: " + RuleMessages.some(paths);
  }

  /** Fix of rule absolute-paths. */
  public static String absolutePathsFix(boolean go) {
    String flag = go ? "-trimpath" : "--remap-path-prefix";
    return "build with " + flag + ", and -ffile-prefix-map for C";
  }
}
