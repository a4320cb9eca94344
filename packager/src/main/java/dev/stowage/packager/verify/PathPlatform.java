package dev.stowage.packager.verify;

import dev.stowage.loader.platform.Format;
import dev.stowage.loader.platform.Libc;
import dev.stowage.packager.binary.Binary;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The platform that the words of a third-party library's path name. Projects name platforms in many
 * ways; of several words the last one counts, since it is nearest to the file.
 *
 * @param system {@code linux}, {@code osx}, {@code windows}, another system's name, or null
 * @param arch as in classifiers, or null when the path names no known one
 * @param musl whether the path contains the word musl
 */
record PathPlatform(String system, String arch, boolean musl) {
  private static final Map<String, Pattern> SYSTEMS =
      Map.of(
          "linux", word("linux"),
          "osx", word("mac ?os ?x?|osx|darwin|mac"),
          "windows", word("windows|win(?:32|64)?|w32"),
          "Android", word("android"),
          "BSD", word("(?:free|open|net|dragonfly)bsd|dragonfly"),
          "Solaris", word("sunos|solaris"),
          "AIX", word("aix|os400|ibmi"),
          "iOS", word("ios"),
          "Windows CE", word("w32ce|wince"));

  private static final Map<String, Pattern> ARCHS =
      Map.of(
          "x86_64", whole("x86[-_]64|amd64|x64"),
          "aarch_64", whole("aarch_?64|arm64"),
          "x86_32", whole("i[3-6]86|x86(?:_32)?(?![-_]?64)"),
          "arm_32", whole("arm(?:v[5-7][a-z]*|hf|el|_?32)?"));

  private static final Pattern MUSL = word("musl");

  static final List<String> KNOWN = List.of("linux", "osx", "windows");

  private static Pattern word(String words) {
    return Pattern.compile("(?<![a-z])(?:" + words + ")(?![a-z])");
  }

  private static Pattern whole(String words) {
    return Pattern.compile("(?<![a-z0-9])(?:" + words + ")(?![a-z0-9])");
  }

  /** Reads a path that begins with the name of its JAR or directory. */
  static PathPlatform of(String path) {
    String text = path.toLowerCase(Locale.ROOT);
    return new PathPlatform(last(SYSTEMS, text), last(ARCHS, text), MUSL.matcher(text).find());
  }

  private static String last(Map<String, Pattern> words, String text) {
    String found = null;
    int at = -1;
    for (Map.Entry<String, Pattern> each : words.entrySet()) {
      Matcher matcher = each.getValue().matcher(text);
      while (matcher.find()) {
        if (matcher.start() > at) {
          at = matcher.start();
          found = each.getKey();
        }
      }
    }
    return found;
  }

  /** The platform; the header provides what the path does not name. */
  Platform platform(Binary binary) {
    String os = system != null ? system : system(binary.format());
    Libc libc =
        switch (os) {
          case "osx" -> Libc.MACOS;
          case "windows" -> Libc.WINDOWS;
          default -> isMusl(binary) ? Libc.MUSL : Libc.GLIBC;
        };
    return Platform.of(os, arch != null ? arch : binary.machine(), libc);
  }

  private boolean isMusl(Binary binary) {
    return musl || binary.needed().stream().anyMatch(name -> name.startsWith("libc.musl-"));
  }

  private static String system(Format format) {
    return switch (format) {
      case MACH_O -> "osx";
      case PE -> "windows";
      case ELF -> "linux";
    };
  }
}
