package dev.stowage.loader;

import dev.stowage.loader.platform.Targets;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * The eight steps of {@link NativeLibrary}, in full and once: to load a binding, and dry, without
 * loading or writing anything, for the loader doctor. Findings go to a log; the reason to stop them
 * is an error that they return. So the loader doctor reports what loading throws.
 *
 * <p>Containers start cold every time, so a start that goes well loads few classes: errors, headers
 * and the table of targets are for those that fail. {@code ColdStartTest} lists the classes.
 */
final class LoadSteps {
  private final NativeLibrary library;
  private final String binding;
  private final LoadLog log;
  private final boolean dry;
  private final StringBuilder reasons = new StringBuilder();
  private String classifier;
  private PinnedBinding pinned;

  /** Why no root has done so far; null when none of them was good enough to try. */
  private LoadError worst;

  /** Whether the class path has been searched in vain. */
  private boolean noJar;

  /** An error that no other root can mend. */
  private LoadError fatal;

  /** Whether the files are a user's, not ours. */
  private boolean installed;

  /** The libraries in a JAR, when the dry steps come to one. */
  private byte[][] contents;

  private LoadSteps(NativeLibrary library, String binding, LoadLog log, boolean dry) {
    this.library = library;
    this.binding = binding;
    this.log = log;
    this.dry = dry;
  }

  /**
   * Loads a binding or throws; the first failure is kept and thrown again, in full, by later calls.
   */
  static void load(NativeLibrary library, String binding) {
    for (RememberedFailure failure : library.failures) {
      if (failure.binding.equals(binding)) {
        failure.error().raise();
      }
    }
    LoadLog log = new LoadLog();
    LoadError error = new LoadSteps(library, binding, log, false).run();
    if (error != null) {
      StowageLinkError thrown = log.error(error);
      library.failures.add(new RememberedFailure(binding, thrown));
      thrown.raise();
    }
  }

  /** The same for the loader doctor: the error that {@link #load} would throw, or null. */
  static LoadError foresee(NativeLibrary library, String binding, LoadLog log) {
    return new LoadSteps(library, binding, log, true).run();
  }

  /** Platform and cache, which the loader doctor can check without any library. */
  static LoadError foresee(LoadLog log) {
    LoadSteps steps = new LoadSteps(null, "", log, true);
    LoadError error = steps.detect();
    if (error == null) {
      steps.target();
    }
    log.skipped(3, LoaderMessages.NO_LIBRARIES);
    for (int place = 0; place < PinnedBinding.CACHE_PLACES; place++) {
      File root = PinnedBinding.namedRoot(place);
      if (root != null && steps.isUsable(root, root)) {
        break;
      }
    }
    return error;
  }

  /** The pinned name of a core. */
  static String coreName(NativeLibrary library, String binding) {
    LoadLog log = new LoadLog();
    LoadSteps start = new LoadSteps(library, binding, log, false);
    LoadError error = start.identify();
    String core = error == null ? start.pinned.core() : null;
    if (core == null) {
      String none = LoaderMessages.noCore(binding);
      log.error(error != null ? error : LoaderMessages.badPins(none)).raise();
    }
    return core;
  }

  /** Throws STOW-01; never returns. */
  static NativeLibrary noPins(String className, Class<?> anchor, Throwable cause) {
    LoadLog log = new LoadLog();
    log.attempt(cause);
    log.error(LoaderMessages.noPins(className, anchor.getName())).raise();
    return null;
  }

  /** All steps; null when they went well. */
  private LoadError run() {
    LoadError error = identify();
    if (error != null) {
      return error;
    }
    if (PinnedBinding.overridden(pinned.library)) {
      return fromInstalled(InstalledFiles.of(pinned.library));
    }
    log.step(1, LoaderMessages.NO_OVERRIDE, pinned.library);
    identified();
    for (int place = 0; place < PinnedBinding.CACHE_PLACES; place++) {
      File root = PinnedBinding.namedRoot(place);
      if (root != null && mayHelp(root) && fromCache(root, root)) {
        return fatal;
      }
    }
    if (!noJar && fromPrivateDirectory()) {
      return fatal;
    }
    return worst != null ? worst : LoaderMessages.noCache(pinned.library, reasons.toString());
  }

  /** Without a JAR only a root that has the files. */
  private boolean mayHelp(File root) {
    return !noJar || pinned.isComplete(pinned.entry(root));
  }

  /**
   * Steps 2 and 3; the override's property is named after the library, so they come before step 1's
   * outcome.
   */
  private LoadError identify() {
    LoadError error = detect();
    if (error != null) {
      return error;
    }
    String text = library.pins(classifier);
    if (text == null) {
      target();
      return LoaderMessages.notBuilt(classifier, library.classifiers(), PlatformDiagnosis.hint());
    }
    pinned = PinnedBinding.parse(text, binding);
    if (pinned != null) {
      return null;
    }
    target();
    LoadError unsupported = UnsupportedBinding.of(text, binding, Targets.byClassifier(classifier));
    if (unsupported != null) {
      return unsupported;
    }
    boolean known = text.startsWith(PinnedBinding.FORMAT);
    String line = text.substring(0, Math.max(0, text.indexOf('\n')));
    return LoaderMessages.badPins(
        known
            ? LoaderMessages.noBinding(binding)
            : LoaderMessages.pinsFormat(line, PinnedBinding.FORMAT.trim()));
  }

