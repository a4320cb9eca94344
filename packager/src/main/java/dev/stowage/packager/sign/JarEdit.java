package dev.stowage.packager.sign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One JAR of the set, with the changes to make in it. */
final class JarEdit {
  private static final String SIGNATURE = "META-INF/[^/]+\\.(SF|RSA|DSA|EC)";

  private final Path file;
  private final RawZip zip;
  private final Map<String, byte[]> changed = new TreeMap<>();

  /** Reads a JAR and refuses a signed one. */
  JarEdit(Path file) {
    this.file = file;
    try {
      zip = new RawZip(Files.readAllBytes(file));
    } catch (IOException e) {
      throw SignMessages.notAJar(file, e.toString());
    }
    for (String name : zip.names()) {
      if (name.toUpperCase(Locale.ROOT).matches(SIGNATURE)) {
        throw SignMessages.signedJar(file, name);
      }
    }
  }

  Path file() {
    return file;
  }

  String name() {
    return file.getFileName().toString();
  }

  Iterable<String> entries() {
    return zip.names();
  }

  boolean has(String entry) {
    return zip.names().contains(entry);
  }

  /** The content before the changes. */
  byte[] content(String entry) {
    try {
      return zip.content(entry);
    } catch (IOException e) {
      throw SignMessages.notAJar(file, e.getMessage());
    }
  }

  void change(String entry, byte[] content) {
    changed.put(entry, content);
  }

  int changes() {
    return changed.size();
  }

  byte[] bytes() throws IOException {
    return zip.with(changed);
  }
}
