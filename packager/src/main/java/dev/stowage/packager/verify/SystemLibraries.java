package dev.stowage.packager.verify;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a library may need without bringing it along: what every host of a row has. */
final class SystemLibraries {
  /**
   * The libraries of glibc itself (glibc manual, "Installed files"), and GCC's unwinder, which
   * Rust's standard library for gnu targets links and glibc itself loads for pthread_cancel, so
   * hosts that run a JVM have it.
   */
  private static final Pattern GLIBC =
      Pattern.compile(
          "lib(c|m)\\.so\\.6|lib(pthread|util)\\.so\\.[01]|lib(dl|resolv)\\.so\\.2|librt\\.so\\.1"
              + "|libgcc_s\\.so\\.1|ld-linux.*\\.so\\.[0-9]|ld64\\.so\\.[0-9]|ld\\.so\\.1");

  /**
   * What others may need beside it: the rest of the list of manylinux_2_17 (PEP 599), which desktop
   * and server distributions have and small images often have not. A library of one's own does not
   * need them.
   */
  private static final Set<String> MANYLINUX =
      Set.of(
          "libstdc++.so.6",
          "libnsl.so.1",
          "libX11.so.6",
          "libXext.so.6",
          "libXrender.so.1",
          "libICE.so.6",
          "libSM.so.6",
          "libGL.so.1",
          "libgobject-2.0.so.0",
          "libgthread-2.0.so.0",
          "libglib-2.0.so.0");

  /** A JVM that loads a library has these loaded or on its own path (AWT's native interface). */
  private static final Set<String> JVM =
      Set.of(
          "libjvm.so",
          "libjawt.so",
          "@rpath/libjvm.dylib",
          "@rpath/libjawt.dylib",
          "jvm.dll",
          "jawt.dll");

  /**
   * musl is one file, named by the distribution (Alpine) or by zig. Other names of libc's parts are
   * resolved inside of musl's loader (ldso/dynlink.c, load_library), which is a favour to binaries
   * of glibc and no promise.
   */
  private static final Pattern MUSL = Pattern.compile("libc\\.musl-[a-z0-9_]+\\.so\\.1|libc\\.so");

  /**
   * The directories of the sealed system volume that Apple documents for linking; what lies in them
   * is checked by the minimum OS, since the linker's stubs know it.
   */
  private static final Pattern MACOS =
      Pattern.compile("/usr/lib/[^/]+\\.dylib|/System/Library/Frameworks/.+");

  /** System32 of Windows 10 in every edition, and the API sets (apisetschema.dll). */
  private static final Set<String> WINDOWS =
      Set.of(
          "advapi32.dll",
          "bcrypt.dll",
          "bcryptprimitives.dll",
          "cfgmgr32.dll",
          "combase.dll",
          "comctl32.dll",
          "comdlg32.dll",
          "crypt32.dll",
          "cryptbase.dll",
          "dbghelp.dll",
          "dnsapi.dll",
          "dwmapi.dll",
          "gdi32.dll",
          "imm32.dll",
          "iphlpapi.dll",
          "kernel32.dll",
          "kernelbase.dll",
          "mpr.dll",
          "msvcrt.dll",
          "mswsock.dll",
          "ncrypt.dll",
          "netapi32.dll",
          "normaliz.dll",
          "ntdll.dll",
          "ole32.dll",
          "oleaut32.dll",
          "opengl32.dll",
          "pdh.dll",
          "powrprof.dll",
          "propsys.dll",
          "psapi.dll",
          "rpcrt4.dll",
          "secur32.dll",
          "setupapi.dll",
          "shell32.dll",
          "shlwapi.dll",
          "sspicli.dll",
          "synchronization.dll",
          "ucrtbase.dll",
          "user32.dll",
          "userenv.dll",
          "uxtheme.dll",
          "version.dll",
          "winhttp.dll",
          "wininet.dll",
          "winmm.dll",
          "winspool.drv",
          "wintrust.dll",
          "wldap32.dll",
          "ws2_32.dll",
          "wtsapi32.dll");

  private static final Pattern API_SET = Pattern.compile("(api|ext)-ms-win-.*\\.dll");
  private static final Pattern UCRT = Pattern.compile("ucrtbase\\.dll|api-ms-win-crt-.*\\.dll");

  /** Microsoft's C and C++ run times that come with an installer of their own, or with a JDK. */
  private static final Pattern MICROSOFT =
      Pattern.compile("(vcruntime|msvcp|msvcr|concrt|vcomp)[0-9].*\\.dll");

  /** The run times of MinGW compilers: on no user's machine. */
  private static final Pattern MINGW =
      Pattern.compile("lib(gcc_s|stdc\\+\\+|winpthread|unwind|c\\+\\+|ssp|gomp|atomic).*\\.dll");

  private SystemLibraries() {}

  /** True for what every host of the row has; for others' libraries with a wider list. */
  static boolean isPart(String library, Row row, boolean others) {
    if (JVM.contains(library)) {
      return true;
    }
    return switch (row.libc()) {
      case "glibc" -> GLIBC.matcher(library).matches() || (others && MANYLINUX.contains(library));
      case "musl" -> MUSL.matcher(library).matches();
      case "macos" -> MACOS.matcher(library).matches();
      default -> isWindows(library.toLowerCase(Locale.ROOT)) || isRedistributable(library);
    };
  }

  private static boolean isWindows(String dll) {
    return WINDOWS.contains(dll) || API_SET.matcher(dll).matches();
  }

  static boolean isUniversalCrt(String dll) {
    return UCRT.matcher(dll.toLowerCase(Locale.ROOT)).matches();
  }

  /** A C or C++ run time that is no part of Windows. */
  static boolean isRedistributable(String dll) {
    return isMicrosofts(dll) || MINGW.matcher(dll.toLowerCase(Locale.ROOT)).matches();
  }

  static boolean isMicrosofts(String dll) {
    return MICROSOFT.matcher(dll.toLowerCase(Locale.ROOT)).matches();
  }
}
