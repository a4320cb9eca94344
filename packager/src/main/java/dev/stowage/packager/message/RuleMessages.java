package dev.stowage.packager.message;

import java.util.List;

/**
 * What {@code verify} says of broken rules of the classes identity, portability and boundary.
 *
 * @since 0.1.0
 */
public final class RuleMessages {
  private RuleMessages() {}

  /** Rule machine. */
  public static String machine(String found, String wanted, String row) {
    return "is for " + found + ", " + row + " is for " + wanted;
  }

  /** Fix of rule machine. */
  public static String machineFix() {
    return "build it with the toolchain of this row";
  }

  /** Rule machine: not a shared library at all. */
  public static String notALibrary() {
    return "is a program or an object file, not a shared library";
  }

  /** Fix for a file that is not a shared library. */
  public static String notALibraryFix(String libc) {
    return "link with " + (libc.equals("macos") ? "-dynamiclib" : "-shared");
  }

  /** Rule name. */
  public static String name(String libc, String found, String wanted) {
    String what =
        switch (libc) {
          case "macos" -> "install name";
          case "windows" -> "name in the export table";
          default -> "SONAME";
        };
    return what + " is " + (found == null ? "not set" : found) + ", not " + wanted;
  }

  /** Fix of rule name. */
  public static String nameFix(String libc, String wanted) {
    return switch (libc) {
      case "macos" -> "link with -Wl,-install_name," + wanted;
      case "windows" -> "link under the final name (-o " + wanted + "), do not rename afterwards";
      default -> "link with -Wl,-soname," + wanted;
    };
  }

  /** Rule floor. */
  public static String floor(String found, String symbols, String libc, String floor) {
    String because = symbols.isEmpty() ? "" : " for " + symbols;
    return "needs " + found + because + ", the floor of this row is " + libc + " " + floor;
  }

  /** Fix of rule floor. */
  public static String floorFix(String libc, String floor) {
    return switch (libc) {
      case "macos" -> "compile and link with -mmacosx-version-min=" + floor;
      case "windows" -> "look the function up when it is called (GetProcAddress)";
      default -> "do without these symbols, or compile with zig's target for " + libc + " " + floor;
    };
  }

  /** Fix of rule floor for a local build. */
  public static String localFloorFix(String option) {
    return "a local build runs only on hosts as new as this; for others build with " + option;
  }

  /** Rule floor on a row without glibc. */
  public static String wrongLibc(String found, String libc) {
    return "needs " + found + ", the row is for " + libc;
  }

  /** Rule needed. */
  public static String needed(String libraries, String row) {
    return "needs " + libraries + ", which " + row + " hosts may not have";
  }

  /** Fix of rule needed. */
  public static String neededFix() {
    return "link it statically, or drop the dependency";
  }

  /** Rule import-name: the core under another name. */
  public static String importName(String found, String wanted) {
    return "imports " + found + ", the packed core is " + wanted;
  }

  /** Rule import-name: a shim that was not linked with its core. */
  public static String coreNotNeeded(String core) {
    return "does not need its core " + core;
  }

  /** Fix of rule import-name. */
  public static String importNameFix() {
    return "link the shim with the core by its final name";
  }

  /** Rule rpath. */
  public static String rpath(String found) {
    return "search path is " + found;
  }

  /** Fix of rule rpath. */
  public static String rpathFix(String libc, List<String> wanted) {
    String flags =
        libc.equals("macos")
            ? "-Wl,-rpath," + String.join(" -Wl,-rpath,", wanted)
            : "-Wl,-rpath," + String.join(":", wanted);
    return "link with " + flags + " or without a search path";
  }

  /** Rule rpath for a library of others. */
  public static String fixedRpath(String found) {
    return "searches " + found + ", which is another place on each machine";
  }

  /** Fix of rule rpath for a library of others. */
  public static String fixedRpathFix() {
    return "link with a search path relative to the library, or without one";
  }

  /** Rule page-alignment. */
  public static String pageAlignment(long found, long wanted, String row) {
    return "has segments aligned to " + found + " bytes, " + row + " has pages of " + wanted;
  }

  /** Fix of rule page-alignment. */
  public static String pageAlignmentFix(String libc, long wanted) {
    return libc.equals("macos")
        ? "link with -Wl,-segalign,0x" + Long.toHexString(wanted)
        : "link with -Wl,-z,max-page-size=" + wanted;
  }

  /** Rule static-tls. */
  public static String staticTls() {
    return "uses static TLS, of which a running process has little left";
  }

  /** Fix of rule static-tls. */
  public static String staticTlsFix() {
    return "compile without -ftls-model=initial-exec";
  }

  /** Rule crt. */
  public static String crt(String dlls) {
    return "needs the C run time " + dlls + ", which is no part of Windows";
  }

  /** Fix of rule crt. */
  public static String crtFix() {
    return "link it statically (MinGW: -static-libgcc -static-libstdc++; MSVC: /MT), or pack it";
  }

  /** Rule crt: two at once. */
  public static String twoCrts() {
    return "uses two C run times, msvcrt.dll and ucrtbase.dll: two heaps, two errno";
  }

  /** Fix for two C run times. */
  public static String twoCrtsFix() {
    return "compile and link all of it with one toolchain";
  }

  /** Rule signature: pages that were changed after signing. */
  public static String brokenSignature(String damage) {
    return "has a signature that does not hold: " + damage;
  }

  /** Rule signature: none. */
  public static String noSignature() {
    return "has no code signature; macOS on arm64 kills a process that loads it";
  }

  /** Fix of rule signature. */
  public static String signatureFix() {
    return "change nothing after linking, or sign again: rcodesign sign (ad hoc), or codesign -s -";
  }

  /** Rule signature: no room for one. */
  public static String noPadding(long found, long wanted) {
    return "has no signature and "
        + found
        + " free bytes in its header; to sign it takes "
        + wanted;
  }

  /** Fix for a header without room. */
  public static String noPaddingFix() {
    return "link with -Wl,-headerpad,0x100";
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
    return "the list of exports (JNI_OnLoad, JNI_OnUnload)";
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

  /** Up to three names, then how many more. */
  public static String some(List<String> names) {
    int shown = Math.min(3, names.size());
    String rest = names.size() > shown ? " and " + (names.size() - shown) + " more" : "";
    return String.join(", ", names.subList(0, shown)) + rest;
  }
}
