package dev.stowage.loader;

import dev.stowage.loader.platform.Detector;
import dev.stowage.loader.platform.Facts;
import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.UnknownPlatformException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * The eight steps of {@link NativeLibrary} for one binding, in three ways that share every check:
 *
 * <ul>
 *   <li>without a record, to load as fast as possible: nothing is explained, so that no class is
 *       loaded that only explains, and whatever is unexpected ends it;
 *   <li>with a record, to load and to explain; a fast run that failed is followed by this one;
 *   <li>dry, for the loader doctor: with a record, and nothing is loaded or written.
 * </ul>
 */
final class LoadSteps {
  private final NativeLibrary library;
  private final String binding;
  private final Facts facts;
  private final StepRecord record;
  private final boolean dry;
  private final StringBuilder reasons = new StringBuilder();
  private Target target;
  private PinnedBinding pinned;
  private LoadError worst;

  private LoadSteps(
      NativeLibrary library, String binding, Facts facts, StepRecord record, boolean dry) {
    this.library = library;
    this.binding = binding;
    this.facts = facts;
    this.record = record;
    this.dry = dry;
  }

  /**
   * Loads a binding or throws; the first failure is kept and thrown again, in full, by later calls.
   */
  static void load(NativeLibrary library, String binding) {
    for (RememberedFailure failure : library.failures) {
      if (failure.binding.equals(binding)) {
        throw failure.error();
      }
    }
    boolean debug = Boolean.getBoolean("stowage.debug");
    if (!debug && new LoadSteps(library, binding, null, null, false).loadsSilently()) {
      return;
    }
    StepRecord record = new StepRecord(debug);
    if (!new LoadSteps(library, binding, Facts.gather(), record, false).run()) {
      StowageLinkError error = record.error();
      library.failures.add(new RememberedFailure(binding, error));
      throw error;
    }
  }

  /**
   * Goes the steps for the loader doctor; the findings are in the record.
   *
   * @return the binding in this platform's pins, else in any target's; null without targets
   */
  static PinnedBinding dry(NativeLibrary library, String binding, Facts facts, StepRecord record) {
    LoadSteps steps = new LoadSteps(library, binding, facts, record, true);
    steps.run();
    PinnedBinding named = steps.pinned;
    for (String classifier : library.classifiers().split(" ", -1)) {
      String text = named == null ? library.pins(classifier) : null;
      named = text == null ? named : PinnedBinding.parse(text, binding);
    }
    return named;
  }

  /** STOW-01, under the name of a type that every JVM has loaded. */
  static LinkageError noPins(String className, Class<?> anchor, Throwable cause) {
    StepRecord record = new StepRecord(false);
    record.attempt(cause);
    record.bad(3, LoaderMessages.noPins(className, anchor.getName()));
    return record.error();
  }

  /** The pinned name of a core. */
  static String coreName(NativeLibrary library, String binding) {
    StepRecord record = new StepRecord(false);
    LoadSteps steps = new LoadSteps(library, binding, Facts.gather(), record, false);
    if (!steps.identify()) {
      throw record.error();
    }
    String core = steps.pinned.core();
    if (core == null) {
      record.bad(3, LoaderMessages.badPins(LoaderMessages.noCore(binding)));
      throw record.error();
    }
    return core;
  }

  private boolean loadsSilently() {
    try {
      return run();
    } catch (LinkageError | Exception e) {
      return false; // The run with a record meets it again, and explains.
    }
  }

  private boolean run() {
    if (!identify()) {
      return false;
    }
    if (PinnedBinding.overridden(pinned.library)) {
      return record != null && fromInstalled(InstalledFiles.of(pinned.library));
    }
    if (record != null) {
      record.ok(1, LoaderMessages.noOverride(pinned.library));
      identified();
    }
    return fromRoots();
  }

  /** Steps 2 and 3; the override's property is named after the library, so they come first. */
  private boolean identify() {
    String classifier = record == null ? PinnedBinding.hostClassifier() : detect();
    String text = classifier == null ? null : library.pins(classifier);
    pinned = text == null ? null : PinnedBinding.parse(text, binding);
    return pinned != null || record != null && target != null && unreadable(text);
  }

  private String detect() {
    try {
      target = Detector.detect(facts);
      return target.classifier();
    } catch (UnknownPlatformException e) {
      record.attempt(e);
      record.bad(2, LoaderMessages.unknownPlatform(e.getMessage(), e.known()));
      return null;
    }
  }

  private boolean unreadable(String text) {
    record.add(DoctorFinding.platform(facts, target));
    if (text == null) {
      String hint = Detector.hint(facts);
      return record.bad(
          3, LoaderMessages.notBuilt(target.classifier(), library.classifiers(), hint));
    }
    LoadError unsupported = UnsupportedBinding.of(text, binding, target);
    if (unsupported != null) {
      return record.unsupported(3, unsupported);
    }
    String line = text.substring(0, Math.max(0, text.indexOf('\n')));
    boolean known = text.startsWith(PinnedBinding.FORMAT);
    return record.bad(
        3,
        LoaderMessages.badPins(
            known
                ? LoaderMessages.noBinding(binding)
                : LoaderMessages.pinsFormat(line, PinnedBinding.FORMAT.trim())));
  }

