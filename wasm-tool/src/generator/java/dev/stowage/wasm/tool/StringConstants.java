package dev.stowage.wasm.tool;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;

/**
 * The string constants of compiled classes: the possible arguments of {@code getProperty} and
 * {@code getenv}, and the texts of messages. Values of annotations are not included.
 */
final class StringConstants {
  /** Tag of CONSTANT_String_info, JVMS 4.4.3. */
  private static final int STRING = 8;

  /** A name of this project that is not part of a path, a package or a longer word. */
  private static final Pattern NAME =
      Pattern.compile(
          "(?:(?<![\\w./-])|(?<=-D))(?:stowage\\.(?:[a-zA-Z]+(?:\\.[a-zA-Z]+)*\\.?)?|STOWAGE_[A-Z0-9_]+)");

  private final Set<String> all = new TreeSet<>();

  /** Reads every class below these directories. */
  static StringConstants ofDirectories(List<Path> directories) throws IOException {
    StringConstants constants = new StringConstants();
    for (Path directory : directories) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
          constants.add(Files.readAllBytes(file));
        }
      }
    }
    return constants;
  }

  /** Reads one class of the class path. */
  static StringConstants of(Class<?> type) {
    StringConstants constants = new StringConstants();
    String file = "/" + type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getResourceAsStream(file)) {
      constants.add(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return constants;
  }

  private void add(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    char[] buffer = new char[reader.getMaxStringLength()];
    for (int i = 1; i < reader.getItemCount(); i++) {
      // Long and double use two entries; the second one has offset 0.
      int offset = reader.getItem(i);
      if (offset > 0 && reader.readByte(offset - 1) == STRING) {
        all.add(reader.readUTF8(offset, buffer));
      }
    }
  }

  /** Whether a constant equals this text. */
  boolean contains(String text) {
    return all.contains(text);
  }

  /**
   * All names of this project in the constants. A dot at the end either belongs to a name that the
   * code completes, or ends a sentence.
   */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (String constant : all) {
      Matcher matcher = NAME.matcher(constant);
      while (matcher.find()) {
        names.add(matcher.group());
      }
    }
    return names;
  }
}
