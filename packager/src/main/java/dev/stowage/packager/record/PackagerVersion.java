package dev.stowage.packager.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The version of this packager. It is part of every plan, because another version may build a
 * library differently.
 *
 * @since 0.1.0
 */
public final class PackagerVersion {
  private static final String CURRENT = read();

  private PackagerVersion() {}

  /** The version of the Maven project, for example {@code 0.1.0}. */
  public static String current() {
    return CURRENT;
  }

  private static String read() {
    Properties properties = new Properties();
    try (InputStream in = PackagerVersion.class.getResourceAsStream("packager.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }
}
