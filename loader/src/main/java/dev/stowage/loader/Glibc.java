package dev.stowage.loader;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The version of the glibc mapped into this process, from its own banner ("stable release version
 * 2.36").
 */
final class Glibc {
  private static final String BANNER = "release version ";

  private Glibc() {}

  /** For example {@code 2.36}; empty if this is not glibc or the version is unknown. */
  static String version() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new FileInputStream("/proc/self/maps"), StandardCharsets.ISO_8859_1))) {
      for (String line; (line = in.readLine()) != null; ) {
        int path = line.indexOf('/');
        if (path >= 0 && (line.endsWith("/libc.so.6") || line.contains("/libc-2."))) {
          return banner(line.substring(path));
        }
      }
    } catch (IOException e) {
      return "";
    }
    return "";
  }

  private static String banner(String libc) throws IOException {
    byte[] buffer = new byte[1 << 16];
    String carried = "";
    try (InputStream in = new FileInputStream(libc)) {
      for (int read; (read = in.read(buffer)) > 0; ) {
        String text = carried + new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
        int from = text.indexOf(BANNER) + BANNER.length();
        if (from >= BANNER.length() && text.length() > from + 8) {
          int to = from;
          while ("0123456789.".indexOf(text.charAt(to)) >= 0 && to < from + 8) {
            to++;
          }
          String version = text.substring(from, to);
          return version.endsWith(".") ? version.substring(0, version.length() - 1) : version;
        }
        carried = text.substring(Math.max(0, text.length() - 64));
      }
    }
    return "";
  }
}
