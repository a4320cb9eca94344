package dev.stowage.loader;

import dev.stowage.loader.target.Detector;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/**
 * One unit as the pins describe it, and its way into this JVM when nothing is wrong. Everything a
 * warm start needs is in this class, {@link NativeLibrary} and {@link Detector}: each further class
 * of a JAR costs 0.3 to 1 ms in a fresh JVM, and so does each of the JDK's that is not in its class
 * data archive. That is why this class catches {@code LinkageError} and {@code Exception}: the
 * verifier loads what a catch clause names, and {@code UnsatisfiedLinkError} and {@code
 * IOException} are not in every archive. {@code WarmStartTest} lists all classes that may be
 * loaded. Whatever is unexpected here is left to {@link ColdStart}, which goes the same steps
 * again, slowly and with a record.
 */
final class PinnedUnit {
  /** The one pins format this loader reads. */
  static final String FORMAT = "stowage-pins 1\n";

  /** How many places {@link #cacheRoot} knows. */
  static final int CACHE_PLACES = 4;

  /** Which core the JVM's one Go runtime belongs to; shared with every other copy of the loader. */
  static final String GO_CORE = "stowage.go.core";

  /** System property: compare SHA-256 instead of CRC-32. */
  static final String STRICT = "stowage.strict";

  static final int CORE = 0;
  static final int SHIM = 1;
  static final String[] ROLES = {"core", "shim"};

  final String library;
  final String version;
  final String classifier;
  final String unit;
  final String content;
  final String contract;
  final String[] names = new String[2];
  final long[] sizes = new long[2];
  final String[] sha256 = new String[2];
  private final int[] crcs = new int[2];

  /** The environment this process was started with, one text; null until it is needed. */
  private static String startEnvironment;

  private final String text;
  private int at;

  private PinnedUnit(String text, String unit) {
    this.text = text;
    this.unit = unit;
    at = FORMAT.length();
    expect("library");
    library = before(' ');
    version = before('\n');
    expect("classifier");
    classifier = before('\n');
    String start = unitLine(unit);
    at = text.indexOf(start) + start.length();
    content = before(' ');
    contract = before('\n');
    for (int i = 0; i < ROLES.length; i++) {
      expect(ROLES[i]);
      names[i] = before(' ');
      sizes[i] = Long.parseLong(before(' '));
      crcs[i] = (int) Long.parseLong(before(' '), 16);
      sha256[i] = before('\n');
    }
  }

  private static String unitLine(String unit) {
    return "\nunit " + unit + " ";
  }