  private void identified() {
    record.add(DoctorFinding.platform(facts, target));
    record.ok(3, LoaderMessages.pins(pinned.library, pinned.version, binding, pinned.content));
  }

  private boolean fromInstalled(InstalledFiles installed) {
    boolean there = installed.directory.isDirectory();
    if (there) {
      record.ok(1, LoaderMessages.overrideUsed(installed.source, installed.directory));
    } else {
      record.bad(1, installed.missing(pinned, target));
    }
    identified();
    PinnedBinding found = there ? installed.find(pinned, target) : null;
    if (found == null) {
      return there && record.bad(5, installed.missing(pinned, target));
    }
    for (String name : installed.unpinned(pinned, found)) {
      record.warn(5, LoaderMessages.unpinned(name), null);
    }
    if (dry) {
      return predict(installed.directory, found, null);
    }
    LoadError error = header(installed.directory, found, null);
    if (error == null) {
      error = HeaderDiagnosis.contract(installed.directory, found);
    }
    if (error == null) {
      error = start(installed.directory, found, false);
    }
    return error == null || record.bad(7, error);
  }

  /**
   * The roots that something names, best first. A relative one is among them, so that its refusal
   * is reported.
   */
  private static List<File> roots() {
    List<File> roots = new ArrayList<>();
    for (int place = 0; place < PinnedBinding.CACHE_PLACES; place++) {
      File root = PinnedBinding.cacheRoot(place);
      if (root == null
          && place < PinnedBinding.NAMED_PLACES
          && PinnedBinding.named(place) != null) {
        root = new File(PinnedBinding.named(place));
      }
      if (root != null) {
        roots.add(root);
      }
    }
    return roots;
  }

  /** Steps 4 to 8 in the first cache root that will do. */
  private boolean fromRoots() {
    for (File root : roots()) {
      String reason = dry ? CacheRoot.predictedRefusal(root) : CacheRoot.refusal(root, true);
      if (reason != null) {
        skip(root, reason);
        continue;
      }
      Boolean ended = inRoot(root);
      if (ended != null) {
        return ended;
      }
    }
    return dry ? predictPrivateDirectory() : fromPrivateDirectory();
  }

  /**
   * The last root: a directory with a name that nobody can take first. It is of no use to a later
   * start, so it goes as soon as it is loaded.
   */
  private boolean fromPrivateDirectory() {
    if (record == null) {
      return false; // So rare that it may be slow.
    }
    File root;
    try {
      root = Files.createTempDirectory("stowage-").toFile();
    } catch (IOException | RuntimeException e) {
      record.attempt(e);
      skip(temporary(), LoaderMessages.ioReason(e));
      return nowhere();
    }
    try {
      String reason = CacheRoot.refusal(root, true);
      if (reason != null) {
        skip(root, reason);
        return nowhere();
      }
      Boolean ended = inRoot(root);
      return ended == null ? nowhere() : ended;
    } finally {
      StagingDirectory.deleteNowOrAtExit(root);
    }
  }

  private boolean predictPrivateDirectory() {
    String reason = CacheRoot.predictedRefusalOf(temporary());
    if (reason != null) {
      skip(temporary(), reason);
      nowhere();
    } else {
      record.ok(4, LoaderMessages.privateDirectory(temporary()));
    }
    return extractOrPredict(temporary(), null) != null && reason == null;
  }

  private static File temporary() {
    return new File(System.getProperty("java.io.tmpdir", ""));
  }

  private boolean nowhere() {
    return record.bad(
        4, worst != null ? worst : LoaderMessages.noCache(pinned.library, reasons.toString()));
  }

  /** Steps 4 to 8 in one root; null when the next root may do better. */
  private Boolean inRoot(File root) {
    if (record != null) {
      record.ok(4, LoaderMessages.cacheInUse(root));
    }
    File entry = pinned.entry(root);
    Boolean filled = fill(root, entry);
    if (dry || filled == null || !filled) {
      return filled;
    }
    LoadError error = checkAndStart(entry);
    if (error != null && !pinned.isComplete(entry)) {
      // Another JVM that repairs the entry had moved it aside in this moment.
      filled = fill(root, entry);
      if (filled == null || !filled) {
        return filled;
      }
      error = checkAndStart(entry);
    }
    if (error == null) {
      return true;
    }
    if (!error.id.equals("STOW-07")) {
      return record.bad(7, error);
    }
    skip(root, error.found);
    worst = LoaderMessages.noExec(reasons.toString());
    return null;
  }

  /** Step 5. */
  private Boolean fill(File root, File entry) {
    if (Extraction.isGood(pinned, entry)) {
      if (record != null) {
        record.ok(5, LoaderMessages.hit(entry));
      }
      return dry ? predict(entry, pinned, null) : true;
    }
    if (record != null && entry.exists()) {
      record.warn(5, LoaderMessages.damaged(entry), null);
    }
    return extractOrPredict(root, entry);
  }

