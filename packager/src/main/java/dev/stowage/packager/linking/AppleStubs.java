package dev.stowage.packager.linking;

import dev.stowage.packager.message.SharedMessages;
import dev.stowage.packager.tool.AtomicFile;
import dev.stowage.packager.tool.DirectoryTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text stubs of the macOS libraries that cores are linked against and zig does not include. With
 * them no Apple SDK is needed. The symbols come from {@code macos-symbols.txt}; the format is
 * TAPI's ".tbd" version 4, like zig's own libSystem.tbd.
 */
public final class AppleStubs {
  private static final Set<String> SKIPPED = Set.of("cmd", "testdata");

  /** {@code //go:cgo_import_dynamic local symbol "library"}; see cmd/cgo/doc.go in Go's sources. */
  private static final Pattern IMPORT =
      Pattern.compile(
          "(?m)^//go:cgo_import_dynamic \\S+ (\\w+)\\S* \"(/(?:System|usr/lib)/[^\"]+)\"");

  /** zig includes a stub of this library. */
  private static final String SYSTEM = "/usr/lib/libSystem.B.dylib";

  private AppleStubs() {}

  /**
   * Writes the stubs below a scratch directory, and returns flags that make the linker find them.
   */
  public static List<String> write(Path scratch) {
    Path stubs = scratch.resolve("stubs");
    listed()
        .forEach(
            (library, symbols) ->
                AtomicFile.write(
                    stubs.resolve(place(library)),
                    text(library, symbols).getBytes(StandardCharsets.UTF_8)));
    return List.of("-F" + stubs, "-L" + stubs);
  }

  /** Symbols by the install name of their library. */
  static Map<String, Set<String>> listed() {
    try (InputStream in = AppleStubs.class.getResourceAsStream("macos-symbols.txt")) {
      Map<String, Set<String>> listed = new TreeMap<>();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
        String[] words = line.split(" ", 2);
        listed.computeIfAbsent(words[0], library -> new TreeSet<>()).add(words[1]);
      }
      return listed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Refuses a version of Go that uses symbols which the list does not have.
   *
   * @param goRoot directory of the Go sources, which name the symbols
   * @throws dev.stowage.packager.message.PackagerException (ENVIRONMENT, STOW-132) naming them
   */
  public static void check(Path goRoot) {
    Map<String, Set<String>> listed = listed();
    Set<String> missing = new TreeSet<>();
    used(goRoot)
        .forEach(
            (library, symbols) -> {
              Set<String> known = listed.getOrDefault(library, Set.of());
              symbols.stream()
                  .filter(symbol -> !known.contains(symbol))
                  .forEach(symbol -> missing.add(symbol + " (" + library + ")"));
            });
    if (!missing.isEmpty()) {
      throw LinkingMessages.appleSymbols(missing, goRoot);
    }
  }

  /** The symbols that Go's own packages import from libraries other than libSystem. */
  static Map<String, Set<String>> used(Path goRoot) {
    Map<String, Set<String>> used = new TreeMap<>();
    for (Path file : DirectoryTree.files(goRoot.resolve("src"), SKIPPED, AppleStubs::darwin)) {
      try {
        Matcher imported = IMPORT.matcher(Files.readString(file));
        while (imported.find()) {
          if (!imported.group(2).equals(SYSTEM)) {
            used.computeIfAbsent(imported.group(2), library -> new TreeSet<>())
                .add(imported.group(1));
          }
        }
      } catch (IOException e) {
        throw SharedMessages.cannotRead(file, e);
      }
    }
    return used;
  }

  private static boolean darwin(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".go")
        && !name.endsWith("_test.go")
        && (name.contains("darwin") || file.getParent().endsWith(Path.of("internal", "macos")));
  }

  /**
   * The path of a stub below the directory for -F and -L: {@code X.framework/X.tbd} or {@code
   * libx.tbd}.
   */
  private static String place(String library) {
    String name = library.substring(library.lastIndexOf('/') + 1);
    return library.contains(".framework/")
        ? name + ".framework/" + name + ".tbd"
        : name.substring(0, name.indexOf('.')) + ".tbd";
  }

  private static String text(String library, Set<String> symbols) {
    List<String> names = symbols.stream().map(symbol -> "_" + symbol).toList();
    return String.join(
        "\n",
        "--- !tapi-tbd",
        "tbd-version: 4",
        "targets: [ x86_64-macos, arm64-macos ]",
        "install-name: '" + library + "'",
        "exports:",
        "  - targets: [ x86_64-macos, arm64-macos ]",
        "    symbols: [ " + String.join(", ", names) + " ]",
        "...",
        "");
  }
}
