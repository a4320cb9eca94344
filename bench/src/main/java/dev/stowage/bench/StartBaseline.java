package dev.stowage.bench;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.zip.CRC32;

/**
 * The minimum that a loader with checks must do: the same classes from the same JARs, the same
 * files with CRC-32, the same loads, nothing else.
 *
 * <p>Usage: {@code StartBaseline key prefix classes files}: the registration property that the
 * shim's JNI_OnLoad needs, and two lists separated by the path separator. {@code StartBaseline - -
 * - core} measures {@code System.load} of the core alone. Prints {@code NANOS n}.
 */
public final class StartBaseline {
  private StartBaseline() {}

  public static void main(String[] args) throws Exception {
    String separator = System.getProperty("path.separator");
    String[] files = args[3].split(separator);
    boolean bare = args[2].equals("-");
    String[] classes = bare ? new String[0] : args[2].split(separator);
    byte[] buffer = new byte[64 * 1024];
    ClassLoader loader = StartBaseline.class.getClassLoader();
    long start = System.nanoTime();
    for (String name : classes) {
      Class.forName(name, false, loader);
    }
    if (!bare) {
      for (String file : files) {
        checksum(file, buffer);
      }
    }
    if (!args[0].equals("-")) {
      System.setProperty(args[0], args[1]);
    }
    for (String file : files) {
      System.load(file);
    }
    long end = System.nanoTime();
    System.out.println("NANOS " + (end - start));
  }

  private static long checksum(String file, byte[] buffer) throws IOException {
    CRC32 crc = new CRC32();
    try (FileInputStream in = new FileInputStream(file)) {
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        crc.update(buffer, 0, n);
      }
    }
    return crc.getValue();
  }
}
