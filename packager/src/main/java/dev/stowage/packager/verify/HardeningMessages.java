package dev.stowage.packager.verify;

import dev.stowage.loader.platform.Libc;
import java.util.List;

/** The texts of broken rules of the class hardening. */
final class HardeningMessages {
  private HardeningMessages() {}

  /** Rule exec-stack. */
  static String execStack(Libc libc) {
    return switch (libc) {
      case WINDOWS -> "does not declare that its data is never executed (NX_COMPAT)";
      case MACOS -> "needs an executable stack, which macOS on arm64 refuses";
      case GLIBC, MUSL -> "needs an executable stack, which glibc 2.41 and hardened kernels refuse";
    };
  }

  /** Fix of rule exec-stack. */
  static String execStackFix(Libc libc) {
    return switch (libc) {
      case WINDOWS -> "link with -Wl,--nxcompat";
      case MACOS -> "link without -Wl,-allow_stack_execute";
      case GLIBC, MUSL -> "link with -Wl,-z,noexecstack";
    };
  }

  /** Rule text-relocations. */
  static String textRelocations() {
    return "has relocations of its code, so the code is written to when it is loaded (TEXTREL)";
  }

  /** Fix of rule text-relocations. */
  static String textRelocationsFix(Libc libc) {
    return libc == Libc.MACOS
        ? "compile with -fPIC"
        : "compile with -fPIC and link with -Wl,-z,text";
  }

  /** Rule writable-code. */
  static String writableCode() {
    return "has memory that is writable and executable at once";
  }

  /** Fix of rule writable-code. */
  static String writableCodeFix() {
    return "keep code and data in separate sections (no -Wl,-N, no writable .text)";
  }

  /** Rule relro. */
  static String relro(boolean relro) {
    return relro ? "binds symbols lazily" : "has no read-only relocations (RELRO)";
  }

  /** Fix of rule relro. */
  static String relroFix() {
    return "link with -Wl,-z,relro -Wl,-z,now";
  }

  /** Rule aslr. */
  static String aslr(boolean stripped) {
    return stripped
        ? "has no relocations, so Windows cannot choose its address"
        : "does not let Windows choose its address (DYNAMIC_BASE)";
  }

  /** Fix of rule aslr. */
  static String aslrFix() {
    return "link with -Wl,--dynamicbase, and keep the relocations";
  }

  /** Rule aslr: not above 4 GB. */
  static String highEntropy() {
    return "does not let Windows choose an address above 4 GB (HIGH_ENTROPY_VA)";
  }

  /** Fix for a small address space. */
  static String highEntropyFix() {
    return "link with -Wl,--high-entropy-va";
  }

  /** Rule absolute-paths. */
  static String absolutePaths(List<String> paths) {
    return "contains paths of the build machine: " + RuleMessages.some(paths);
  }

  /** Fix of rule absolute-paths. */
  static String absolutePathsFix(boolean go) {
    String flag = go ? "-trimpath" : "--remap-path-prefix";
    return "build with " + flag + ", and -ffile-prefix-map for C";
  }
}
