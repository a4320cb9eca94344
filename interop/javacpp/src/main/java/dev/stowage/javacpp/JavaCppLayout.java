package dev.stowage.javacpp;

import dev.stowage.loader.NativeLayout;
import dev.stowage.loader.platform.Target;

/**
 * JavaCPP's JAR layout: {@code <package>/<platform>/} with JavaCPP's own platform names (its wiki,
 * "Basic architecture", and {@code Loader.findLibrary}).
 *
 * <pre>{@code
 * NativeLibrary.of(Wasm.class).alsoIn(JavaCppLayout.in("org.example.natives"));
 * }</pre>
 *
 * <p>JavaCPP has one name for glibc and musl, and its libraries need glibc, so on musl nothing is
 * found. Platform extensions such as {@code -gpu} are not supported.
 *
 * @since 0.1.0
 */
public final class JavaCppLayout implements NativeLayout {
  private final String packageName;

  private JavaCppLayout(String packageName) {
    this.packageName = packageName;
  }

  /**
   * The layout below a package.
   *
   * @param packageName with dots, as in Java; empty for a JAR that has the platforms at its root
   */
  public static JavaCppLayout in(String packageName) {
    return new JavaCppLayout(packageName);
  }

  @Override
  public String directory(Target target) {
    String platform = target.column("javacpp");
    if (platform.isEmpty()) {
      return null;
    }
    String above = packageName.isEmpty() ? "" : packageName.replace('.', '/') + "/";
    return above + platform + "/";
  }

  /** The name in error texts. */
  @Override
  public String toString() {
    return JavaCppMessages.layout();
  }
}
