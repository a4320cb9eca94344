package dev.stowage.packager.verify;

import dev.stowage.loader.platform.Libc;
import java.util.List;

/** The texts of broken rules of the classes identity, portability and boundary. */
final class RuleMessages {
  private RuleMessages() {}

  /** Rule machine. */
  static String machine(String found, String wanted, String platform) {
    return "is for " + found + ", but " + platform + " is for " + wanted;
  }

  /** Fix of rule machine. */
  static String machineFix() {
    return "build it with the toolchain of this platform";
  }

  /** Rule machine: not a shared library at all. */
  static String notALibrary() {
    return "is a program or an object file, not a shared library";
  }

  /** Fix for a file that is not a shared library. */
  static String notALibraryFix(Libc libc) {
    return "link with " + (libc == Libc.MACOS ? "-dynamiclib" : "-shared");
  }

  /** Rule name. */
  static String name(Libc libc, String found, String wanted) {
    String what =
        switch (libc) {
          case MACOS -> "install name";
          case WINDOWS -> "name in the export table";
          case GLIBC, MUSL -> "SONAME";
        };
    return what + " is " + (found == null ? "not set" : found) + ", not " + wanted;
  }

  /** Fix of rule name. */
  static String nameFix(Libc libc, String wanted) {
    return switch (libc) {
      case MACOS -> "link with -Wl,-install_name," + wanted;
      case WINDOWS -> "link under the final name (-o " + wanted + "), do not rename afterwards";
      case GLIBC, MUSL -> "link with -Wl,-soname," + wanted;
    };
  }

  /** Rule minimum-version. */
  static String minimumVersion(MinimumVersion needed, Platform platform) {
    return "needs "
        + orNewer(needed.text(), needed.symbols())
        + ", but "
        + platform.name()
        + " hosts may have "
        + platform.libc().title()
        + " "
        + platform.minimumVersion();
  }

  /** A minimum version, with the symbols that need it. */
  static String orNewer(String version, List<String> symbols) {
    String because = symbols.isEmpty() ? "" : " (for " + some(symbols) + ")";
    return version + " or newer" + because;
  }

  /** Fix of rule minimum-version. */
  static String minimumVersionFix(Libc libc, String minimumVersion) {
    return switch (libc) {
      case MACOS -> "compile and link with -mmacosx-version-min=" + minimumVersion;
      case WINDOWS -> "look the functions up at run time with GetProcAddress";
      case GLIBC, MUSL ->
          "do not use these symbols, or compile with zig's target for "
              + libc.title()
              + " "
              + minimumVersion;
    };
  }

  /** Fix of rule minimum-version for a local build. */
  static String localBuildFix(String option) {
    return "use a local build on hosts as new as this one only; for older hosts build with "
        + option;
  }

  /** Rule minimum-version: a library for glibc on a platform with musl. */
  static String wrongLibc(String found, String platform, Libc libc) {
    return "needs " + found + ", but " + platform + " hosts have " + libc.title();
  }

  /** Rule needed. */
  static String needed(String libraries, String platform) {
    return "needs " + libraries + ", which " + platform + " hosts may not have";
  }

  /** Fix of rule needed. */
  static String neededFix() {
    return "link it statically, or drop the dependency";
  }

  /** Rule import-name: the core under another name. */
  static String importName(String found, String wanted) {
    return "imports " + found + ", but the packed core is " + wanted;
  }

  /** Rule import-name: a shim that was not linked with its core. */
  static String coreNotNeeded(String core) {
    return "does not import its core " + core;
  }

  /** Fix of rule import-name. */
  static String importNameFix() {
    return "link the shim with the core under its final name";
  }

  /** Rule rpath. */
  static String rpath(String found) {
    return "has the search path " + found;
  }

  /** Fix of rule rpath. */
  static String rpathFix(Libc libc, List<String> wanted) {
    String flags =
        libc == Libc.MACOS
            ? "-Wl,-rpath," + String.join(" -Wl,-rpath,", wanted)
            : "-Wl,-rpath," + String.join(":", wanted);
    return "link with " + flags + " or without a search path";
  }

  /** Rule rpath for a third-party library. */
  static String fixedRpath(String found) {
    return "searches for libraries in " + found + ", which exists only on some machines";
  }

  /** Fix of rule rpath for a third-party library. */
  static String fixedRpathFix() {
    return "link with a search path relative to the library, or without one";
  }

