package dev.stowage.packager.toolchain;

import dev.stowage.loader.platform.Detector;
import dev.stowage.loader.platform.Facts;
import dev.stowage.loader.platform.UnknownPlatformException;

/**
 * The platform that this process runs on.
 *
 * @since 0.1.0
 */
public final class HostPlatform {
  private HostPlatform() {}

  /** The classifier of this JVM. */
  public static String classifier() {
    try {
      return Detector.detect(Facts.gather()).classifier();
    } catch (UnknownPlatformException e) {
      throw ToolchainMessages.unknownHost(e.getMessage());
    }
  }
}
