package dev.stowage.packager.verify;

import dev.stowage.loader.header.ContractMark;
import dev.stowage.packager.binary.PathScan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What lies in the bytes of a library outside of its header.
 *
 * @param marks contract digests, in order
 * @param goBuildInfo whether it holds Go's build information
 * @param paths absolute paths of machines that build, in order
 */
record Content(List<String> marks, boolean goBuildInfo, List<PathScan.Found> paths) {
  /** Begins the build information the Go linker writes; it survives stripping (debug/buildinfo). */
  private static final byte[] GO_BUILD_INFO =
      "\377 Go buildinf:".getBytes(StandardCharsets.ISO_8859_1);

  static Content of(byte[] bytes) {
    try {
      return new Content(
          ContractMark.find(new ByteArrayInputStream(bytes)),
          hasGoBuildInfo(bytes),
          PathScan.find(bytes));
    } catch (IOException e) {
      throw new IllegalStateException("reading memory failed", e);
    }
  }

  private static boolean hasGoBuildInfo(byte[] bytes) {
    int length = GO_BUILD_INFO.length;
    for (int i = 0; i + length <= bytes.length; i++) {
      if (bytes[i] == GO_BUILD_INFO[0]
          && Arrays.equals(bytes, i, i + length, GO_BUILD_INFO, 0, length)) {
        return true;
      }
    }
    return false;
  }
}
