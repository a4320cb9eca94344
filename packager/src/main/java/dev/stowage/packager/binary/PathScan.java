package dev.stowage.packager.binary;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds absolute paths of the build machine in the bytes of a file. It does not find paths that a
 * program opens when it runs ({@code /etc/resolv.conf}, {@code /dev/urandom}, {@code /proc/self},
 * {@code C:\Windows}): these are not in a home or build directory and are not source files.
 *
 * @since 0.1.0
 */
public final class PathScan {
  /** The kind of a path. */
  public enum Kind {
    /** In a home directory, whose name is that of a user. */
    HOME,
    /** In a build directory: CI workspaces, temporary directories. */
    BUILD,
    /** Another absolute path of a source, object or debug file. */
    SOURCE,
    /** A source of the compiler's own libraries; the path is the same on every machine. */
    TOOLCHAIN
  }

  /**
   * One path; its section is {@link Binary#sectionAt}.
   *
   * @param path its end is a guess where other text follows
   * @param kind its kind
   * @param offset of its first byte in the file
   */
  public record Found(String path, Kind kind, long offset) {}

  private static final int LONGEST = 512;

  /** rustc uses the first two names for the sources of its own library, on every machine. */
  private static final Pattern TOOLCHAIN =
      Pattern.compile(
          "/(rustc|rust/deps)/.*|/usr/(src/rustc-|lib/(rustlib|gcc(-cross)?/|go[-/])|local/go/).*");

  private static final Pattern HOME =
      Pattern.compile("/((home|Users|export/home)/(?!Shared/)[^/%$]+/[^/]+|root/[^/%$]+).*");

  private static final Pattern WINDOWS_HOME =
      Pattern.compile("[A-Za-z]:[\\\\/]+(?i:Users|Documents and Settings)[\\\\/]+[^\\\\/%]{2,}.*");

  private static final Pattern BUILD =
      Pattern.compile(
          "/(builds?|workspaces?|work|__w|github|codebuild|buildkite|var/lib/jenkins|tmp|var/tmp"
              + "|var/folders|private/(tmp|var)|Volumes|mnt|opt/actions-runner)/[^/%$.][^/%$]*/[^/]+.*");

  private static final Pattern WINDOWS_BUILD =
      Pattern.compile("[A-Za-z]:[\\\\/]+(a|agent|jenkins|build|builds)[\\\\/]+.*[\\\\/].+");

  private static final Pattern SOURCE =
      Pattern.compile(
          "(/|[A-Za-z]:[\\\\/]).{2,}\\.(rs|go|c|cc|cpp|cxx|h|hh|hpp|hxx|inl|m|mm|S|s|asm|zig|o|obj|pdb)");

  /** Rust stores literals without a gap, so other text may follow the name of a source. */
  private static final Pattern PACKED = Pattern.compile("(.*?\\.rs)(?![/\\\\]).*");

  private static final boolean[] PATH = new boolean[128];

  static {
    for (int c = '0'; c <= 'z'; c++) {
      PATH[c] = Character.isLetterOrDigit(c);
    }
    "/._-+@~=%$,".chars().forEach(c -> PATH[c] = true);
  }

  private PathScan() {}

  /**
   * All such paths in the content of a file, in order.
   *
   * @param colons receives the offset of each colon: other searches look for texts that end with
   *     one, and a second pass over the bytes would take as long as this one
   */
  public static List<Found> find(byte[] content, IntConsumer colons) {
    List<Found> found = new ArrayList<>();
    for (int at = next(content, 0); at < content.length; at = next(content, at + 1)) {
      byte b = content[at];
      int start = -1;
      if (b == ':') {
        colons.accept(at);
      }
      if (b == '/') {
        start = at;
      } else if (b == ':' && isDrive(content, at)) {
        start = at - 1;
      }
      if (start >= 0) {
        int end = end(content, start);
        Found one = isNested(content, start, end) ? classify(content, start, end) : null;
        if (one != null) {
          found.add(one);
          at = start + one.path.length() - 1;
        }
      }
    }
    return found;
  }

  /** The next possible beginning of a path; small, so that the JVM compiles it early. */
  private static int next(byte[] content, int from) {
    int at = from;
    while (at < content.length && content[at] != '/' && content[at] != ':') {
      at++;
    }
    return at;
  }

  private static boolean isDrive(byte[] content, int colon) {
    return colon > 0
        && colon + 1 < content.length
        && isLetter(content[colon - 1])
        && (content[colon + 1] == '\\' || content[colon + 1] == '/')
        && (colon < 2 || !isPathCharacter(content[colon - 2]));
  }

  private static int end(byte[] content, int start) {
    boolean windows = content[start] != '/';
    int most = Math.min(content.length, start + LONGEST);
    int end = windows ? start + 2 : start;
    while (end < most
        && (isPathCharacter(content[end]) || (windows && "\\ ()".indexOf(content[end]) >= 0))) {
      end++;
    }
    return end;
  }

  /** Excludes names in the root directory, which machine code contains by chance. */
  private static boolean isNested(byte[] content, int start, int end) {
    int from = content[start] == '/' ? start + 2 : start + 4;
    for (int i = from; i < end; i++) {
      if (content[i] == '/' || content[i] == '\\') {
        return true;
      }
    }
    return false;
  }

  private static Found classify(byte[] content, int start, int end) {
    String path = new String(content, start, end - start, StandardCharsets.US_ASCII);
    Matcher packed = PACKED.matcher(path);
    path = packed.matches() ? packed.group(1) : path;
    boolean source = SOURCE.matcher(path).matches();
    Kind kind = kind(path, source);
    // In the middle of other text it may be the end of a relative path, so only paths in a home or
    // build directory count.
    boolean inside = start > 0 && isPathCharacter(content[start - 1]);
    boolean believed = !inside || (source && kind != Kind.SOURCE);
    return kind == null || !believed ? null : new Found(path, kind, start);
  }

  private static Kind kind(String path, boolean source) {
    if (TOOLCHAIN.matcher(path).matches()) {
      return Kind.TOOLCHAIN;
    }
    if (HOME.matcher(path).matches() || WINDOWS_HOME.matcher(path).matches()) {
      return Kind.HOME;
    }
    if (BUILD.matcher(path).matches()
        || WINDOWS_BUILD.matcher(path.toLowerCase(Locale.ROOT)).matches()) {
      return Kind.BUILD;
    }
    return source ? Kind.SOURCE : null;
  }

  private static boolean isLetter(byte b) {
    return (b | 0x20) >= 'a' && (b | 0x20) <= 'z';
  }

  private static boolean isPathCharacter(byte b) {
    return b > 0 && PATH[b];
  }
}