  /**
   * Reads one unit from a pins text; null when the text is of another format, damaged, or has no
   * such unit.
   */
  static PinnedUnit parse(String text, String unit) {
    if (!text.startsWith(FORMAT) || !text.contains(unitLine(unit))) {
      return null;
    }
    try {
      return new PinnedUnit(text, unit);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The text up to a separator, which is skipped. */
  private String before(char separator) {
    int end = text.indexOf(separator, at);
    if (end <= at) {
      throw new IllegalArgumentException();
    }
    String word = text.substring(at, end);
    at = end + 1;
    return word;
  }

  private void expect(String key) {
    if (!before(' ').equals(key)) {
      throw new IllegalArgumentException();
    }
  }

  /** Steps 1 to 8 when the cache has the unit; false when anything is not as expected. */
  static boolean tryLoad(NativeLibrary library, String unit) {
    try {
      return !Boolean.getBoolean("stowage.debug") && loadCached(library, unit);
    } catch (Exception e) {
      return false;
    }
  }

  private static boolean loadCached(NativeLibrary library, String unit) throws IOException {
    String os = System.getProperty("os.name");
    String libc = os.startsWith("Linux") ? Detector.libcNamedIn(Detector.exeHead()) : "";
    String bits = System.getProperty("sun.arch.data.model", "");
    String classifier = Detector.classifier(os, System.getProperty("os.arch"), bits, libc);
    String text = classifier == null ? null : library.pins(classifier);
    PinnedUnit pinned = text == null ? null : parse(text, unit);
    if (pinned == null || overridden(pinned.library) || pinned.otherGoCore() != null) {
      return false;
    }
    for (int place = 0; place < CACHE_PLACES; place++) {
      File root = cacheRoot(place);
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
        pinned.load(library, entry);
        return true;
      } catch (LinkageError e) {
        // A directory mounted noexec shows here; the cold start keeps the reason.
      }
    }
    return false;
  }

  private static boolean overridden(String library) {
    return System.getProperty("stowage." + library + ".path") != null
        || System.getProperty("stowage.library.path") != null
        || environment("STOWAGE_LIBRARY_PATH") != null;
  }

  /**
   * Step 4: the cache root at one place in the order of preference; null when nothing names it.
   * Those that the user did not name are the platform's own.
   */
  static File cacheRoot(int place) {
    if (place == 0) {
      return absolute(System.getProperty("stowage.cache"), "");
    }
    if (place == 1) {
      return absolute(environment("STOWAGE_CACHE"), "");
    }
    if (place == 2) {
      return platformCache(System.getProperty("os.name"), System.getProperty("user.home", ""));
    }
    String user = System.getProperty("user.name", "").trim().replace(File.separatorChar, '_');
    return absolute(System.getProperty("java.io.tmpdir"), "stowage-" + user);
  }

  private static File platformCache(String os, String home) {
    if (os.startsWith("Windows")) {
      return absolute(environment("LOCALAPPDATA"), "");
    }
    if (os.startsWith("Mac")) {
      return absolute(home, "Library/Caches");
    }
    // The XDG base directory specification says to ignore a relative path.
    File xdg = absolute(environment("XDG_CACHE_HOME"), "");
    return xdg != null ? xdg : absolute(home, ".cache");
  }

  /** An environment variable, or null. */
  static String environment(String name) {
    return mayBeInEnvironment(name) ? System.getenv(name) : null;
  }

  /**
   * False when a variable is surely not set: the first {@code System.getenv} costs 1 to 3 ms,
   * because none of its classes is in the class data archive. Linux shows the environment that the
   * process was started with; under the {@code java} launcher it is the one that {@code getenv}
   * knows, while a program that hosts the JVM may have changed it since.
   */
  private static boolean mayBeInEnvironment(String name) {
    if (!"SUN_STANDARD".equals(System.getProperty("sun.java.launcher"))) {
      return true;
    }
    if (startEnvironment == null) {
      startEnvironment = Detector.head("/proc/self/environ", 1 << 15);
    }
    return startEnvironment.isEmpty()
        || startEnvironment.length() == 1 << 15
        || startEnvironment.contains(name);
  }

  private static File absolute(String path, String child) {
    if (path == null || path.isEmpty()) {
      return null;
    }
    File file = child.isEmpty() ? new File(path) : new File(path, child);
    return file.isAbsolute() ? file : null;
  }

  /** Where a cache root has, or would have, this unit. */
  File entry(File root) {
    return new File(new File(root, "stowage"), content);
  }

  /** True when a directory has files with both pinned names. */
  boolean isPresent(File directory) {
    return new File(directory, names[CORE]).isFile() && new File(directory, names[SHIM]).isFile();
  }

  /**
   * The same unit under the names of other files; what the pins say of content does not hold for
   * them.
   */
  PinnedUnit unpinned(String core, String shim) {
    PinnedUnit copy = new PinnedUnit(text, unit);
    copy.names[CORE] = core;
    copy.names[SHIM] = shim;
    return copy;
  }

  /**
   * True when both files are there with the pinned sizes; content is {@link #isIntact}'s business.
   */
  boolean isComplete(File directory) {
    return new File(directory, names[CORE]).length() == sizes[CORE]
        && new File(directory, names[SHIM]).length() == sizes[SHIM];
  }

  /**
   * Whether a published entry belongs to us, on the cheap. chmod succeeds only for the owner of a
   * file, so each call below proves ownership and, on the way, keeps published files unwritable:
   * 0.07 ms each, where the same question through {@code java.nio.file} costs 2 ms (JDK 17) to 16
   * ms (JDK 25). The canonical path proves that nobody led us elsewhere by a link. For root chmod
   * proves nothing, so outside of root's home it asks {@link CacheRoot}.
   */
  private boolean isOurs(File root) throws IOException {
    if (File.separatorChar == '\\') {
      return true; // LOCALAPPDATA's access list is the check; File has no owner there.
    }
    File entry = entry(root);
    String real = entry.getCanonicalPath();
    if (!real.equals(root.getCanonicalPath() + "/stowage/" + content)) {
      return false;
    }
    if (System.getProperty("user.name", "root").equals("root") && !real.startsWith(homePrefix())) {
      return CacheRoot.refusal(root, false) == null && CacheRoot.foreign(this, entry) == null;
    }
    return entry.getParentFile().setExecutable(true, true)
        && entry.setWritable(false, false)
        && new File(entry, names[CORE]).setWritable(false, false)
        && new File(entry, names[SHIM]).setWritable(false, false);
  }

  private static String homePrefix() throws IOException {
    return new File(System.getProperty("user.home", "/nonexistent")).getCanonicalPath() + "/";
  }

  /**
   * True when the files in a directory have the pinned content: size and CRC-32, which is against
   * damage.
   */
  boolean isIntact(File directory) {
    return isIntact(CORE, new File(directory, names[CORE]))
        && isIntact(SHIM, new File(directory, names[SHIM]));
  }

  boolean isIntact(int role, File file) {
    try (FileInputStream in = new FileInputStream(file)) {
      return isIntact(role, in);
    } catch (Exception e) {
      return false;
    }
  }

  /**
   * True when a stream has the pinned content of the core or the shim; reads it to its end. The one
   * place where content is compared, so strict mode holds for the cache, the JAR and copies alike.
   */
  boolean isIntact(int role, InputStream in) throws IOException {
    if (Boolean.getBoolean(STRICT)) {
      return StrictCheck.isAuthentic(in, sizes[role], sha256[role]);
    }
    byte[] buffer = new byte[1 << 16];
    CRC32 crc = new CRC32();
    long size = 0;
    for (int read; (read = in.read(buffer)) > 0; size += read) {
      crc.update(buffer, 0, read);
    }
    return size == sizes[role] && (int) crc.getValue() == crcs[role];
  }

  /** What this JVM's Go runtime belongs to when that is not our core, else null. */
  String otherGoCore() {
    String latched = unit.equals("go") ? System.getProperty(GO_CORE) : null;
    return latched == null || latched.equals(goCore()) ? null : latched;
  }

  String goCore() {
    return library + " " + version + " " + names[CORE];
  }

  /**
   * Steps 7 and 8 from a directory that has been checked. The core is one image per process: a
   * second class loader is refused its path by the JVM and skips it. The shim is one image per API
   * instance.
   *
   * @throws UnsatisfiedLinkError as the JVM or the shim threw it
   * @throws IOException when a second class loader's copy of the shim cannot be made
   */
  void load(NativeLibrary owner, File directory) throws IOException {
    boolean go = unit.equals("go");
    if (!go || System.getProperty(GO_CORE) == null) {
      try {
        owner.load(new File(directory, names[CORE]).getPath());
      } catch (LinkageError e) {
        if (!isElsewhere(e)) {
          throw e;
        }
      }
      if (go) {
        System.setProperty(GO_CORE, goCore());
      }
    }
    if (!loadShim(owner, new File(directory, names[SHIM]))) {
      ShimCopy.load(this, owner, directory);
    }
  }

  /**
   * Loads a shim and shakes hands; false when this file serves another API instance, so a copy is
   * needed.
   */
  boolean loadShim(NativeLibrary owner, File shim) {
    String key = "stowage.onload." + contract.substring(0, 16);
    String name = owner.getClass().getName();
    System.setProperty(key, name.substring(0, name.lastIndexOf('.') + 1).replace('.', '/'));
    try {
      owner.load(shim.getPath());
      // JNI_OnLoad clears the key; a path that this loader has loaded before does not run it again.
      return System.getProperty(key) == null;
    } catch (LinkageError e) {
      if (isElsewhere(e)) {
        return false;
      }
      throw e;
    } finally {
      System.clearProperty(key);
    }
  }

  private static boolean isElsewhere(LinkageError e) {
    return String.valueOf(e.getMessage()).contains("already loaded in another");
  }
}
