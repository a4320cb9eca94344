package dev.stowage.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.stowage.loader.platform.Detector;
import dev.stowage.loader.platform.Facts;
import dev.stowage.loader.platform.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Makes JARs in other projects' layouts from the classifier JAR of this build. */
final class Repacked {
  private Repacked() {}

  static Target host() throws Exception {
    return Detector.detect(Facts.gather());
  }

  /** A new JAR with the four libraries in a directory. */
  static Path jar(Path jar, String directory) throws IOException {
    return jar(jar, directory, Integer.MAX_VALUE);
  }

  /** Like {@link #jar(Path, String)}, with one byte of each library changed. */
  static Path jar(Path jar, String directory, int damage) throws IOException {
    try (ZipFile natives = new ZipFile(Artifacts.jar("stowage-wasm-natives").toFile());
        OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (ZipEntry entry : Collections.list(natives.entries())) {
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (!name.contains("stowage_wasm_")) {
          continue;
        }
        byte[] bytes = natives.getInputStream(entry).readAllBytes();
        if (damage < bytes.length) {
          bytes[damage]++;
        }
        out.putNextEntry(new ZipEntry(directory + name));
        out.write(bytes);
      }
    }
    return jar;
  }

  /** A JAR with one library, the Rust core, under the given name. */
  static Path named(Path jar, String name) throws IOException {
    try (ZipFile natives = new ZipFile(Artifacts.jar("stowage-wasm-natives").toFile());
        OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream out = new ZipOutputStream(file)) {
      ZipEntry core =
          natives.stream()
              .filter(entry -> entry.getName().contains("/libstowage_wasm_rust-"))
              .findFirst()
              .orElseThrow();
      out.putNextEntry(new ZipEntry(name));
      natives.getInputStream(core).transferTo(out);
    }
    return jar;
  }

  /** A copy of a JAR in which a text is replaced everywhere by another one of the same length. */
  static Path replacing(Path from, Path jar, String text, String by) throws IOException {
    if (text.length() != by.length()) {
      throw new IllegalArgumentException(text + " / " + by);
    }
    try (ZipFile zip = new ZipFile(from.toFile());
        OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        String content = new String(zip.getInputStream(entry).readAllBytes(), ISO_8859_1);
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(content.replace(text, by).getBytes(ISO_8859_1));
      }
    }
    return jar;
  }
}
