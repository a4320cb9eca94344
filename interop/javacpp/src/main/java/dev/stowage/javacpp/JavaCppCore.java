package dev.stowage.javacpp;

import dev.stowage.loader.NativeLibrary;
import dev.stowage.loader.StowageLinkError;
import dev.stowage.loader.platform.Detector;
import dev.stowage.loader.platform.Facts;
import dev.stowage.loader.platform.UnknownPlatformException;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Iterator;
import org.bytedeco.javacpp.ClassProperties;
import org.bytedeco.javacpp.Loader;

/**
 * Makes a JavaCPP preset use the core that Stowage packs, in the one image that Stowage loads. To
 * be called where JavaCPP asks a preset for its properties:
 *
 * <pre>{@code
 * public class Preset implements LoadEnabled {
 *   public void init(ClassProperties properties) {
 *     JavaCppCore.use(properties, Wasm.class, "rust");
 *   }
 * }
 * }</pre>
 *
 * <p>While JavaCPP builds, this adds the core's name, which has a digest in it, to what is linked;
 * {@code platform.linkpath} must name a directory with the unpacked natives. No native code is
 * loaded then. While JavaCPP loads, it has Stowage load the binding (from its cache, with its
 * checks) and tells JavaCPP that the core is there. A copy of the core inside the preset's JAR
 * stays unused.
 *
 * @since 0.1.0
 */
public final class JavaCppCore {
  /** The entries of these hold names of libraries that JavaCPP would look for and load itself. */
  private static final String[] LOADED = {"platform.preload", "platform.link"};

  private JavaCppCore() {}

  /**
   * Adds a core to the libraries of a preset. Any thread; JavaCPP calls it for each class that the
   * preset has.
   *
   * @param properties what JavaCPP hands to {@code LoadEnabled.init}; only added to
   * @param anchor any class of the API in the package of {@code StowagePins}
   * @param binding the core's binding, for example {@code rust}
   * @throws StowageLinkError STOW-nn when the binding cannot be loaded, or, during a build, when it
   *     has no natives for this platform
   * @throws UnsatisfiedLinkError when the preset names a core of another build
   */
  public static void use(ClassProperties properties, Class<?> anchor, String binding) {
    NativeLibrary library = NativeLibrary.of(anchor);
    if (Loader.isLoadLibraries()) {
      load(properties, library.core(binding));
    } else {
      properties.addAll("platform.link", bare(library.coreName(binding)));
    }
  }

  private static void load(ClassProperties properties, File core) {
    String name = bare(core.getName());
    String family = name.substring(0, name.indexOf('-') + 1);
    for (String key : LOADED) {
      for (Iterator<String> names = properties.get(key).iterator(); names.hasNext(); ) {
        String listed = names.next();
        if (listed.startsWith(name)) {
          names.remove();
        } else if (!family.isEmpty() && listed.startsWith(family)) {
          throw new UnsatisfiedLinkError(JavaCppMessages.otherBuild(key + " has " + listed, name));
        }
      }
    }
    LinkedCore.check(properties, core.getName());
    // "#": JavaCPP neither searches for it nor asks the system, so no second copy can come in.
    String present = name + "#";
    try {
      // With a class, because JavaCPP 1.5.12 fails without one, and its own, because for others it
      // would call into the JDK by reflection.
      Loader.loadLibrary(Loader.class, new URL[] {core.toURI().toURL()}, present);
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e); // A path always has a file URL.
    }
    // Gives the preset's library a link to the core beside it, where the system matches paths only.
    properties.get("platform.preload").add(0, present);
  }

  /** A library's name without what the platform puts around it. */
  private static String bare(String fileName) {
    try {
      String pattern = Detector.detect(Facts.gather()).libraryName("*");
      String head = pattern.substring(0, pattern.indexOf('*'));
      String tail = pattern.substring(pattern.indexOf('*') + 1);
      return fileName.substring(head.length(), fileName.length() - tail.length());
    } catch (UnknownPlatformException e) {
      throw new IllegalStateException(e); // The loader would have said so.
    }
  }
}
