package dev.stowage.packager.verify;

import dev.stowage.loader.header.FileKind;
import dev.stowage.loader.header.HeaderException;
import dev.stowage.packager.binary.Binary;
import dev.stowage.packager.message.OptionStyle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks third-party libraries: those in a JAR, in a directory, or single ones. Only rules of
 * {@link Rule.Scope#ANY} apply to them.
 *
 * @since 0.1.0
 */
public final class ThirdPartyLibraries {
  /**
   * Names under which a JVM finds libraries. A file with such a name and an unknown format is a
   * damaged library, not another kind of file.
   */
  private static final Pattern LIBRARY =
      Pattern.compile(".*\\.(so|so\\.[0-9.]+|dylib|jnilib|dll)", Pattern.CASE_INSENSITIVE);

  /** First bytes of a 32-bit Mach-O file, which no macOS since 10.15 can load. */
  private static final byte[] MACH_O_32 = {(byte) 0xce, (byte) 0xfa, (byte) 0xed, (byte) 0xfe};

  private final String source;
  private final RuleChecker checker;
  private final List<VerifyReport.Verified> files = new ArrayList<>();
  private final List<VerifyReport.Skipped> skipped = new ArrayList<>();

  private ThirdPartyLibraries(String source, RuleChecker checker) {
    this.source = source;
    this.checker = checker;
  }

  /**
   * Checks the libraries in one file or directory.
   *
   * @param path a library, a JAR or a directory; JARs inside either are not opened
   * @param severities severities by rule; a rule without an entry has {@link Severity#ERROR}
   * @param optionStyle how the caller writes options
   * @throws dev.stowage.packager.message.PackagerException STOW-205 when there is no such file,
   *     STOW-206 when it contains no library, STOW-207 for a damaged JAR
   */
  public static VerifyReport verify(
      Path path, Map<Rule, Severity> severities, OptionStyle optionStyle) {
    long start = System.nanoTime();
    ThirdPartyLibraries found =
        new ThirdPartyLibraries(name(path), new RuleChecker(severities, optionStyle));
    LibraryArchive.visit(path, ThirdPartyLibraries::mayBeLibrary, found::check);
    if (found.files.isEmpty() && found.skipped.isEmpty()) {
      throw VerifyMessages.noLibrary(path.toString());
    }
    long millis = (System.nanoTime() - start) / 1_000_000;
    return new VerifyReport(
        VerifyReport.FORMAT, null, path.toString(), found.files, found.skipped, millis);
  }

  /** The last part of a path: the directories above it belong to the user, not to the library. */
  private static String name(Path path) {
    Path name = path.toAbsolutePath().normalize().getFileName();
    return name == null ? "" : name.toString();
  }

  /** Decides by name and first bytes. Class files begin like universal Mach-O files. */
  private static boolean mayBeLibrary(String name, byte[] head) {
    FileKind kind = FileKind.of(head);
    boolean binary = kind == FileKind.ELF || kind == FileKind.MACH_O || kind == FileKind.PE;
    boolean universal = kind == FileKind.MACH_O_FAT && !name.endsWith(".class");
    return binary || universal || LIBRARY.matcher(name).matches();
  }

  private void check(String path, byte[] bytes, Set<String> packed) {
    PathPlatform named = PathPlatform.of(source + "/" + path);
    if (named.system() != null && !PathPlatform.KNOWN.contains(named.system())) {
      skip(path, VerifyMessages.otherSystem(named.system()));
      return;
    }
    try {
      Binary binary = Binary.read(bytes);
      if (!binary.sharedLibrary() && !LIBRARY.matcher(path).matches()) {
        skip(path, VerifyMessages.program());
      } else {
        files.add(checker.check(path, named.platform(binary), binary, bytes, packed));
      }
    } catch (HeaderException e) {
      if (isUnsupported(bytes)) {
        skip(path, e.getMessage());
      } else {
        files.add(RuleChecker.damaged(null, null, path, null, bytes, e.getMessage()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** True for complete files of kinds that no target uses. */
  private static boolean isUnsupported(byte[] bytes) {
    byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, 64));
    return FileKind.of(head) == FileKind.MACH_O_FAT
        || Arrays.equals(head, 0, Math.min(4, head.length), MACH_O_32, 0, 4);
  }

  private void skip(String path, String reason) {
    skipped.add(new VerifyReport.Skipped(path, reason));
  }
}
