package dev.stowage.packager.toolchain;

import java.nio.file.Files;
import java.nio.file.Path;

/** The headers of the JDK on which this process runs. */
public final class JdkHeaders {
  private JdkHeaders() {}

  /** The directory with {@code jni.h}. */
  public static Path include() {
    Path include = home().resolve("include");
    if (!Files.isRegularFile(include.resolve("jni.h"))) {
      throw ToolchainMessages.noJniHeader(include);
    }
    return include;
  }

  /** The JDK's directory: {@code java.home} since JDK 9. */
  public static Path home() {
    return Path.of(System.getProperty("java.home"));
  }
}
