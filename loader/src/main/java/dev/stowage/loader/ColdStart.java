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
  private final String unit;
  private final Trace trace = new Trace();
  private final StringBuilder reasons = new StringBuilder();
  private Target target;
  private PinnedUnit pinned;
  private Fault worst;

  private ColdStart(NativeLibrary library, String unit) {
    this.library = library;
    this.unit = unit;
  }

  /**
   * Loads a unit or throws; the first failure is kept and thrown again, in full, by later calls.
   */
  static void load(NativeLibrary library, String unit) {
    for (Failure failure : library.failures) {
      if (failure.unit.equals(unit)) {
        throw failure.error();
      }
    }
    try {
      new ColdStart(library, unit).run();
    } catch (StowageLinkError e) {
      library.failures.add(new Failure(unit, e));
      throw e;
    }
  }

  /** The pinned name of a core. */
  static String coreName(NativeLibrary library, String unit) {
    ColdStart start = new ColdStart(library, unit);
    start.identify();
    return start.pinned.names[PinnedUnit.CORE];
  }

  /** STOW-01, under the name of a type that every JVM has loaded. */
  static LinkageError noPins(String className, Class<?> anchor, Throwable cause) {
    return Messages.noPins(className, anchor.getName(), cause);
  }

  private void run() {
    identify();
    InstalledFiles installed = InstalledFiles.of(pinned.library);
    if (installed != null) {
      trace.step(1, Messages.overrideUsed(installed.source, installed.directory));
      fromInstalled(installed);
      return;
    }
    trace.step(1, Messages.noOverride(pinned.library));
    trace.step(2, Messages.target(target.classifier(), Detector.hint(Facts.gather())));
    trace.step(3, Messages.pins(pinned));
    for (File root : CacheRoot.all()) {
      if (fromCache(root)) {
        return;
      }
    }
    if (fromPrivateDirectory()) {
      return;
    }
    throw (worst != null ? worst : Messages.noCache(pinned, reasons.toString())).error(trace);
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
      trace.attempt(e);
      throw Messages.unknownPlatform(e.getMessage(), e.known()).error(trace);
    }
    String text = library.pins(target.classifier());
    if (text == null) {
      throw Messages.notBuilt(target.classifier(), library.classifiers(), Detector.hint(facts))
          .error(trace);
    }
    pinned = PinnedUnit.parse(text, unit);
    if (pinned == null) {
      Fault absent = AbsentUnit.of(text, unit, target);
      if (absent != null) {
        throw absent.error(trace);
      }
      boolean known = text.startsWith(PinnedUnit.FORMAT);
      String line = text.substring(0, Math.max(0, text.indexOf('\n')));
      throw Messages.badPins(known ? Messages.noUnit(unit) : Messages.pinsFormat(line))
          .error(trace);
    }
  }

  private void fromInstalled(InstalledFiles installed) {
    trace.step(2, Messages.target(target.classifier(), null));
    trace.step(3, Messages.pins(pinned));
    PinnedUnit found = installed.find(pinned, target);
    if (found == null) {
      throw installed.missing(pinned, target).error(trace);
    }
    for (String name : installed.unpinned(pinned, found)) {
      trace.step(5, Messages.unpinned(name));
    }
    Fault fault = header(installed.directory, found);
    if (fault == null) {
      fault = Explain.contract(installed.directory, found);
    }
    if (fault == null) {
      fault = start(installed.directory, found, false);
    }
    if (fault != null) {
      throw fault.error(trace);
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
      trace.attempt(e);
      skip(new File(System.getProperty("java.io.tmpdir", "")), Messages.ioReason(e));
      return false;
    }
    try {
      return fromCache(root);
    } finally {
      Temporary.deleteNowOrAtExit(root);
    }
  }

  /** Steps 4 to 8 in one root; false when the next root may do better. */
  private boolean fromCache(File root) {
    String reason = CacheRoot.refusal(root, true);
    if (reason != null) {
      skip(root, reason);
      return false;
    }
    trace.step(4, Messages.cacheUsed(root));
    File entry = pinned.entry(root);
    if (!fill(root, entry)) {
      return false;
    }
    Fault fault = checkAndStart(entry);
    if (fault != null && !pinned.isComplete(entry)) {
      // Another JVM that repairs the entry had moved it aside in this moment.
      if (!fill(root, entry)) {
        return false;
      }
      fault = checkAndStart(entry);
    }
    if (fault == null) {
      return true;
    }
    if (!fault.id.equals("STOW-07")) {
      throw fault.error(trace);
    }
    skip(root, fault.found);
    worst = Messages.noExec(reasons.toString());
    return false;
  }

  /** Step 5; false when the next root may do better. */
  private boolean fill(File root, File entry) {
    if (Extraction.isGood(pinned, entry)) {
      trace.step(5, Messages.hit(entry));
      return true;
    }
    return extract(root, entry);
  }

  /** Steps 6 to 8 in the cache. */
  private Fault checkAndStart(File entry) {
    Fault fault = header(entry, pinned);
    return fault != null ? fault : start(entry, pinned, true);
  }

  /** Step 5 on a miss. */
  private boolean extract(File root, File entry) {
    if (entry.exists()) {
      trace.step(5, Messages.damaged(entry));
    }
    try {
      List<Jar> jars = Jar.locate(library, pinned);
      if (jars.isEmpty()) {
        trace.step(5, Messages.noJar(Jar.directory(pinned)));
        worst = Messages.noClassifierJar(pinned, library.layouts);
        return false;
      }
      Extraction.Mismatch last = null;
      for (Jar jar : jars) {
        try {
          Extraction.publish(pinned, jar, entry);
          trace.step(5, Messages.extracted(jar));
          return true;
        } catch (Extraction.Mismatch e) {
          trace.attempt(e);
          trace.step(5, Messages.failedJar(jar, e));
          last = e;
        }
      }
      throw Messages.mismatch(pinned, last.getMessage()).error(trace);
    } catch (IOException e) {
      trace.attempt(e);
      skip(root, Messages.ioReason(e));
      worst = Messages.notWritable(reasons.toString());
      return false;
    }
  }

  private void skip(File root, String reason) {
    trace.step(4, Messages.cacheSkipped(root, reason));
    reasons.append(reasons.length() == 0 ? "" : "; ").append(root).append(": ").append(reason);
  }

  /** Step 6. */
  private Fault header(File directory, PinnedUnit files) {
    for (String name : files.names) {
      Fault fault = Explain.header(new File(directory, name), target);
      if (fault != null) {
        return fault;
      }
    }
    trace.step(6, Messages.headers());
    return null;
  }

  /** Steps 7 and 8; null when they went well. */
  private Fault start(File directory, PinnedUnit files, boolean published) {
    try {
      if (!files.load(library, directory, published)) {
        return Messages.secondGoCore(files.otherGoCore(), files.goCore());
      }
      trace.step(7, Messages.loaded());
      trace.step(8, Messages.agreed());
      return null;
    } catch (UnsatisfiedLinkError | IOException | RuntimeException e) {
      trace.attempt(e);
      trace.step(7, Messages.loadFailed(e));
      return Explain.failure(e, directory, files, library);
    }
  }
}
