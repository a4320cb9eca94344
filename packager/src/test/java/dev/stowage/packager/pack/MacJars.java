package dev.stowage.packager.pack;

import dev.stowage.packager.fixture.TargetCompiler;
import dev.stowage.packager.project.Coordinates;
import dev.stowage.packager.project.Language;
import dev.stowage.packager.project.Role;
import dev.stowage.packager.record.FileDigests;
import dev.stowage.packager.record.Json;
import dev.stowage.packager.record.Waybill;
import dev.stowage.packager.record.WaybillEntry;
import dev.stowage.packager.record.WaybillFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packed JARs of a small library for both macOS targets, in the styles of several ZIP tools. */
public final class MacJars {
  public static final List<String> CLASSIFIERS = List.of("osx-x86_64", "osx-aarch_64");
  public static final String PINS = "demo/StowagePins.class";
  private static final Map<String, byte[]> BUILT = new TreeMap<>();

  private final Path dir;
  private final Map<String, byte[]> natives = new LinkedHashMap<>();
  private final TreeMap<String, Waybill> waybills = new TreeMap<>();
  private final Map<String, byte[]> others;

  /** Builds the libraries, once for all tests. */
  public MacJars(Path dir) throws IOException {
    this(dir, Map.of());
  }

  /** The same with other content of some libraries, by their entries in the JARs. */
  public MacJars(Path dir, Map<String, byte[]> others) throws IOException {
    this.others = Map.copyOf(others);
    this.dir = Files.createDirectories(dir);
    CLASSIFIERS.forEach(this::addTarget);
  }

  private void addTarget(String classifier) {
    WaybillFile core = item(classifier, Role.CORE, "libdemo-1.0.dylib");
    WaybillFile shim = item(classifier, Role.SHIM, "libdemo_jni-1.0.dylib");
    WaybillEntry binding = WaybillEntry.of("one", Language.RUST, "c0ffee", List.of(core, shim));
    Coordinates where = new Coordinates("demo", "demo-natives");
    Waybill waybill =
        new Waybill(
            Waybill.FORMAT,
            "demo",
            "1.0",
            classifier,
            where,
            true,
            List.of(binding),
            List.of(),
            List.of());
    waybills.put(classifier, waybill);
    natives.put(root(classifier) + "waybill.json", Json.indented(waybill));
  }

  private WaybillFile item(String classifier, Role role, String name) {
    byte[] built = BUILT.computeIfAbsent(classifier + name, key -> build(classifier, name));
    byte[] library = others.getOrDefault(root(classifier) + name, built);
    natives.put(root(classifier) + name, library);
    FileDigests.FileDigest digest = FileDigests.of(library);
    return new WaybillFile(
        role,
        name,
        digest.size(),
        digest.crc32(),
        digest.sha256(),
        "d1ge57",
        "0123456789abcdef0123456789abcdef",
        "macOS 12.0",
        List.of(),
        List.of(),
        List.of("demo_add"),
        new TreeMap<>(),
        List.of(),
        List.of());
  }

  private byte[] build(String classifier, String name) {
    String source = "int demo_add(int a, int b) { return a + b + " + name.length() + "; }";
    List<String> flags = List.of("-Wl,-headerpad,0x1000");
    try {
      return Files.readAllBytes(
          TargetCompiler.library(dir.resolve(classifier + name), classifier, source, flags));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String root(String classifier) {
    return "META-INF/stowage/demo/1.0/" + classifier + "/";
  }

  /** The class that {@code package} generates for these waybills. */
  public static byte[] pinsClass(Iterable<Waybill> waybills) {
    TreeMap<String, String> pins = new TreeMap<>();
    for (Waybill waybill : waybills) {
      pins.put(waybill.classifier(), PinsText.of(waybill, "demo/"));
    }
    return PinsClass.of("demo/StowagePins", pins);
  }

  /** The API's JAR. */
  public Path api() throws IOException {
    return jar("api.jar", new LinkedHashMap<>(Map.of(PINS, pinsClass(waybills.values()))));
  }

  /** The JAR of one classifier. */
  public Path classifier(String classifier) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>(natives);
    entries.keySet().removeIf(name -> !name.startsWith(root(classifier)));
    return jar("demo-natives-1.0-" + classifier + ".jar", entries);
  }

  /** A drop-in JAR. */
  public Path dropIn() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>(natives);
    entries.put(PINS, pinsClass(waybills.values()));
    return jar("all.jar", entries);
  }

  /**
   * A JAR with these entries and some more: stored and deflated, with times, comments and extra
   * fields.
   */
  public Path jar(String name, Map<String, byte[]> entries) throws IOException {
    Path file = Files.createDirectories(dir.resolve("jars")).resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setComment("packed by hand");
      put(zip, "META-INF/MANIFEST.MF", text("Manifest-Version: 1.0\r\n\r\n"), false);
      put(zip, "a/stored.txt", text("as it is"), true);
      boolean stored = false;
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        put(zip, entry.getKey(), entry.getValue(), stored);
        stored = !stored;
      }
      put(zip, "z/höchst.txt", text("the last one ".repeat(99)), false);
    }
    return file;
  }

  private static void put(ZipOutputStream zip, String name, byte[] content, boolean stored)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(LocalDateTime.of(2001, 2, 3, 4, 5, 6).plusHours(name.length()));
    entry.setComment("about " + name);
    entry.setExtra(new byte[] {0x55, 0x0a, 2, 0, 7, 9});
    if (stored) {
      CRC32 crc = new CRC32();
      crc.update(content);
      entry.setMethod(ZipEntry.STORED);
      entry.setCrc(crc.getValue());
      entry.setSize(content.length);
    }
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