  private LoadError detect() {
    classifier = PinnedBinding.classifier();
    if (classifier == null) {
      classifier = PlatformDiagnosis.classifier();
    }
    return classifier == null ? PlatformDiagnosis.unknown(log) : null;
  }

  /** The lines of steps 2 and 3. */
  private void identified() {
    target();
    String content = pinned.content;
    log.step(
        3,
        LoaderMessages.PINS,
        pinned.library,
        pinned.version,
        binding,
        content.substring(0, Math.min(12, content.length())));
  }

  private void target() {
    if (dry) {
      PlatformDiagnosis.report(classifier, log);
      return;
    }
    // On Linux only a 32-bit JVM is unusual, and no target has one.
    String hint = classifier.startsWith("linux-") ? null : PlatformDiagnosis.hint();
    log.step(2, LoaderMessages.TARGET, classifier, hint == null ? "" : " (" + hint + ")");
  }

  private LoadError fromInstalled(InstalledFiles override) {
    installed = true;
    File directory = override.directory;
    PinnedBinding found = null;
    if (directory.isDirectory()) {
      log.step(1, LoaderMessages.OVERRIDE_USED, directory, override.source);
      identified();
      found = override.find(pinned, Targets.byClassifier(classifier));
    }
    if (found == null) {
      return override.missing(pinned, Targets.byClassifier(classifier));
    }
    for (String name : override.unpinned(pinned, found)) {
      log.warn(5, null, LoaderMessages.UNPINNED, name);
    }
    listFiles(directory, found);
    LoadError error = dry ? null : inspect(directory, found);
    return error != null ? error : start(directory, found, false);
  }

  /** Every file with its size, for the loader doctor. */
  private void listFiles(File directory, PinnedBinding files) {
    for (int i = 0; dry && i < files.names.length; i++) {
      long size = contents != null ? contents[i].length : file(directory, files, i).length();
      log.step(5, LoaderMessages.FILE, files.roles[i], files.names[i], size);
    }
  }

  /**
   * The last root: a directory with a name that nobody can take first. It is of no use to a later
   * start, so it goes as soon as it is loaded.
   */
  private boolean fromPrivateDirectory() {
    File temporary = new File(System.getProperty("java.io.tmpdir", ""));
    File place = new File(temporary, "stowage-private"); // A name that the real one never has.
    if (dry) {
      return fromCache(place, temporary);
    }
    File root;
    try {
      root = Files.createTempDirectory("stowage-").toFile();
    } catch (IOException | RuntimeException e) {
      log.attempt(e);
      String reason = CacheRoot.foreseen(place, PinnedBinding.self());
      skip(temporary, reason != null ? reason : LoaderMessages.ioReason(e));
      return false;
    }
    try {
      return fromCache(root, temporary);
    } finally {
      StagingDirectory.deleteNowOrAtExit(root);
    }
  }

  /**
   * Steps 4 to 8 in one root; false when the next root may do better.
   *
   * @param named what the root is called in texts
   */
  private boolean fromCache(File root, File named) {
    if (!isUsable(root, named)) {
      return false;
    }
    File entry = pinned.entry(root);
    for (int round = 0; fill(named, entry); round++) {
      LoadError error = start(entry, pinned, true);
      if (error == null) {
        return true;
      }
      if (round == 0 && !dry && !pinned.isComplete(entry)) {
        continue; // Another JVM that repairs the entry had moved it aside in this moment.
      }
      if (!error.id.equals("STOW-07")) {
        fatal = error;
        return true;
      }
      noExec(named, Mounts.noExec(root));
      return false;
    }
    return fatal != null;
  }

  /** Step 4. */
  private boolean isUsable(File root, File named) {
    int self = PinnedBinding.self();
    String reason = dry ? CacheRoot.foreseen(root, self) : CacheRoot.refusal(root, true, self);
    String noExec = dry && reason == null ? Mounts.noExec(root) : null;
    if (reason == null && noExec == null) {
      log.step(
          4,
          root.equals(named) ? LoaderMessages.CACHE_IN_USE : LoaderMessages.CACHE_PRIVATE,
          named);
      return true;
    }
    if (noExec == null) {
      skip(named, reason);
    } else {
      noExec(named, noExec);
    }
    return false;
  }

  private void skip(File root, String reason) {
    log.warn(4, LoaderMessages.CACHE_FIX, LoaderMessages.CACHE_SKIPPED, root, reason);
    reasons.append(reasons.length() == 0 ? "" : "; ").append(root).append(": ").append(reason);
  }

  private void noExec(File root, String mount) {
    skip(root, LoaderMessages.noExecMount(root, mount));
    worst = LoaderMessages.noExec(reasons.toString());
  }

