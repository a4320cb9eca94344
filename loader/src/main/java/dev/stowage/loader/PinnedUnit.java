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
 * of a JAR costs 0.1 to 0.3 ms in a fresh JVM, the first use of {@code java.nio.file} 2 to 3 ms.
 * Whatever is unexpected here is left to {@link ColdStart}, which goes the same steps again, slowly
 * and with a record.
 */
final class PinnedUnit {
  /** The one pins format this loader reads. */
  static final String FORMAT = "stowage-pins 1\n";

  /** Which core the JVM's one Go runtime belongs to; shared with every other copy of the loader. */
  static final String GO_CORE = "stowage.go.core";

  static final int CORE = 0;
  static final int SHIM = 1;
  private static final String[] ROLES = {"core", "shim"};

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

  private final String text;
  private int at;

  private PinnedUnit(String text, String unit) {
    this.text = text;
    this.unit = unit;
    at = FORMAT.length();
    expect("library");
    library = word();
    version = word();
    expect("classifier");
    classifier = word();
    String start = "\nunit " + unit + " ";
    at = text.indexOf(start) + start.length();
    content = word();
    contract = word();
    for (int i = 0; i < ROLES.length; i++) {
      expect(ROLES[i]);
      names[i] = word();
      sizes[i] = Long.parseLong(word());
      crcs[i] = (int) Long.parseLong(word(), 16);
      sha256[i] = word();
    }
  }

  /**
   * Reads one unit from a pins text; null when the text is of another format, damaged, or has no
   * such unit.
   */
  static PinnedUnit parse(String text, String unit) {
    if (!text.startsWith(FORMAT) || !text.contains("\nunit " + unit + " ")) {
      return null;
    }
    try {
      return new PinnedUnit(text, unit);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The next word; the single space or line feed after it is skipped. */
  private String word() {
    int end = at;
    while (end < text.length() && text.charAt(end) > ' ') {
      end++;
    }
    String word = text.substring(Math.min(at, end), end);
    if (word.isEmpty()) {
      throw new IllegalArgumentException();
    }
    at = end + 1;
    return word;
  }

  private void expect(String key) {
    if (!word().equals(key)) {
      throw new IllegalArgumentException();
    }
  }

  /** Steps 1 to 8 when the cache has the unit; false when anything is not as expected. */
  static boolean tryLoad(NativeLibrary library, String unit) {
    if (Boolean.getBoolean("stowage.debug")) {
      return false;
    }
    String os = System.getProperty("os.name");
    String libc = os.startsWith("Linux") ? Detector.libcNamedIn(Detector.exeHead()) : "";
    String bits = System.getProperty("sun.arch.data.model", "");
    String classifier = Detector.classifier(os, System.getProperty("os.arch"), bits, libc);
    String text = classifier == null ? null : library.pins(classifier);
    PinnedUnit pinned = text == null ? null : parse(text, unit);
    if (pinned == null || overridden(pinned.library) || pinned.otherGoCore() != null) {
      return false;
    }
    for (File root : cacheRoots()) {
      // A root without the entry comes before the later ones, so only the cold start may pass it
      // by.
      File entry = pinned.entry(root);
      if (!pinned.isComplete(entry) || !pinned.isOurs(root) || !pinned.isIntact(entry)) {
        return false;
      }
      try {
        pinned.load(library, entry);
        return true;
      } catch (UnsatisfiedLinkError e) {
        continue; // A directory mounted noexec shows here; the cold start keeps the reason.
      } catch (IOException | RuntimeException e) {
        return false;
      }
    }
    return false;
  }

  private static boolean overridden(String library) {
    return System.getProperty("stowage." + library + ".path") != null
        || System.getProperty("stowage.library.path") != null
        || System.getenv("STOWAGE_LIBRARY_PATH") != null;
  }

  /**
   * Step 4: the cache roots, best first. Those that the user did not name are the platform's own
   * places.
   */
  static File[] cacheRoots() {
    String os = System.getProperty("os.name");
    String home = System.getProperty("user.home", "");
    String user = System.getProperty("user.name", "").trim().replace(File.separatorChar, '_');
    File[] all = {
      absolute(System.getProperty("stowage.cache"), ""),
      absolute(System.getenv("STOWAGE_CACHE"), ""),
      platformCache(os, home),
      absolute(System.getProperty("java.io.tmpdir"), "stowage-" + user)
    };
    int count = 0;
    for (File root : all) {
      count += root == null ? 0 : 1;
    }
    File[] roots = new File[count];
    for (int i = all.length - 1; i >= 0; i--) {
      if (all[i] != null) {
        roots[--count] = all[i];
      }
    }
    return roots;
  }

  private static File platformCache(String os, String home) {
    if (os.startsWith("Windows")) {
      return absolute(System.getenv("LOCALAPPDATA"), "");
    }
    if (os.startsWith("Mac")) {
      return absolute(home, "Library/Caches");
    }
    // The XDG base directory specification says to ignore a relative path.
    File xdg = absolute(System.getenv("XDG_CACHE_HOME"), "");
    return xdg != null ? xdg : absolute(home, ".cache");
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
  private boolean isOurs(File root) {
    if (File.separatorChar == '\\') {
      return true; // LOCALAPPDATA's access list is the check; File has no owner there.
    }
    try {
      File entry = entry(root);
      String real = entry.getCanonicalPath();
      if (!real.equals(root.getCanonicalPath() + "/stowage/" + content)) {
        return false;
      }
      if (System.getProperty("user.name", "root").equals("root")
          && !real.startsWith(homePrefix())) {
        return CacheRoot.refusal(root, false) == null && CacheRoot.foreign(this, entry) == null;
      }
      return entry.getParentFile().setExecutable(true, true)
          && entry.setWritable(false, false)
          && new File(entry, names[CORE]).setWritable(false, false)
          && new File(entry, names[SHIM]).setWritable(false, false);
    } catch (IOException e) {
      return false;
    }
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
    } catch (IOException e) {
      return false;
    }
  }

  /** True when a stream has the pinned content of the core or the shim; reads it to its end. */
  boolean isIntact(int role, InputStream in) throws IOException {
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
      } catch (UnsatisfiedLinkError e) {
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
    } catch (UnsatisfiedLinkError e) {
      if (isElsewhere(e)) {
        return false;
      }
      throw e;
    } finally {
      System.clearProperty(key);
    }
  }

  private static boolean isElsewhere(UnsatisfiedLinkError e) {
    return String.valueOf(e.getMessage()).contains("already loaded in another");
  }
}
