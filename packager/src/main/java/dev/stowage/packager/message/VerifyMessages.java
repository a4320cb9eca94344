package dev.stowage.packager.message;

import dev.stowage.packager.message.PackagerException.Kind;
import java.nio.file.Path;
import java.util.List;

/**
 * Every text of {@code verify} that a user reads.
 *
 * @since 0.1.0
 */
public final class VerifyMessages {
  private VerifyMessages() {}

  /** STOW-200: the end of a run with failures. */
  public static PackagerException failed(String classifier, List<String> findings) {
    return new PackagerException(
        Kind.RULE,
        "STOW-200",
        findings.size() + " broken rule(s) in the libraries of " + classifier,
        String.join("\n", findings),
        null);
  }

  /** STOW-201: a library that was never built. */
  public static PackagerException notBuilt(String classifier, String unit, String role, Path file) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-201",
        "no " + role + " of unit '" + unit + "' for " + classifier,
        "nothing readable at " + file,
        "run 'build' first");
  }

  /** STOW-203: a rule nobody knows. */
  public static PackagerException unknownRule(String rule, String nearest, List<String> known) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-203",
        "there is no rule '" + rule + "'",
        null,
        (nearest == null ? "" : "write '" + nearest + "'; ")
            + "rules are "
            + String.join(", ", known));
  }

  /** STOW-204: libraries of another version. */
  public static PackagerException otherVersion(String file, String built, String wanted) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-204",
        file + " was built as version " + built + ", not " + wanted,
        null,
        "run 'build' with version " + wanted + " first");
  }

  /** What was found in a library. */
  public static String facts(String floor, String symbol, int needed, int exports) {
    String libc = floor == null ? "no versioned symbol" : "needs " + floor + " (" + symbol + ")";
    return libc + "; " + needed + " needed, " + exports + " exported";
  }

  /** One broken rule: file, rule, what was found, fix. */
  public static String finding(String file, String rule, String found, String fix) {
    return file + ": " + rule + ": " + found + "; fix: " + fix;
  }

  /** Rule machine. */
  public static String machine(String found, String wanted) {
    return "is for " + found + ", the row is for " + wanted;
  }

  /** Fix of rule machine. */
  public static String machineFix() {
    return "build it with the toolchain of this row";
  }

  /** Rule machine: not a shared library at all. */
  public static String notALibrary(int type) {
    return "is not a shared library (ELF type " + type + ")";
  }

  /** Fix for a file that is not a shared library. */
  public static String notALibraryFix() {
    return "link with -shared";
  }

  /** Rule floor. */
  public static String floor(String found, String symbols, String libc, String floor) {
    return "needs "
        + found
        + " for "
        + symbols
        + ", the floor of this row is "
        + libc
        + " "
        + floor;
  }

  /** Fix of rule floor. */
  public static String floorFix() {
    return "build with a toolchain for the floor; a local build runs only on hosts as new as this";
  }

  /** Rule floor on a row without glibc. */
  public static String wrongLibc(String found, String libc) {
    return "needs " + found + ", the row is for " + libc;
  }

  /** Rule needed. */
  public static String needed(String libraries, String classifier) {
    return "needs " + libraries + ", which " + classifier + " hosts may not have";
  }

  /** Fix of rule needed. */
  public static String neededFix() {
    return "link it statically, or drop the dependency";
  }

  /** Rule needed: a shim that was not linked with its core. */
  public static String coreNotNeeded(String core) {
    return "does not need its core " + core;
  }

  /** Fix for a shim without core. */
  public static String coreNotNeededFix() {
    return "link the shim with the core by its final name";
  }

  /** Rule soname. */
  public static String soname(String found) {
    return "SONAME is " + (found == null ? "not set" : found) + ", not the file name";
  }

  /** Fix of rule soname. */
  public static String sonameFix(String name) {
    return "link with -Wl,-soname," + name;
  }

  /** Rule rpath. */
  public static String rpath(String found) {
    return "search path is " + found;
  }

  /** Fix of rule rpath. */
  public static String rpathFix(String wanted) {
    return "link with -Wl,-rpath," + wanted + " or without a search path";
  }

  /** Rule exec-stack. */
  public static String execStack() {
    return "asks for an executable stack, which glibc 2.41 and hardened kernels refuse";
  }

  /** Fix of rule exec-stack. */
  public static String execStackFix() {
    return "link with -Wl,-z,noexecstack";
  }

  /** Rule text-relocations. */
  public static String textRelocations() {
    return "writes to its code when it is loaded (TEXTREL)";
  }

  /** Fix of rule text-relocations. */
  public static String textRelocationsFix() {
    return "compile with -fPIC and link with -Wl,-z,text";
  }

  /** Rule relro. */
  public static String relro(boolean relro) {
    return relro ? "binds symbols lazily" : "has no read-only relocations (RELRO)";
  }

  /** Fix of rule relro. */
  public static String relroFix() {
    return "link with -Wl,-z,relro -Wl,-z,now";
  }

  /** Rule nodelete. */
  public static String noDelete() {
    return "can be unloaded, though its threads and thread locals outlive every class loader";
  }

  /** Fix of rule nodelete. */
  public static String noDeleteFix() {
    return "link with -Wl,-z,nodelete";
  }

  /** Rule exports. */
  public static String exports(List<String> extra, List<String> missing) {
    String more = extra.isEmpty() ? "" : "exports " + some(extra) + " too many";
    String less = missing.isEmpty() ? "" : "does not export " + some(missing);
    return more + (more.isEmpty() || less.isEmpty() ? "" : ", ") + less;
  }

  /** Fix of rule exports. */
  public static String exportsFix(String source) {
    return "make " + source + " and the library agree";
  }

  /** What decides a shim's exports. */
  public static String shimExports() {
    return "the version script (JNI_OnLoad, JNI_OnUnload)";
  }

  /** Rule contract. */
  public static String contract(List<String> found, String wanted) {
    if (wanted == null) {
      return "carries a JNI contract, a core must not";
    }
    return switch (found.size()) {
      case 0 -> "carries no contract digest, Java has " + wanted;
      case 1 -> "was compiled for contract " + found.get(0) + ", Java has " + wanted;
      default -> "carries " + found.size() + " contract digests";
    };
  }

  /** Fix of rule contract. */
  public static String contractFix(String wanted) {
    return wanted == null
        ? "do not link shim sources into the core"
        : "define STOWAGE_CONTRACT_ONLOAD in exactly one C file of the shim, and build it again";
  }

  /** Rule go-runtime. */
  public static String goRuntime(String evidence) {
    return "contains a Go runtime (" + evidence + ")";
  }

  /** Fix of rule go-runtime. */
  public static String goRuntimeFix() {
    return "call Go through its own shared library; a process holds one Go runtime";
  }

  /** Rule static-tls. */
  public static String staticTls() {
    return "uses static TLS, of which a running process has little left";
  }

  /** Fix of rule static-tls. */
  public static String staticTlsFix() {
    return "compile without -ftls-model=initial-exec";
  }

  /** Up to three names, then how many more. */
  public static String some(List<String> names) {
    int shown = Math.min(3, names.size());
    String rest = names.size() > shown ? " and " + (names.size() - shown) + " more" : "";
    return String.join(", ", names.subList(0, shown)) + rest;
  }
}
