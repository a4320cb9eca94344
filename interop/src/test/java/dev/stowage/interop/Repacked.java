package dev.stowage.interop;

import dev.stowage.loader.target.Detector;
import dev.stowage.loader.target.Facts;
import dev.stowage.loader.target.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** JARs in other projects' layouts, made from the classifier JAR of this build. */
final class Repacked {
  private Repacked() {}

  static Target host() throws Exception {
    return Detector.detect(Facts.gather());
  }

  /** The four libraries in a directory of a new JAR. */
  static Path jar(Path jar, String directory) throws IOException {
    return jar(jar, directory, Integer.MAX_VALUE);
  }

  /** The same with the byte at an offset of each library changed. */
  static Path jar(Path jar, String directory, int damage) throws IOException {
    try (ZipFile natives = new ZipFile(Artifacts.jar("stowage-wasm-natives").toFile());
        OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream out = new ZipOutputStream(file)) {
      Enumeration<? extends ZipEntry> entries = natives.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
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

  /** One library, the Rust core, under a name of its own. */
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
}
