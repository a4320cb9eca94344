package dev.stowage.nativelibloader;

import dev.stowage.loader.NativeLayout;
import dev.stowage.loader.platform.Target;

/**
 * native-lib-loader's JAR layout: {@code natives/<platform>/} with its own platform names (its
 * {@code NativeLibraryUtil}).
 *
 * <pre>{@code
 * NativeLibrary.of(Wasm.class).alsoIn(new NativesLayout());
 * }</pre>
 *
 * <p>native-lib-loader has one name for glibc and musl, and its libraries need glibc, so on musl
 * nothing is found.
 *
 * @since 0.1.0
 */
public final class NativesLayout implements NativeLayout {
  @Override
  public String directory(Target target) {
    String platform = target.column("native-lib-loader");
    return platform.isEmpty() ? null : "natives/" + platform + "/";
  }

  /** The name in error texts. */
  @Override
  public String toString() {
    return ExtractorMessages.layout();
  }
}
