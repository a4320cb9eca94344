package dev.stowage.loader;

import dev.stowage.loader.platform.Detector;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * One binding as the pins describe it, and all questions about it that need no further class. A
 * warm start needs this class, {@link NativeLibrary} and {@link Detector}, and no other: each class
 * of a JAR costs 0.3 to 1 ms in a fresh JVM, and so does each of the JDK's that is not in its class
 * data archive. That is why these catch {@code LinkageError} and {@code Exception}: the verifier
 * loads what a catch clause names, and {@code UnsatisfiedLinkError} and {@code IOException} are not
 * in every archive. {@code WarmStartTest} lists all classes that may be loaded.
 */
final class PinnedBinding {
  /** The one pins format this loader reads. */
  static final String FORMAT = "stowage-pins 1\n";

  /** How many places {@link #cacheRoot} knows. */
  static final int CACHE_PLACES = 4;

  /** How many of these, the first ones, are named by the user. */
  private static final int NAMED_PLACES = 2;

  /** Which core the JVM's one Go runtime belongs to; shared with every other copy of the loader. */
  static final String GO_CORE = "stowage.go.core";

  /**
   * Beginning of the name of a system property that holds the path a core was loaded from; the end
   * is the core's file name. Shared with every other copy of the loader.
   */
  static final String CORE_PATH = "stowage.core.";

  /** System property: compare SHA-256 instead of CRC-32. */
  static final String STRICT = "stowage.strict";

  /** In a binding's line: it has no contract, because no library of it registers native methods. */
  static final String NO_CONTRACT = "-";

  final String library;
  final String version;
  final String classifier;
  final String binding;
  final String language;
  final String content;
  final String contract;

  /** The libraries in load order; the arrays go together. Executables are not among them. */
  final String[] roles;

  final String[] names;
  final long[] sizes;
  final String[] sha256;
  private final int[] crcs;

  /** The environment this process was started with, one text; null until it is needed. */
  private static String startEnvironment;

  private final String text;
  private int at;

  private PinnedBinding(String text, String binding) {
    this.text = text;
    this.binding = binding;
    line("\nlibrary ");
    library = word();
    version = word();
    line("\nclassifier ");
    classifier = word();
    line(start(binding));
    language = word();
    content = word();
    contract = word();
    nextLine();
    int block = at;
    int end = endOfBlock(block);
    int count = 0;
    for (; at < end; nextLine()) {
      count += isLibrary(word()) ? 1 : 0;
    }
    if (count == 0) {
      throw new IllegalArgumentException();
    }
    roles = new String[count];
    names = new String[count];
    sizes = new long[count];
    sha256 = new String[count];
    crcs = new int[count];
    at = block;
    for (int i = 0; at < end; nextLine()) {
      String role = word();
      if (isLibrary(role)) {
        roles[i] = role;
        names[i] = word();
        sizes[i] = Long.parseLong(word());
        crcs[i] = (int) Long.parseLong(word(), 16);
        sha256[i++] = word();
      }
    }
  }

  private static String start(String binding) {
    return "\nbinding " + binding + " ";
  }

  /** A block ends where the next binding's begins, whether this platform supports it or not. */
  private int endOfBlock(int from) {
    int next = text.indexOf("\nbinding ", from - 1);
    int unsupported = text.indexOf("\nunsupported ", from - 1);
    int end = next < 0 || unsupported >= 0 && unsupported < next ? unsupported : next;
    return end < 0 ? text.length() : end + 1;
  }

  /** Whether the first word of a line is a role that is loaded; all other lines are skipped. */
  private static boolean isLibrary(String role) {
    return role.equals("core")
        || role.equals("shim")
        || role.equals("jni")
        || role.equals("dependency");
  }

