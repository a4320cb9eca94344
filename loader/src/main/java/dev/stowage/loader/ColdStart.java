package dev.stowage.loader;

import dev.stowage.loader.platform.Detector;
import dev.stowage.loader.platform.Facts;
import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.UnknownPlatformException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** The eight steps of {@link NativeLibrary}, with a record of each and every way out. */
final class ColdStart {
  private final NativeLibrary library;
  private final String binding;
  private final LoadLog log = new LoadLog();
  private final StringBuilder reasons = new StringBuilder();
  private Target target;
  private PinnedBinding pinned;
  private LoadError worst;

  private ColdStart(NativeLibrary library, String binding) {
    this.library = library;
    this.binding = binding;
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
    try {
      new ColdStart(library, binding).run();
    } catch (StowageLinkError e) {
      library.failures.add(new RememberedFailure(binding, e));
      throw e;
    }
  }

  /** The pinned name of a core. */
  static String coreName(NativeLibrary library, String binding) {
    ColdStart start = new ColdStart(library, binding);
    start.identify();
    String core = start.pinned.core();
    if (core == null) {
      throw LoaderMessages.badPins(LoaderMessages.noCore(binding)).error(start.log);
    }
    return core;
  }

  /** STOW-01, under the name of a type that every JVM has loaded. */
  static LinkageError noPins(String className, Class<?> anchor, Throwable cause) {
    return LoaderMessages.noPins(className, anchor.getName(), cause);
  }

  private void run() {
    identify();
    InstalledFiles installed = InstalledFiles.of(pinned.library);
    if (installed != null) {
      log.step(1, LoaderMessages.overrideUsed(installed.source, installed.directory));
      fromInstalled(installed);
      return;
    }
    log.step(1, LoaderMessages.noOverride(pinned.library));
    log.step(2, LoaderMessages.target(target.classifier(), Detector.hint(Facts.gather())));
    log.step(3, LoaderMessages.pins(pinned));
    for (File root : CacheRoot.all()) {
      if (fromCache(root)) {
        return;
      }
    }
    if (fromPrivateDirectory()) {
      return;
    }
    throw (worst != null ? worst : LoaderMessages.noCache(pinned, reasons.toString())).error(log);
  }

  /**
   * Steps 2 and 3; the override's property is named after the library, so they come before step 1's
   * outcome.
   */
  private void identify() {
    Facts facts = Facts.gather();
    try {
      target = Detector.detect(facts);
    } catch (UnknownPlatformException e) {
      log.attempt(e);
      throw LoaderMessages.unknownPlatform(e.getMessage(), e.known()).error(log);
    }
    String text = library.pins(target.classifier());
    if (text == null) {
      throw LoaderMessages.notBuilt(
              target.classifier(), library.classifiers(), Detector.hint(facts))
          .error(log);
    }
    pinned = PinnedBinding.parse(text, binding);
    if (pinned == null) {
      LoadError unsupported = UnsupportedBinding.of(text, binding, target);
      if (unsupported != null) {
        throw unsupported.error(log);
      }
      boolean known = text.startsWith(PinnedBinding.FORMAT);
      String line = text.substring(0, Math.max(0, text.indexOf('\n')));
      throw LoaderMessages.badPins(
              known ? LoaderMessages.noBinding(binding) : LoaderMessages.pinsFormat(line))
          .error(log);
    }
  }

  private void fromInstalled(InstalledFiles installed) {
    log.step(2, LoaderMessages.target(target.classifier(), null));
    log.step(3, LoaderMessages.pins(pinned));
    PinnedBinding found = installed.find(pinned, target);
    if (found == null) {
      throw installed.missing(pinned, target).error(log);
    }
    for (String name : installed.unpinned(pinned, found)) {
      log.step(5, LoaderMessages.unpinned(name));
    }
    LoadError error = header(installed.directory, found);
    if (error == null) {
      error = HeaderDiagnosis.contract(installed.directory, found);
    }
    if (error == null) {
      error = start(installed.directory, found, false);
    }
    if (error != null) {
      throw error.error(log);
    }
  }

