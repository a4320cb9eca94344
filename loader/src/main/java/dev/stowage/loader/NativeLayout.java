package dev.stowage.loader;

import dev.stowage.loader.platform.Target;

/**
 * The layout of native libraries inside the JARs of another project. Only the directory differs;
 * the names and contents of the files are those in the pins.
 *
 * <p>{@link #toString} is its name in errors.
 *
 * @since 0.1.0
 */
public interface NativeLayout {
  /**
   * The resource directory of a platform's files: no slash at its beginning, one at its end. Called
   * on a cold start, by the thread that loads.
   *
   * @return null if the layout has no name for this platform
   */
  String directory(Target target);
}