  /** Step 5; false when the next root may do better, or there is a fatal error. */
  private boolean fill(File named, File entry) {
    contents = null;
    if (Extraction.isGood(pinned, entry)) {
      log.step(5, LoaderMessages.HIT, entry);
      listFiles(entry, pinned);
      return true;
    }
    if (entry.exists()) {
      log.warn(5, null, LoaderMessages.DAMAGED, entry);
    }
    try {
      return extract(entry);
    } catch (Exception e) {
      if (e instanceof RuntimeException) {
        throw (RuntimeException) e;
      }
      log.attempt(e);
      skip(named, LoaderMessages.ioReason(e));
      worst = LoaderMessages.notWritable(reasons.toString());
      return false;
    }
  }

  /** Step 5 on a miss. */
  private boolean extract(File entry) throws IOException {
    NativesLocation likely = dry ? null : NativesLocation.likely(library.getClass(), pinned);
    if (likely != null && Extraction.publish(pinned, likely, entry) == null) {
      log.step(5, LoaderMessages.EXTRACTED, likely);
      return true;
    }
    List<NativesLocation> jars =
        NativesLocation.locate(library.getClass(), pinned, library.layouts);
    if (jars.isEmpty()) {
      noJar = true;
      log.warn(5, null, LoaderMessages.NO_JAR, NativesLocation.directory(pinned));
      worst = NativesLocation.missing(pinned, library.layouts);
      return false;
    }
    String last = null;
    for (NativesLocation jar : jars) {
      byte[][] read = new byte[pinned.names.length][];
      String reason =
          dry ? Extraction.examine(pinned, jar, read) : Extraction.publish(pinned, jar, entry);
      if (reason == null) {
        log.step(5, dry ? LoaderMessages.IN_JAR : LoaderMessages.EXTRACTED, jar);
        contents = dry ? read : null;
        listFiles(entry, pinned);
        return true;
      }
      last = jar + ": " + reason;
      log.warn(5, null, LoaderMessages.FAILED_JAR, last);
    }
    fatal = LoaderMessages.mismatch(pinned.library, pinned.version, classifier, last);
    return false;
  }

  /** Steps 6 to 8 from a directory; null when they went well. */
  private LoadError start(File directory, PinnedBinding files, boolean published) {
    if (files.otherGoCore() != null) {
      return LoaderMessages.secondGoCore(files.otherGoCore(), files.goCore());
    }
    if (dry) {
      return startDry(directory, files);
    }
    if (!installed) {
      log.step(6, LoaderMessages.HEADERS_PINNED);
    }
    try {
      library.loadFrom(files, directory, published);
      log.step(7, LoaderMessages.LOADED);
      log.step(8, LoaderMessages.AGREED);
      return null;
    } catch (LinkageError e) {
      if (!(e instanceof UnsatisfiedLinkError)) {
        throw e; // Of a class that the shim needs.
      }
      return failure(e, directory, files);
    } catch (Exception e) {
      return failure(e, directory, files);
    }
  }

  private LoadError startDry(File directory, PinnedBinding files) {
    LoadError error = NativeAccess.denied(library.getClass());
    error = error != null ? error : inspect(directory, files);
    if (error == null) {
      NativeAccess.report(library.getClass(), log);
      log.step(8, files.hasShim() ? LoaderMessages.SHIM_AGREES : LoaderMessages.NO_SHIM);
    }
    return error;
  }

  /** Step 6 after a failure: what it means. */
  private LoadError failure(Throwable thrown, File directory, PinnedBinding files) {
    log.attempt(thrown);
    log.step(7, LoaderMessages.LOAD_FAILED, thrown.getMessage());
    LoadError error = HeaderDiagnosis.denied(thrown, library.getClass());
    if (error == null && HeaderDiagnosis.isNoExec(thrown)) {
      String mount = Mounts.noExec(directory);
      error = LoaderMessages.noExec(LoaderMessages.noExecMount(directory, mount));
    }
    error = error != null ? error : inspect(directory, files);
    if (error != null) {
      return error;
    }
    // The library that the text names, else the last one: what it needs was loaded before.
    String text = String.valueOf(thrown.getMessage());
    int about = files.names.length - 1;
    for (int i = 0; i < files.names.length; i++) {
      about = text.contains(files.names[i]) ? i : about;
    }
    File file = file(directory, files, about);
    return HeaderDiagnosis.failure(text, file, installed ? file : new File(file.getName()));
  }

  /**
   * Step 6, and step 8 as far as it needs no handshake. Pinned content was checked by the build, so
   * it is read again only when it does not load. An error names it without the directory, because
   * it is the same in the JAR and in every cache.
   */
  private LoadError inspect(File directory, PinnedBinding files) {
    return HeaderDiagnosis.inspect(
        files, directory, installed, contents, Targets.byClassifier(classifier), log);
  }

  private static File file(File directory, PinnedBinding files, int index) {
    return new File(directory, files.names[index]);
  }
}
