package dev.stowage.loader;

import java.io.File;
import java.io.IOException;
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
  /** More API instances than one JVM has. */
  private static final int MOST_COPIES = 1000;

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
  private final Map<String, String> cores = new HashMap<>();

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
      return (NativeLibrary) LibraryRegistry.recall(pins);
    } catch (ClassNotFoundException e) {
      return LoadSteps.noPins(name, anchor, e);
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
      if (!failures.isEmpty() || !tryLoad(binding)) {
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

  /**
   * Steps 1 to 8 when the cache has the binding; false when anything is not as expected. That is
   * left to {@link LoadSteps}, which goes the steps with a record.
   */
  private boolean tryLoad(String binding) {
    try {
      return !Boolean.getBoolean("stowage.debug") && loadCached(binding);
    } catch (Exception e) {
      return false;
    }
  }

  private boolean loadCached(String binding) throws IOException {
    String classifier = PinnedBinding.classifier();
    String text = classifier == null ? null : pins(classifier);
    PinnedBinding pinned = text == null ? null : PinnedBinding.parse(text, binding);
    if (pinned == null || PinnedBinding.overridden(pinned.library)) {
      return false;
    }
    for (int place = 0; place < PinnedBinding.CACHE_PLACES; place++) {
      File root = PinnedBinding.cacheRoot(place);
      if (root == null) {
        continue;
      }
      // A root without the entry comes before the later ones, so only the cold start may pass it
      // by.
      File entry = pinned.entry(root);
      if (!pinned.isComplete(entry) || !pinned.isOurs(root) || !pinned.isIntact(entry)) {
        return false;
      }
      try {
        return loadFrom(pinned, entry, true);
      } catch (LinkageError e) {
        // A directory mounted noexec shows here; the cold start keeps the reason.
      }
    }
    return false;
  }

  /**
   * Steps 7 and 8 from a directory that has been checked. Cores and their dependencies are one
   * image per process: a second class loader is refused their paths by the JVM and skips them.
   * Shims and libraries with JNI exports of their own are one image per API instance.
   *
   * @param published whether the directory is an entry of our cache; any other is never written to
   * @return false when this JVM's one Go runtime belongs to another core; nothing was loaded then
   * @throws UnsatisfiedLinkError as the JVM or the shim threw it
   * @throws IOException when a second class loader's copy of a library cannot be made
   */
  boolean loadFrom(PinnedBinding pinned, File directory, boolean published) throws IOException {
    if (pinned.otherGoCore() != null) {
      return false;
    }
    boolean running = pinned.isGo() && System.getProperty(PinnedBinding.GO_CORE) != null;
    for (int i = 0; i < pinned.names.length; i++) {
      File file = new File(directory, pinned.names[i]);
      if (pinned.isPerInstance(i)) {
        if (!loadOwn(pinned, i, file)) {
          loadCopy(pinned, i, directory, published);
        }
      } else if (!running) {
        loadUnlessElsewhere(file);
        if (pinned.isGo() && pinned.roles[i].equals("core")) {
          System.setProperty(PinnedBinding.GO_CORE, pinned.goCore());
        }
      }
    }
    rememberCores(pinned, directory);
    return true;
  }

  private void rememberCores(PinnedBinding pinned, File directory) {
    for (int i = 0; i < pinned.names.length; i++) {
      String key = PinnedBinding.CORE_PATH + pinned.names[i];
      if (pinned.roles[i].equals("core") && System.getProperty(key) == null) {
        System.setProperty(key, new File(directory, pinned.names[i]).getPath());
      }
    }
    String core = pinned.core();
    if (core != null) {
      cores.put(pinned.binding, System.getProperty(PinnedBinding.CORE_PATH + core));
    }
  }

  /**
   * Loads this API instance's image of a library, and shakes hands when it is a shim; false when
   * this file serves another API instance, so a copy is needed.
   */
  private boolean loadOwn(PinnedBinding pinned, int index, File file) {
    if (pinned.contract.equals(PinnedBinding.NO_CONTRACT)) {
      return loadUnlessElsewhere(file);
    }
    String key = "stowage.onload." + pinned.contract.substring(0, 16);
    String name = getClass().getName();
    System.setProperty(key, name.substring(0, name.lastIndexOf('.') + 1).replace('.', '/'));
    try {
      // JNI_OnLoad of a shim clears the key; a path that this loader has loaded before does not run
      // it again. A library with JNI exports of its own does not know the key.
      return loadUnlessElsewhere(file)
          && (!pinned.isShim(index) || System.getProperty(key) == null);
    } finally {
      System.clearProperty(key);
    }
  }

  private void loadCopy(PinnedBinding pinned, int index, File directory, boolean published)
      throws IOException {
    String name = pinned.names[index];
    List<String> own = pinned.perInstance();
    for (int n = 2; n <= MOST_COPIES; n++) {
      File copy = published ? ShimCopy.of(directory, n, name, own) : null;
      if (copy == null) {
        break;
      }
      if (pinned.isIntact(index, copy) && loadOwn(pinned, index, copy)) {
        return;
      }
    }
    File copy = ShimCopy.temporary(new File(directory, name));
    try {
      ShimCopy.check(loadOwn(pinned, index, copy), copy);
    } finally {
      StagingDirectory.deleteNowOrAtExit(copy.getParentFile());
    }
  }

  private boolean loadUnlessElsewhere(File file) {
    try {
      load(file.getPath());
      return true;
    } catch (LinkageError e) {
      if (String.valueOf(e.getMessage()).contains("already loaded in another")) {
        return false;
      }
      throw e;
    }
  }
}
