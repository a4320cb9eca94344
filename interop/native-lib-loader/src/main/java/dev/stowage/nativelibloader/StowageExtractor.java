package dev.stowage.nativelibloader;

import dev.stowage.loader.NativeLibrary;
import dev.stowage.loader.StowageLinkError;
import java.io.File;
import java.io.IOException;
import org.scijava.nativelib.JniExtractor;
import org.scijava.nativelib.NativeLibraryUtil;
import org.scijava.nativelib.NativeLoader;

/**
 * Makes {@code NativeLoader.loadLibrary("stowage_<library>_<binding>")} load the core that Stowage
 * packs, in the one image that Stowage loads.
 *
 * <pre>{@code
 * StowageExtractor.install(Wasm.class, "rust", "go");
 * NativeLoader.loadLibrary("stowage_wasm_rust");
 * }</pre>
 *
 * <p>Nothing is extracted to native-lib-loader's temporary directory: Stowage loads the binding,
 * core and shim, with its own cache and checks, and native-lib-loader gets the path of the file
 * that is already loaded. All other names are passed to the extractor that was installed before.
 *
 * @since 0.1.0
 */
public final class StowageExtractor implements JniExtractor {
  private final JniExtractor next;
  private final NativeLibrary library;
  private final String[] bindings;

  private StowageExtractor(JniExtractor next, NativeLibrary library, String[] bindings) {
    this.next = next;
    this.library = library;
    this.bindings = bindings.clone();
  }

  /**
   * Installs this extractor in front of the current one of {@code NativeLoader}. It loads nothing
   * yet, and may be called from any thread.
   *
   * @param anchor any class of the API in the package of {@code StowagePins}
   * @param bindings the bindings to offer, for example {@code rust}
   * @throws StowageLinkError STOW-01 when the API has no pins
   */
  public static void install(Class<?> anchor, String... bindings) {
    NativeLibrary library = NativeLibrary.of(anchor);
    synchronized (StowageExtractor.class) {
      NativeLoader.setJniExtractor(
          new StowageExtractor(NativeLoader.getJniExtractor(), library, bindings));
    }
  }

  /**
   * Returns the loaded core of a binding, or the result of the next extractor.
   *
   * @param path directory that native-lib-loader currently searches; not used for our libraries
   * @param name as given to {@code NativeLoader.loadLibrary}: the core's name, with or without
   *     version and digest
   * @throws LinkageError when the binding cannot be loaded, with the text of the {@link
   *     StowageLinkError}, which is the cause; native-lib-loader itself would hide that type
   */
  @Override
  public File extractJni(String path, String name) throws IOException {
    for (String binding : bindings) {
      if (isCore(name, library.coreName(binding))) {
        return core(binding);
      }
    }
    return next.extractJni(path, name);
  }

  @Override
  public void extractRegistered() throws IOException {
    next.extractRegistered();
  }

  private static boolean isCore(String name, String fileName) {
    return fileName.equals(System.mapLibraryName(name))
        || fileName.startsWith(fixedPart(name) + "-");
  }

  /** {@code libname} of {@code libname.so}. */
  private static String fixedPart(String name) {
    String mapped = System.mapLibraryName(name);
    return mapped.substring(0, mapped.lastIndexOf('.'));
  }

  private File core(String binding) {
    ClassLoader theirs = NativeLibraryUtil.class.getClassLoader();
    ClassLoader ours = library.getClass().getClassLoader();
    if (theirs != ours) {
      throw new LinkageError(ExtractorMessages.otherClassLoader(theirs, ours));
    }
    try {
      File core = library.core(binding);
      if (!core.isFile()) {
        throw new LinkageError(ExtractorMessages.noFile(core));
      }
      return core;
    } catch (StowageLinkError e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
