package dev.stowage.packager.pack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A JAR whose bytes depend only on its content: entries are sorted, all have one time, and none has
 * a file mode.
 */
final class ClassifierJar {
  private final SortedMap<String, byte[]> entries = new TreeMap<>();
  private final String manifest;

  /**
   * Makes an empty JAR.
   *
   * @param moduleName its name on a module path
   */
  ClassifierJar(String moduleName) {
    manifest = "Manifest-Version: 1.0\r\nAutomatic-Module-Name: " + moduleName + "\r\n\r\n";
  }

  private ClassifierJar() {
    manifest = null;
  }

  /** Makes an empty ZIP without a manifest, by the same rules. */
  static ClassifierJar plainZip() {
    return new ClassifierJar();
  }

  /** Adds an entry. */
  void add(String path, byte[] content) {
    entries.put(path, content);
  }

  /** All entries except the manifest. */
  SortedMap<String, byte[]> entries() {
    return Collections.unmodifiableSortedMap(entries);
  }

  /**
   * The JAR's bytes.
   *
   * @param time of every entry, as UTC; ZIP keeps two seconds' precision, from 1980 on
   */
  byte[] bytes(Instant time) {
    // A local time in UTC: the time zone of the builder does not change the bytes.
    LocalDateTime local = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(Deflater.BEST_COMPRESSION);
      if (manifest != null) {
        // JarInputStream reads a manifest only if it is the first entry.
        put(zip, "META-INF/MANIFEST.MF", manifest.getBytes(StandardCharsets.UTF_8), local);
      }
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        put(zip, entry.getKey(), entry.getValue(), local);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void put(ZipOutputStream zip, String path, byte[] content, LocalDateTime time)
      throws IOException {
    ZipEntry entry = new ZipEntry(path);
    entry.setTimeLocal(time);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
