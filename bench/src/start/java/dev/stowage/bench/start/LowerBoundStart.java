package dev.stowage.bench.start;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;

/**
 * The least that a loader with a checked cache does, in one class. Cold: the JAR by its own path,
 * one pass with CRC-32, write, rename, load. Warm: read, CRC-32, load.
 *
 * <p>Usage: {@code LowerBoundStart <JAR> <entry> <file>}.
 */
public final class LowerBoundStart {
  private LowerBoundStart() {}

  public static void main(String[] args) throws IOException {
    long start = System.nanoTime();
    File file = new File(args[2]);
    byte[] buffer = new byte[1 << 16];
    CRC32 crc = new CRC32();
    if (file.exists()) {
      FileInputStream in = new FileInputStream(file);
      for (int n; (n = in.read(buffer)) > 0; ) {
        crc.update(buffer, 0, n);
      }
      in.close();
    } else {
      File fresh = new File(args[2] + ".new");
      ZipFile zip = new ZipFile(args[0]);
      InputStream in = zip.getInputStream(zip.getEntry(args[1]));
      FileOutputStream out = new FileOutputStream(fresh);
      for (int n; (n = in.read(buffer)) > 0; ) {
        crc.update(buffer, 0, n);
        out.write(buffer, 0, n);
      }
      out.close();
      zip.close();
      if (!fresh.renameTo(file)) {
        throw new IOException(args[2]);
      }
    }
    System.load(args[2]);
    System.out.println("NANOS " + (System.nanoTime() - start));
  }
}
