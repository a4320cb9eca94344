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
 * Makes a JavaCPP preset use the core that Stowage packs, in the one image that Stowage loads. Call
 * it where JavaCPP initializes the properties of a preset:
 *
 * <pre>{@code
 * public class Preset implements LoadEnabled {
 *   public void init(ClassProperties properties) {
 *     JavaCppCore.use(properties, Wasm.class, "rust");
 *   }
 * }
 * }</pre>
 *
 * <p>When JavaCPP builds a preset, this adds the core's name, which contains a digest, to the
 * libraries to link; {@code platform.linkpath} must name a directory with the unpacked native
 * libraries. No native code is loaded then. When JavaCPP loads a preset, Stowage loads the binding
 * (from its cache, with its checks), and JavaCPP finds the core already loaded. A copy of the core
 * inside the preset's JAR is not used.
 *
 * @since 0.1.0
 */
public final class JavaCppCore {
  /** Properties with names of libraries that JavaCPP would look for and load itself. */
  private static final String[] LOADED = {"platform.preload", "platform.link"};

  private JavaCppCore() {}

  /**
   * Adds a core to the libraries of a preset. May be called from any thread; JavaCPP calls it for
   * each class of the preset.
   *
   * @param properties the argument of {@code LoadEnabled.init}; nothing is removed from it
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
    // With "#" JavaCPP neither searches for the library nor loads it by name, so there is no second
    // copy.
    String present = name + "#";
    try {
      // A class is needed, because JavaCPP 1.5.12 fails without one. It is JavaCPP's own, because
      // for another one JavaCPP would use reflection on the JDK.
      Loader.loadLibrary(Loader.class, new URL[] {core.toURI().toURL()}, present);
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e); // A path always has a file URL.
    }
    // Creates a link to the core beside the preset's library, for systems that match needed
    // libraries by path only.
    properties.get("platform.preload").add(0, present);
  }

  /** The name of a library without the platform's prefix and suffix. */
  private static String bare(String fileName) {
    try {
      String pattern = Detector.detect(Facts.gather()).libraryName("*");
      String head = pattern.substring(0, pattern.indexOf('*'));
      String tail = pattern.substring(pattern.indexOf('*') + 1);
      return fileName.substring(head.length(), fileName.length() - tail.length());
    } catch (UnknownPlatformException e) {
      throw new IllegalStateException(e); // The loader would have failed before.
    }
  }
}
