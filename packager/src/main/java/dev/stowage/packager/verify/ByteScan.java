package dev.stowage.packager.verify;

import dev.stowage.loader.header.ContractMark;
import dev.stowage.packager.binary.PathScan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the bytes of a library contain outside its header.
 *
 * @param marks contract digests, in order
 * @param goBuildInfo whether there is Go's build information
 * @param paths absolute paths of build machines, in order
 */
record ByteScan(List<String> marks, boolean goBuildInfo, List<PathScan.Found> paths) {
  /** Begins the Go linker's build information, which survives stripping (debug/buildinfo). */
  private static final byte[] GO_BUILD_INFO =
      "\377 Go buildinf:".getBytes(StandardCharsets.ISO_8859_1);

  /**
   * Scans once: the path scan stops at each colon, and both the marks and the beginning of Go's
   * information end with one.
   */
  static ByteScan of(byte[] bytes) {
    List<String> marks = new ArrayList<>();
    AtomicBoolean go = new AtomicBoolean();
    List<PathScan.Found> paths =
        PathScan.find(
            bytes,
            colon -> {
              String digest = ContractMark.at(bytes, colon);
              if (digest != null) {
                marks.add(digest);
              } else if (isGoBuildInfo(bytes, colon + 1)) {
                go.set(true);
              }
            });
    return new ByteScan(marks, go.get(), paths);
  }

  private static boolean isGoBuildInfo(byte[] bytes, int end) {
    int from = end - GO_BUILD_INFO.length;
    return from >= 0 && Arrays.equals(bytes, from, end, GO_BUILD_INFO, 0, GO_BUILD_INFO.length);
  }
}
