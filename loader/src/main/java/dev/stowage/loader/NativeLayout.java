package dev.stowage.loader;

import dev.stowage.loader.platform.Target;

/**
 * Where another project's tools put native libraries inside a JAR. The files keep the names and the
 * content that the pins have; only the directory differs.
 *
 * <p>{@link #toString} names the layout in errors.
 *
 * @since 0.1.0
 */
public interface NativeLayout {
  /**
   * The resource directory of a platform's files: no slash at its beginning, one at its end. Called
   * on a cold start, by the thread that loads.
   *
   * @return null when the layout has no name for this platform
   */
  String directory(Target target);
}
