package dev.stowage.loader;

import java.io.File;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A library's native code as its API sees it. {@code stowage:package} generates a subclass named
 * {@code StowagePins} into the API's own package; it holds the pins (names, sizes and digests of
 * the natives) and calls {@code System.load}, so that class loader, module and native-access flag
 * are those of the API.
 *
 * <p>{@link #require} goes these eight steps. Log, exceptions and loader doctor use the same
 * numbers.
 *
 * <ol>
 *   <li>override: an installed directory named by a property or by the environment; never written
 *       to
 *   <li>detect the target from this JVM's own process
 *   <li>read the pins
 *   <li>pick the cache directory
 *   <li>take the files from the cache, or extract them from the classifier JAR
 *   <li>when that or loading fails, read the files' headers and say why
 *   <li>load the core, then the shim
 *   <li>handshake: shim and Java side agree on the contract
 * </ol>
 *
 * <p>Thread-safe. All loading in a JVM is serialised, copies of this class in other packages and
 * class loaders included.
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
   * Makes sure that a binding (a core and its shim) is loaded; cheap after the first time.
   *
   * @param binding the binding's name, for example {@code rust}
   * @throws StowageLinkError when it cannot be loaded; the first failure is kept and thrown again,
   *     in full, by later calls
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
   * Loads a binding as {@link #require} does and returns the file that its core was loaded from:
   * the one image of this process, for other code that binds to it. Loading a copy of the file, or
   * another link to it, would make a second image.
   *
   * @param binding the binding's name
   * @return an absolute path; the file is gone when no cache could be used and a private temporary
   *     directory had to do
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
   * The name that a binding's core has on this platform, digest included. Loads nothing.
   *
   * @param binding the binding's name
   * @throws StowageLinkError STOW-02, STOW-03, STOW-17 or STOW-18 when the pins do not name it
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
