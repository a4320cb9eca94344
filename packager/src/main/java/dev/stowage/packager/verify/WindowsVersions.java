package dev.stowage.packager.verify;

import dev.stowage.loader.header.VersionNeed;
import dev.stowage.packager.binary.PeBinary;
import dev.stowage.packager.binary.PeBinary.Crt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds the oldest Windows on which a DLL runs. The subsystem version in its header is only what
 * the linker was given; the imported functions may need a newer version.
 *
 * <p>Sources: "Operating System Version" and the requirements of each function in Microsoft's Win32
 * documentation. Functions that every Windows 10 has are not listed.
 */
final class WindowsVersions {
  /** Subsystem version to name, oldest first. */
  private static final List<Map.Entry<String, String>> NAMES =
      List.of(
          Map.entry("5.2", "XP"),
          Map.entry("6.0", "Vista"),
          Map.entry("6.1", "7"),
          Map.entry("6.2", "8"),
          Map.entry("6.3", "8.1"),
          Map.entry("10.0", "10"));

  private static final List<String> ORDER =
      List.of(
          "XP", "Vista", "7", "8", "8.1", "10", "10 1511", "10 1607", "10 1803", "10 1809", "11");

  private static final Map<String, String> SINCE =
      Map.ofEntries(
          Map.entry("IsWow64Process2", "10 1511"),
          Map.entry("GetThreadDescription", "10 1607"),
          Map.entry("SetThreadDescription", "10 1607"),
          Map.entry("MapViewOfFile3", "10 1803"),
          Map.entry("VirtualAlloc2", "10 1803"),
          Map.entry("ClosePseudoConsole", "10 1809"),
          Map.entry("CreatePseudoConsole", "10 1809"),
          Map.entry("ResizePseudoConsole", "10 1809"),
          Map.entry("GetMachineTypeAttributes", "11"),
          Map.entry("GetTempPath2A", "11"),
          Map.entry("GetTempPath2W", "11"));

  private WindowsVersions() {}

  static MinimumVersion minimum(PeBinary pe) {
    String highest = name(pe.minimumOs().orElseThrow());
    List<String> symbols = new ArrayList<>();
    if (pe.crt().contains(Crt.UCRT) && isAbove("10", highest)) {
      highest = "10";
      pe.needed().stream().filter(SystemLibraries::isUniversalCrt).sorted().forEach(symbols::add);
    }
    for (PeBinary.Import each : pe.imports()) {
      for (String function : each.names()) {
        String since = SINCE.get(function);
        if (since != null && !each.delayed()) {
          if (isAbove(since, highest)) {
            highest = since;
            symbols.clear();
          }
          if (since.equals(highest)) {
            symbols.add(each.dll() + "!" + function);
          }
        }
      }
    }
    return new MinimumVersion("Windows " + highest, symbols.stream().sorted().toList());
  }

  static boolean isAbove(String found, String minimum) {
    return rank(found) > rank(minimum);
  }

  /** A version that is not listed is newer than all listed ones. */
  private static int rank(String name) {
    int rank = ORDER.indexOf(name);
    return rank < 0 ? ORDER.size() : rank;
  }

  private static String name(String subsystemVersion) {
    for (Map.Entry<String, String> each : NAMES) {
      if (VersionNeed.compareVersions(subsystemVersion, each.getKey()) <= 0) {
        return each.getValue();
      }
    }
    return subsystemVersion;
  }
}
