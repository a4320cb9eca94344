package dev.stowage.loader;

import java.io.File;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The native code of a library. {@code stowage:package} generates a subclass {@code StowagePins}
 * into the package of the API. It contains the pins (names, sizes and digests of the native
 * libraries) and calls {@code System.load}, so that class loader, module and native-access flag are
 * those of the API.
 *
 * <p>{@link #require} runs these eight steps. Log, exceptions and loader doctor use the same
 * numbers.
 *
 * <ol>
 *   <li>override: an installed directory named by a property or by the environment; never written
 *       to
 *   <li>detect the target from this JVM's own process
 *   <li>read the pins
 *   <li>pick the cache directory
 *   <li>take the files from the cache, or extract them from the classifier JAR
 *   <li>if that or loading fails, read the files' headers to find the reason
 *   <li>load the core, then the shim
 *   <li>handshake: check that shim and API have the same contract
 * </ol>
 *
 * <p>Thread-safe. Only one thread of a JVM loads at a time, even with copies of this class in other
 * packages and class loaders.
 *
 * @since 0.1.0
 */
public abstract class NativeLibrary {
  /**
   * Libraries of this class's own loader; the others are kept by {@link LibraryRegistry}, which
   * does not pin their loader.
   */
  private static NativeLibrary[] own = new NativeLibrary[0];

  /** Names of the loaded bindings, each with a space on both sides. */
  private volatile String loaded = " ";

  /** First failures by binding; guarded by the JVM-wide lock. Only {@link LoadSteps} fills it. */
  final List<RememberedFailure> failures = new ArrayList<>(0);

  /** Where the cores of the loaded bindings were loaded from; guarded by the JVM-wide lock. */
  final Map<String, String> cores = new HashMap<>();

  /** Asked in this order when no classifier JAR has the files; guarded by the JVM-wide lock. */
  final List<NativeLayout> layouts = new ArrayList<>(0);

  /** For the generated class only. */
  protected NativeLibrary() {}

  /** The pins of one classifier (text, format 1), or null when that target was not built. */
  protected abstract String pins(String classifier);

  /** The classifiers that have pins, separated by one space. */
  protected abstract String classifiers();

  /** Calls {@code System.load(absolutePath)} from the API's own class. */
  protected abstract void load(String absolutePath);

  /** Makes a generated class known to {@link #of}; called by its static initialiser. */
  protected static void register(NativeLibrary self) {
    if (self.getClass().getClassLoader() != NativeLibrary.class.getClassLoader()) {
      LibraryRegistry.remember(self);
      return;
    }
    synchronized (NativeLibrary.class) {
      NativeLibrary[] longer = new NativeLibrary[own.length + 1];
      System.arraycopy(own, 0, longer, 0, own.length);
      longer[own.length] = self;
      own = longer;
    }
  }

  /**
   * The library whose pins are in the package of {@code anchor}.
   *
   * @param anchor any class of the API in the package of {@code StowagePins}
   * @throws StowageLinkError STOW-01 when there is no such class
   */
  public static NativeLibrary of(Class<?> anchor) {
    String name = anchor.getName();
    name = name.substring(0, name.lastIndexOf('.') + 1) + "StowagePins";
    try {
      Class<?> pins = Class.forName(name, true, anchor.getClassLoader());
      synchronized (NativeLibrary.class) {
        for (NativeLibrary library : own) {
          if (library.getClass() == pins) {
            return library;
          }
        }
      }
      return LibraryRegistry.recall(pins);
    } catch (ClassNotFoundException e) {
      throw LoadSteps.noPins(name, anchor, e);
    }
  }

  /**
   * Loads a binding (a core and its shim), unless it is loaded already. Later calls are cheap.
   *
   * @param binding the binding's name, for example {@code rust}
   * @throws StowageLinkError if it cannot be loaded; later calls throw the first failure again,
   *     with its full text
   */
  public void require(String binding) throws StowageLinkError {
    String mark = " " + binding + " ";
    if (loaded.contains(mark)) {
      return;
    }
    // Interned, so that relocated and re-loaded copies of this class share the lock.
    synchronized ("stowage:load".intern()) {
      if (loaded.contains(mark)) {
        return;
      }
      // Exceptions are thrown in LoadSteps: a throw or a catch here would load their class.
      if (!failures.isEmpty() || !PinnedBinding.tryLoad(this, binding)) {
        LoadSteps.load(this, binding);
      }
      loaded = loaded + binding + " ";
    }
  }

  /**
   * Loads a binding as {@link #require} does and returns the file of its core, for other code that
   * is linked against it. Load this file only: a copy of it, or another link to it, would be a
   * second image in the process.
   *
   * @param binding the binding's name
   * @return an absolute path; the file no longer exists if no cache was usable and a private
   *     temporary directory was used instead
   * @throws StowageLinkError as {@link #require}
   */
  public File core(String binding) throws StowageLinkError {
    require(binding);
    synchronized ("stowage:load".intern()) {
      String path = cores.get(binding);
      return new File(path != null ? path : coreName(binding)); // Without a core this throws.
    }
  }

  /**
   * Returns the file name of a binding's core on this platform, which includes a digest. Loads
   * nothing.
   *
   * @param binding the binding's name
   * @throws StowageLinkError STOW-02, STOW-03, STOW-17 or STOW-18 if the pins do not name it
   */
  public String coreName(String binding) throws StowageLinkError {
    return LoadSteps.coreName(this, binding);
  }

  /**
   * Lets the loader find the natives in another project's layout too, on the API's class path and
   * behind the classifier JARs. They must have the pinned content, and end in the same cache as all
   * others. To be called before the first use of the API: a failure is kept.
   */
  public void alsoIn(NativeLayout layout) {
    synchronized ("stowage:load".intern()) {
      layouts.add(layout);
    }
  }
}
