package dev.stowage.packager.verify;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The libraries that every host of a platform has, so that they need not be packed. */
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
   * What third-party libraries may need in addition: the rest of the list of manylinux_2_17 (PEP
   * 599). Desktop and server distributions have these libraries, small images often do not, so the
   * project's own libraries must not need them.
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

  /** Libraries that a JVM has loaded or finds on its own path (AWT's native interface). */
  private static final Set<String> JVM =
      Set.of(
          "libjvm.so",
          "libjawt.so",
          "@rpath/libjvm.dylib",
          "@rpath/libjawt.dylib",
          "jvm.dll",
          "jawt.dll");

  /**
   * musl is one file, named by the distribution (Alpine) or by zig. musl's loader also accepts the
   * names of glibc's parts (ldso/dynlink.c, load_library), but only to help binaries built for
   * glibc, so they are not listed here.
   */
  private static final Pattern MUSL = Pattern.compile("libc\\.musl-[a-z0-9_]+\\.so\\.1|libc\\.so");

  /**
   * The directories of the sealed system volume that Apple documents for linking. The minimum OS
   * version covers their content, since the linker's stubs belong to one version.
   */
  private static final Pattern MACOS =
      Pattern.compile("/usr/lib/[^/]+\\.dylib|/System/Library/Frameworks/.+");

  /** The DLLs in System32 of every edition of Windows 10. */
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

  /** API sets (apisetschema.dll), which Windows resolves itself. */
  private static final Pattern API_SET = Pattern.compile("(api|ext)-ms-win-.*\\.dll");

  private static final Pattern UCRT = Pattern.compile("ucrtbase\\.dll|api-ms-win-crt-.*\\.dll");

  /** Microsoft's C and C++ runtimes that come with an installer of their own, or with a JDK. */
  private static final Pattern MICROSOFT =
      Pattern.compile("(vcruntime|msvcp|msvcr|concrt|vcomp)[0-9].*\\.dll");

  /** The runtimes of MinGW compilers, which users do not have. */
  private static final Pattern MINGW =
      Pattern.compile("lib(gcc_s|stdc\\+\\+|winpthread|unwind|c\\+\\+|ssp|gomp|atomic).*\\.dll");

  private SystemLibraries() {}

  /**
   * True when every host of a library's platform has the needed library. Third-party libraries may
   * need more than the libraries of this project.
   */
  static boolean contain(String needed, CheckedLibrary library) {
    if (JVM.contains(needed)) {
      return true;
    }
    return switch (library.platform().libc()) {
      case GLIBC ->
          GLIBC.matcher(needed).matches() || (library.isThirdParty() && MANYLINUX.contains(needed));
      case MUSL -> MUSL.matcher(needed).matches();
      case MACOS -> MACOS.matcher(needed).matches();
      case WINDOWS -> isWindows(needed.toLowerCase(Locale.ROOT)) || isRedistributable(needed);
    };
  }

  private static boolean isWindows(String dll) {
    return WINDOWS.contains(dll) || API_SET.matcher(dll).matches();
  }

  static boolean isUniversalCrt(String dll) {
    return UCRT.matcher(dll.toLowerCase(Locale.ROOT)).matches();
  }

  /** True for a C or C++ runtime that is not part of Windows. */
  static boolean isRedistributable(String dll) {
    return isMicrosoftRuntime(dll) || MINGW.matcher(dll.toLowerCase(Locale.ROOT)).matches();
  }

  static boolean isMicrosoftRuntime(String dll) {
    return MICROSOFT.matcher(dll.toLowerCase(Locale.ROOT)).matches();
  }
}