  /** Rule page-alignment. */
  static String pageAlignment(long found, long wanted, String platform) {
    return "has segments aligned to "
        + found
        + " bytes, but "
        + platform
        + " hosts may have pages of "
        + wanted;
  }

  /** Fix of rule page-alignment. */
  static String pageAlignmentFix(Libc libc, long wanted) {
    return libc == Libc.MACOS
        ? "link with -Wl,-segalign,0x" + Long.toHexString(wanted)
        : "link with -Wl,-z,max-page-size=" + wanted;
  }

  /** Rule static-tls. */
  static String staticTls() {
    return "uses static TLS, of which a running process may have too little left";
  }

  /** Fix of rule static-tls. */
  static String staticTlsFix() {
    return "compile without -ftls-model=initial-exec";
  }

  /** Rule crt. */
  static String crt(List<String> dlls) {
    return "needs the C runtime "
        + String.join(", ", dlls)
        + (dlls.size() == 1 ? ", which is" : ", which are")
        + " not part of Windows";
  }

  /** Fix of rule crt. */
  static String crtFix() {
    return "link it statically (MinGW: -static-libgcc -static-libstdc++; MSVC: /MT), or pack it";
  }

  /** Rule crt: two at once. */
  static String twoCrts() {
    return "uses two C runtimes, msvcrt.dll and ucrtbase.dll, which have two heaps and two errno";
  }

  /** Fix for two C runtimes. */
  static String twoCrtsFix() {
    return "compile and link everything with one toolchain";
  }

  /** Rule signature: pages that were changed after signing. */
  static String brokenSignature(String damage) {
    return "has an invalid signature: " + damage;
  }

  /** Rule signature: none. */
  static String noSignature() {
    return "has no code signature, so macOS on arm64 kills a process that loads it";
  }

  /** Fix of rule signature. */
  static String signatureFix() {
    return "do not change it after linking, or sign it again: rcodesign sign (ad hoc), or codesign -s -";
  }

  /** Rule signature: no room for one. */
  static String noPadding(long found, long wanted) {
    return "has no signature and "
        + found
        + " free bytes in its header, but a signature needs "
        + wanted;
  }

  /** Fix for a header without room. */
  static String noPaddingFix() {
    return "link with -Wl,-headerpad,0x100";
  }

  /** Rule nodelete. */
  static String noDelete() {
    return "can be unloaded, but its threads and thread locals outlive every class loader";
  }

  /** Fix of rule nodelete. */
  static String noDeleteFix() {
    return "link with -Wl,-z,nodelete";
  }

  /** Rule exports. */
  static String exports(List<String> extra, List<String> missing) {
    String more = extra.isEmpty() ? "" : "has the unexpected exports " + some(extra);
    String less = missing.isEmpty() ? "" : "does not export " + some(missing);
    return more + (more.isEmpty() || less.isEmpty() ? "" : " and ") + less;
  }

  /** Fix of rule exports. */
  static String exportsFix(String source) {
    return "make " + source + " and the library agree";
  }

  /** The source of a shim's exports. */
  static String shimExports() {
    return "the list of exports (JNI_OnLoad, JNI_OnUnload)";
  }

  /** Rule contract. */
  static String contract(List<String> found, String wanted) {
    if (wanted == null) {
      return "contains a contract digest, but a core must not";
    }
    return switch (found.size()) {
      case 0 -> "contains no contract digest, but Java has " + wanted;
      case 1 -> "was compiled for contract " + found.get(0) + ", but Java has " + wanted;
      default -> "contains " + found.size() + " contract digests, but must contain one";
    };
  }

  /** Fix of rule contract. */
  static String contractFix(String wanted) {
    return wanted == null
        ? "do not link shim sources into the core"
        : "define STOWAGE_CONTRACT_ONLOAD in exactly one C file of the shim, and build it again";
  }

  /** Rule go-runtime. */
  static String goRuntime(String evidence) {
    return "contains a Go runtime (" + evidence + ")";
  }

  /** Fix of rule go-runtime. */
  static String goRuntimeFix() {
    return "call Go through the shared library of its core; a process can have one Go runtime";
  }

  /** Up to three names and the number of the others. */
  static String some(List<String> names) {
    int shown = Math.min(3, names.size());
    String rest = names.size() > shown ? " and " + (names.size() - shown) + " more" : "";
    return String.join(", ", names.subList(0, shown)) + rest;
  }
}