  /**
   * The last root: a directory with a name that nobody can take first. It is of no use to a later
   * start, so it goes as soon as it is loaded.
   */
  private boolean fromPrivateDirectory() {
    File root;
    try {
      root = Files.createTempDirectory("stowage-").toFile();
    } catch (IOException | RuntimeException e) {
      log.attempt(e);
      skip(new File(System.getProperty("java.io.tmpdir", "")), LoaderMessages.ioReason(e));
      return false;
    }
    try {
      return fromCache(root);
    } finally {
      StagingDirectory.deleteNowOrAtExit(root);
    }
  }

  /** Steps 4 to 8 in one root; false when the next root may do better. */
  private boolean fromCache(File root) {
    String reason = CacheRoot.refusal(root, true);
    if (reason != null) {
      skip(root, reason);
      return false;
    }
    log.step(4, LoaderMessages.cacheUsed(root));
    File entry = pinned.entry(root);
    if (!fill(root, entry)) {
      return false;
    }
    LoadError error = checkAndStart(entry);
    if (error != null && !pinned.isComplete(entry)) {
      // Another JVM that repairs the entry had moved it aside in this moment.
      if (!fill(root, entry)) {
        return false;
      }
      error = checkAndStart(entry);
    }
    if (error == null) {
      return true;
    }
    if (!error.id.equals("STOW-07")) {
      throw error.error(log);
    }
    skip(root, error.found);
    worst = LoaderMessages.noExec(reasons.toString());
    return false;
  }

  /** Step 5; false when the next root may do better. */
  private boolean fill(File root, File entry) {
    if (Extraction.isGood(pinned, entry)) {
      log.step(5, LoaderMessages.hit(entry));
      return true;
    }
    return extract(root, entry);
  }

  /** Steps 6 to 8 in the cache. */
  private LoadError checkAndStart(File entry) {
    LoadError error = header(entry, pinned);
    return error != null ? error : start(entry, pinned, true);
  }

  /** Step 5 on a miss. */
  private boolean extract(File root, File entry) {
    if (entry.exists()) {
      log.step(5, LoaderMessages.damaged(entry));
    }
    try {
      List<NativesLocation> jars = NativesLocation.locate(library, pinned);
      if (jars.isEmpty()) {
        log.step(5, LoaderMessages.noJar(NativesLocation.directory(pinned)));
        worst = LoaderMessages.noClassifierJar(pinned, library.layouts);
        return false;
      }
      Extraction.Mismatch last = null;
      for (NativesLocation jar : jars) {
        try {
          Extraction.publish(pinned, jar, entry);
          log.step(5, LoaderMessages.extracted(jar));
          return true;
        } catch (Extraction.Mismatch e) {
          log.attempt(e);
          log.step(5, LoaderMessages.failedJar(jar, e));
          last = e;
        }
      }
      throw LoaderMessages.mismatch(pinned, last.getMessage()).error(log);
    } catch (IOException e) {
      log.attempt(e);
      skip(root, LoaderMessages.ioReason(e));
      worst = LoaderMessages.notWritable(reasons.toString());
      return false;
    }
  }

  private void skip(File root, String reason) {
    log.step(4, LoaderMessages.cacheSkipped(root, reason));
    reasons.append(reasons.length() == 0 ? "" : "; ").append(root).append(": ").append(reason);
  }

  /** Step 6. */
  private LoadError header(File directory, PinnedBinding files) {
    for (String name : files.names) {
      LoadError error = HeaderDiagnosis.header(new File(directory, name), target);
      if (error != null) {
        return error;
      }
    }
    log.step(6, LoaderMessages.headers());
    return null;
  }

  /** Steps 7 and 8; null when they went well. */
  private LoadError start(File directory, PinnedBinding files, boolean published) {
    try {
      if (!files.load(library, directory, published)) {
        return LoaderMessages.secondGoCore(files.otherGoCore(), files.goCore());
      }
      log.step(7, LoaderMessages.loaded());
      log.step(8, LoaderMessages.agreed());
      return null;
    } catch (UnsatisfiedLinkError | IOException | RuntimeException e) {
      log.attempt(e);
      log.step(7, LoaderMessages.loadFailed(e));
      return HeaderDiagnosis.failure(e, directory, files, library);
    }
  }
}
