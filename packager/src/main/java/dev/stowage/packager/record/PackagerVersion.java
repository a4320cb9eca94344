package dev.stowage.packager.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The version of this packager. It stands in every plan, because another one may link or finish a
 * library in another way.
 *
 * @since 0.1.0
 */
public final class PackagerVersion {
  private static final String CURRENT = read();

  private PackagerVersion() {}

  /** As Maven knows it, for example {@code 0.1.0}. */
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
