package dev.stowage.packager.toolchain;

import java.nio.file.Files;
import java.nio.file.Path;

/** The JDK this process runs on. */
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

  /** The java.home property: in a JDK since 9 the JDK's own directory. */
  public static Path home() {
    return Path.of(System.getProperty("java.home"));
  }
}