  /**
   * Reads one binding from a pins text; null when the text is of another format, damaged, or has no
   * such binding.
   */
  static PinnedBinding parse(String text, String binding) {
    if (!text.startsWith(FORMAT) || !text.contains(start(binding))) {
      return null;
    }
    try {
      return new PinnedBinding(text, binding);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Goes behind the beginning of a line. */
  private void line(String beginning) {
    int found = text.indexOf(beginning);
    if (found < 0) {
      throw new IllegalArgumentException();
    }
    at = found + beginning.length();
  }

  private void nextLine() {
    at = endOfLine() + 1;
  }

  private int endOfLine() {
    int end = text.indexOf('\n', at);
    if (end < 0) {
      throw new IllegalArgumentException();
    }
    return end;
  }

  /** The next word of this line; words behind those that are read belong to later loaders. */
  private String word() {
    int line = endOfLine();
    int end = text.indexOf(' ', at);
    end = end < 0 || end > line ? line : end;
    if (end == at) {
      throw new IllegalArgumentException();
    }
    String word = text.substring(at, end);
    at = end < line ? end + 1 : line;
    return word;
  }

  /** Step 2 as far as it needs no class but these; null when there is more to find out. */
  static String classifier() {
    String os = System.getProperty("os.name");
    String libc = os.startsWith("Linux") ? Detector.libcNamedIn(Detector.exeHead()) : "";
    String bits = System.getProperty("sun.arch.data.model", "");
    return Detector.classifier(os, System.getProperty("os.arch"), bits, libc);
  }

  /** Step 1: whether something names an installed directory; {@link InstalledFiles} has it. */
  static boolean overridden(String library) {
    return property("stowage." + library + ".path") != null
        || property("stowage.library.path") != null
        || environment("STOWAGE_LIBRARY_PATH") != null;
  }

  /**
   * Step 4: the cache root at one place in the order of preference; null when nothing names it.
   * Those that the user did not name are the platform's own.
   */
  static File cacheRoot(int place) {
    if (place < NAMED_PLACES) {
      return absolute(named(place), "");
    }
    if (place == 2) {
      return platformCache(System.getProperty("os.name"), System.getProperty("user.home", ""));
    }
    String user = System.getProperty("user.name", "").trim().replace(File.separatorChar, '_');
    return absolute(System.getProperty("java.io.tmpdir"), "stowage-" + user);
  }

  /** The same; a relative one is among them, so that its refusal can be reported. */
  static File namedRoot(int place) {
    File root = cacheRoot(place);
    String named = root == null && place < NAMED_PLACES ? named(place) : null;
    return named == null ? root : new File(named);
  }

  /** The cache root that the user gives at one of the first places, as it was given; or null. */
  private static String named(int place) {
    return place == 0 ? property("stowage.cache") : environment("STOWAGE_CACHE");
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

  /**
   * A system property; null when it is not set or empty, which would mean the working directory.
   */
  static String property(String name) {
    return unlessEmpty(System.getProperty(name));
  }

  /** An environment variable; null when it is not set or empty. */
  static String environment(String name) {
    return mayBeInEnvironment(name) ? unlessEmpty(System.getenv(name)) : null;
  }

  private static String unlessEmpty(String value) {
    return value == null || value.isEmpty() ? null : value;
  }

  /**
   * False when a variable is surely not set: the first {@code System.getenv} costs 1 to 3 ms,
   * because none of its classes is in the class data archive. Linux shows the environment that the
   * process was started with; under the {@code java} launcher it is the one that {@code getenv}
   * knows, while a program that hosts the JVM may have changed it since. On Windows that path is an
   * ordinary one on the current drive; under wine it leads to the environment of another world.
   */
  private static boolean mayBeInEnvironment(String name) {
    if (File.separatorChar == '\\'
        || !"SUN_STANDARD".equals(System.getProperty("sun.java.launcher"))) {
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

  /** Where a cache root has, or would have, this binding. */
  File entry(File root) {
    return new File(new File(root, "stowage"), content);
  }

  /** True when a directory has files with all pinned names. */
  boolean isPresent(File directory) {
    for (String name : names) {
      if (!new File(directory, name).isFile()) {
        return false;
      }
    }
    return true;
  }

  /**
   * The same binding under the names of other files; what the pins say of content does not hold for
   * them.
   */
  PinnedBinding unpinned(String[] others) {
    PinnedBinding copy = new PinnedBinding(text, binding);
    System.arraycopy(others, 0, copy.names, 0, others.length);
    return copy;
  }

  /**
   * True when all files are there with the pinned sizes; content is {@link #isIntact}'s business.
   */
  boolean isComplete(File directory) {
    for (int i = 0; i < names.length; i++) {
      if (new File(directory, names[i]).length() != sizes[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a published entry belongs to us, on the cheap. chmod succeeds only for the owner of a
   * file, so each call below proves ownership and, on the way, keeps published files unwritable:
   * 0.07 ms each, where the same question through {@code java.nio.file} costs 2 ms (JDK 17) to 16
   * ms (JDK 25). The canonical path proves that nobody led us elsewhere by a link. A privileged
   * process can chmod any file, so its success proves nothing: outside root's home, {@link
   * CacheRoot} does the full check.
   */
  boolean isOurs(File root) throws IOException {
    if (File.separatorChar == '\\') {
      return true; // LOCALAPPDATA's access list is the check; File has no owner there.
    }
    File entry = entry(root);
    String real = entry.getCanonicalPath();
    if (!real.equals(root.getCanonicalPath() + "/stowage/" + content)) {
      return false;
    }
    if (mayChangeAnyFile() && !isInHomeOfRoot(real, Detector.head("/etc/passwd", 1 << 13))) {
      int self = self();
      return CacheRoot.refusal(root, false, self) == null
          && CacheRoot.foreign(entry, names, self) == null;
    }
    boolean ours =
        entry.getParentFile().setExecutable(true, true) && entry.setWritable(false, false);
    for (int i = 0; ours && i < names.length; i++) {
      ours = new File(entry, names[i]).setWritable(false, false);
    }
    return ours;
  }

  /**
   * Whether a path lies in the home of uid 0, where nobody else can write. Not {@code user.home},
   * which can be set to anything.
   *
   * @param users the system's list, passwd(5): name, password, uid, gid, comment, home, shell
   */
  static boolean isInHomeOfRoot(String path, String users) {
    for (String user : users.split("\n", -1)) {
      String[] fields = user.split(":", -1);
      if (fields.length == 7 && fields[2].equals("0")) {
        return fields[5].length() > 1 && path.startsWith(fields[5] + "/");
      }
    }
    return false;
  }

  /**
   * Whether chmod succeeds on files of other users: effective uid 0, or CAP_FOWNER (bit 3,
   * linux/capability.h). From the kernel (proc(5)), because properties can be set by anyone; what
   * it does not say counts as privileged.
   */
  private static boolean mayChangeAnyFile() {
    String status = Detector.head("/proc/self/status", 1 << 13);
    int capabilities = status.indexOf("\nCapEff:\t");
    int lastDigit = status.indexOf('\n', capabilities + 1) - 1;
    return capabilities < 0
        || lastDigit < 0
        || effectiveUid(status) <= 0
        || (Character.digit(status.charAt(lastDigit), 16) & 8) != 0;
  }

  /** Who this process is to the file system, or -1; Java has no geteuid. */
  static int self() {
    return effectiveUid(Detector.head("/proc/self/status", 1 << 13));
  }

  /** The second of four numbers (real, effective, saved, file system), or -1. */
  static int effectiveUid(String status) {
    int from = status.indexOf('\t', status.indexOf("\nUid:\t") + 6) + 1;
    int to = status.indexOf('\t', from);
    if (!status.contains("\nUid:\t") || from <= 0 || to < 0) {
      return -1;
    }
    return Integer.parseUnsignedInt(status.substring(from, to));
  }

  /** The Maven coordinates {@code <groupId>:<artifactId>} of the natives; null without a line. */
  String artifact() {
    String key = "\nartifact ";
    if (!text.contains(key)) {
      return null;
    }
    line(key);
    return word();
  }

  /**
   * True when the files in a directory have the pinned content: size and CRC-32, which is against
   * damage.
   */
  boolean isIntact(File directory) {
    for (int i = 0; i < names.length; i++) {
      if (!isIntact(i, new File(directory, names[i]))) {
        return false;
      }
    }
    return true;
  }

  boolean isIntact(int index, File file) {
    try (FileInputStream in = new FileInputStream(file)) {
      return isIntact(index, in);
    } catch (Exception e) {
      return false;
    }
  }

  /**
   * True when a stream has the pinned content of one library, by CRC-32 or, in strict mode, by
   * SHA-256; reads it to its end. In a fresh JVM SHA-256 takes some 65 ms per megabyte, and
   * containers start cold every time.
   */
  boolean isIntact(int index, InputStream in) throws IOException {
    if (isStrict()) {
      return isAuthentic(index, in);
    }
    byte[] buffer = new byte[1 << 16];
    CRC32 crc = new CRC32();
    long size = 0;
    for (int read; (read = in.read(buffer)) > 0; size += read) {
      crc.update(buffer, 0, read);
    }
    return isPinned(index, size, crc.getValue());
  }

  /** Whether content with this size and CRC-32 is the pinned one of a library. */
  boolean isPinned(int index, long size, long crc) {
    return size == sizes[index] && (int) crc == crcs[index];
  }

  static boolean isStrict() {
    return Boolean.getBoolean(STRICT);
  }

  /** True when a stream has the pinned size and SHA-256; reads it to its end. */
  boolean isAuthentic(int index, InputStream in) throws IOException {
    return StrictCheck.isAuthentic(in, sizes[index], sha256[index]);
  }

  /** The owner of this JVM's Go runtime if that is not our core, else null. */
  String otherGoCore() {
    String latched = isGo() ? System.getProperty(GO_CORE) : null;
    return latched == null || latched.equals(goCore()) ? null : latched;
  }

  String goCore() {
    return library + " " + version + " " + core();
  }

  boolean isGo() {
    return language.equals("go");
  }

  /** File name of the core, the first one if there are several; null without one. */
  String core() {
    for (int i = 0; i < names.length; i++) {
      if (roles[i].equals("core")) {
        return names[i];
      }
    }
    return null;
  }

  /** Whether a library registers native methods by the contract, and so holds its digest. */
  boolean isShim(int index) {
    return roles[index].equals("shim");
  }

  boolean hasShim() {
    boolean shim = false;
    for (int i = 0; i < names.length; i++) {
      shim |= isShim(i);
    }
    return shim;
  }

  /** Whether each API instance has its own image of a library; the others are one per process. */
  boolean isPerInstance(int index) {
    return isShim(index) || roles[index].equals("jni");
  }

  /** The names of those libraries. */
  List<String> perInstance() {
    List<String> own = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      if (isPerInstance(i)) {
        own.add(names[i]);
      }
    }
    return own;
  }
}
