package dev.stowage.packager.verify;

import dev.stowage.loader.header.FileKind;
import dev.stowage.loader.header.HeaderException;
import dev.stowage.packager.binary.Binary;
import dev.stowage.packager.message.Spelling;
import dev.stowage.packager.message.VerifyMessages;
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
 * Judges libraries that no project of ours has built: those in a JAR, in a directory, or single
 * ones. Only rules of {@link Rule.Scope#ANY} are held against them.
 *
 * @since 0.1.0
 */
public final class Others {
  /** Names under which a JVM finds libraries; a file called so and of no known format is broken. */
  private static final Pattern LIBRARY =
      Pattern.compile(".*\\.(so|so\\.[0-9.]+|dylib|jnilib|dll)", Pattern.CASE_INSENSITIVE);

  /** 32-bit Mach-O: macOS runs none since 10.15. */
  private static final byte[] MACH_O_32 = {(byte) 0xce, (byte) 0xfa, (byte) 0xed, (byte) 0xfe};

  private final String source;
  private final Judge judge;
  private final List<Report.Verified> files = new ArrayList<>();
  private final List<Report.Skipped> skipped = new ArrayList<>();

  private Others(String source, Judge judge) {
    this.source = source;
    this.judge = judge;
  }

  /**
   * Judges what is in one file or directory.
   *
   * @param path a library, a JAR or a directory; JARs inside of either are not opened
   * @param modes modes by rule; rules that are not in it have {@link Mode#CHECK}
   * @param spelling how the caller names options
   * @throws dev.stowage.packager.message.PackagerException STOW-205 when there is no such file,
   *     STOW-206 when it holds no library, STOW-207 for a damaged JAR
   */
  public static Report verify(Path path, Map<Rule, Mode> modes, Spelling spelling) {
    long start = System.nanoTime();
    Others others = new Others(name(path), new Judge(modes, spelling));
    Container.of(path, Others::mayBeLibrary, others::judge);
    if (others.files.isEmpty() && others.skipped.isEmpty()) {
      throw VerifyMessages.noLibrary(path.toString());
    }
    long millis = (System.nanoTime() - start) / 1_000_000;
    return new Report(Report.FORMAT, null, path.toString(), others.files, others.skipped, millis);
  }

  /** Its own name alone: the directories above it are the user's and say nothing. */
  private static String name(Path path) {
    Path name = path.toAbsolutePath().normalize().getFileName();
    return name == null ? "" : name.toString();
  }

  /** By name and first bytes; class files begin like universal Mach-O files. */
  private static boolean mayBeLibrary(String name, byte[] head) {
    FileKind kind = FileKind.of(head);
    boolean binary = kind == FileKind.ELF || kind == FileKind.MACH_O || kind == FileKind.PE;
    boolean universal = kind == FileKind.MACH_O_FAT && !name.endsWith(".class");
    return binary || universal || LIBRARY.matcher(name).matches();
  }

  private void judge(String path, byte[] bytes, Set<String> packed) {
    Label label = Label.of(source + "/" + path);
    if (label.system() != null && !Label.KNOWN.contains(label.system())) {
      skip(path, VerifyMessages.otherSystem(label.system()));
      return;
    }
    try {
      Binary binary = Binary.read(bytes);
      if (!binary.sharedLibrary() && !LIBRARY.matcher(path).matches()) {
        skip(path, VerifyMessages.program());
      } else {
        files.add(judge.judge(path, label.row(binary), binary, bytes, packed));
      }
    } catch (HeaderException e) {
      if (isUnread(bytes)) {
        skip(path, e.getMessage());
      } else {
        files.add(Judge.damaged(null, null, path, null, bytes, e.getMessage()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whole files, but of kinds that no row has. */
  private static boolean isUnread(byte[] bytes) {
    byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, 64));
    return FileKind.of(head) == FileKind.MACH_O_FAT
        || Arrays.equals(head, 0, Math.min(4, head.length), MACH_O_32, 0, 4);
  }

  private void skip(String path, String reason) {
    skipped.add(new Report.Skipped(path, reason));
  }
}