  /** Step 5 on a miss. */
  private Boolean extractOrPredict(File root, File entry) {
    try {
      return extract(entry);
    } catch (IOException e) {
      if (record == null) {
        return false;
      }
      record.attempt(e);
      skip(root, LoaderMessages.ioReason(e));
      worst = LoaderMessages.notWritable(reasons.toString());
      return null;
    }
  }

  private Boolean extract(File entry) throws IOException {
    if (record == null) {
      NativesLocation jar = NativesLocation.first(library, pinned);
      if (jar == null) {
        return false;
      }
      Extraction.publish(pinned, jar, entry);
      return true;
    }
    List<NativesLocation> jars = NativesLocation.locate(library, pinned);
    if (jars.isEmpty()) {
      record.warn(5, LoaderMessages.noJar(NativesLocation.directory(pinned)), null);
      return record.bad(5, NativesLocation.missing(pinned, library.layouts));
    }
    IOException last = null;
    for (NativesLocation jar : jars) {
      try {
        if (dry) {
          byte[][] content = Extraction.read(pinned, jar);
          record.ok(5, LoaderMessages.inJar(jar.toString()));
          return predict(entry, pinned, content);
        }
        Extraction.publish(pinned, jar, entry);
        record.ok(5, LoaderMessages.extracted(jar.toString()));
        return true;
      } catch (Extraction.Mismatch e) {
        record.attempt(e);
        record.warn(5, LoaderMessages.failedJar(jar.toString(), e), null);
        last = e;
      }
    }
    return record.bad(
        5,
        LoaderMessages.mismatch(
            pinned.library, pinned.version, pinned.classifier, last.getMessage()));
  }

  private void skip(File root, String reason) {
    if (record != null) {
      record.warn(4, LoaderMessages.cacheSkipped(root, reason), LoaderMessages.CACHE_FIX);
    }
    reasons.append(reasons.length() == 0 ? "" : "; ").append(root).append(": ").append(reason);
  }

  /** Steps 6 to 8 in the cache. Pinned content was verified at build: its header only explains. */
  private LoadError checkAndStart(File entry) {
    LoadError error = record == null ? null : header(entry, pinned, null);
    return error != null ? error : start(entry, pinned, true);
  }

  /**
   * Step 6; null when nothing speaks against the files.
   *
   * @param content what is in the files when they are still in a JAR, else null
   */
  private LoadError header(File directory, PinnedBinding files, byte[][] content) {
    for (int i = 0; i < files.names.length; i++) {
      LoadError error =
          content == null
              ? HeaderDiagnosis.header(new File(directory, files.names[i]), target)
              : HeaderDiagnosis.header(new File(files.names[i]), content[i], target);
      if (error != null) {
        return error;
      }
    }
    record.ok(6, LoaderMessages.headers());
    return null;
  }

  /** Steps 7 and 8; null when they went well. */
  private LoadError start(File directory, PinnedBinding files, boolean published) {
    try {
      if (!files.load(library, directory, published)) {
        return LoaderMessages.secondGoCore(files.otherGoCore(), files.goCore());
      }
      if (record != null) {
        record.ok(7, LoaderMessages.loaded());
        record.ok(8, LoaderMessages.agreed());
      }
      return null;
    } catch (UnsatisfiedLinkError | IOException | RuntimeException e) {
      if (record == null) {
        throw new IllegalStateException(e);
      }
      record.attempt(e);
      record.warn(7, LoaderMessages.loadFailed(e), null);
      return HeaderDiagnosis.failure(e, directory, files, library.getClass());
    }
  }

  /**
   * The rest of a dry run: the kind of each file, and steps 6 to 8 as far as loading is not needed.
   */
  private boolean predict(File directory, PinnedBinding files, byte[][] content) {
    for (int i = 0; i < files.names.length; i++) {
      long size =
          content == null ? new File(directory, files.names[i]).length() : content[i].length;
      record.ok(5, LoaderMessages.file(files.roles[i], files.names[i], size));
    }
    LoadError header = header(directory, files, content);
    boolean good = header == null || record.bad(6, header);
    record.add(NativeAccess.finding(library.getClass()));
    LoadError contract =
        content == null
            ? HeaderDiagnosis.contract(directory, files)
            : HeaderDiagnosis.contract(files, content);
    if (contract == null) {
      record.ok(8, LoaderMessages.shimAgrees(files.hasShim()));
    }
    return (contract == null || record.bad(8, contract)) && good;
  }

  /** Findings about the cache alone, for a doctor that was given no library. */
  static List<DoctorFinding> cache() {
    StepRecord record = new StepRecord(false);
    for (File root : roots()) {
      String reason = CacheRoot.predictedRefusal(root);
      if (reason == null) {
        record.ok(4, LoaderMessages.cacheInUse(root));
        return record.findings;
      }
      record.warn(4, LoaderMessages.cacheSkipped(root, reason), LoaderMessages.CACHE_FIX);
    }
    return record.findings;
  }
}
