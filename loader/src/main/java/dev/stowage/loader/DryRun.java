package dev.stowage.loader;

import dev.stowage.loader.header.ContractMark;
import dev.stowage.loader.platform.Detector;
import dev.stowage.loader.platform.Facts;
import dev.stowage.loader.platform.Libc;
import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.UnknownPlatformException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes the eight steps for one binding as far as that is possible without loading or writing
 * anything.
 */
final class DryRun {
  final List<DoctorFinding> findings = new ArrayList<>();
  final String binding;
  private final NativeLibrary library;
  private final Facts facts;
  private Target target;
  private PinnedBinding pinned;

  DryRun(NativeLibrary library, String binding, Facts facts) {
    this.library = library;
    this.binding = binding;
    this.facts = facts;
  }

  /**
   * The binding in this platform's pins, else in any target's: enough to name it; null without
   * targets.
   */
  PinnedBinding named() {
    PinnedBinding named = pinned;
    for (String classifier : library.classifiers().split(" ", -1)) {
      String text = named == null ? library.pins(classifier) : null;
      named = text == null ? named : PinnedBinding.parse(text, binding);
    }
    return named;
  }

  DryRun run() {
    if (!identify()) {
      return this;
    }
    InstalledFiles installed = InstalledFiles.of(pinned.library);
    if (installed != null && !installed.directory.isDirectory()) {
      findings.add(0, DoctorFinding.bad(1, installed.missing(pinned, target)));
      return this;
    }
    findings.add(
        0,
        DoctorFinding.ok(
            1,
            installed == null
                ? LoaderMessages.noOverride(pinned.library)
                : LoaderMessages.overrideUsed(installed.source, installed.directory)));
    if (installed != null) {
      installed(installed);
      return this;
    }
    File hit = cache();
    if (hit != null) {
      findings.add(DoctorFinding.ok(5, LoaderMessages.hit(hit)));
      files(pinned);
      headers(hit, pinned);
      contract(HeaderDiagnosis.contract(hit, pinned));
    } else {
      jars();
    }
    return this;
  }

  /** Steps 2 and 3. */
  private boolean identify() {
    try {
      target = Detector.detect(facts);
    } catch (UnknownPlatformException e) {
      return bad(2, LoaderMessages.unknownPlatform(e.getMessage(), e.known()));
    }
    findings.add(platform(facts, target));
    String text = library.pins(target.classifier());
    if (text == null) {
      return bad(
          3,
          LoaderMessages.notBuilt(
              target.classifier(), library.classifiers(), Detector.hint(facts)));
    }
    pinned = PinnedBinding.parse(text, binding);
    if (pinned == null) {
      LoadError unsupported = UnsupportedBinding.of(text, binding, target);
      if (unsupported != null) {
        findings.add(DoctorFinding.unsupported(3, unsupported));
        return false;
      }
      return bad(3, LoaderMessages.badPins(LoaderMessages.noBinding(binding)));
    }
    findings.add(DoctorFinding.ok(3, LoaderMessages.pins(pinned)));
    return true;
  }

  /** Step 2 in words. */
  static DoctorFinding platform(Facts facts, Target target) {
    String hint = Detector.hint(facts);
    String libc = target.libc() == Libc.GLIBC ? "glibc " + Glibc.version() : null;
    return hint == null
        ? DoctorFinding.ok(2, LoaderMessages.target(target.classifier(), libc))
        : DoctorFinding.warn(2, LoaderMessages.target(target.classifier(), libc), hint);
  }

  private boolean bad(int step, LoadError error) {
    findings.add(DoctorFinding.bad(step, error));
    return false;
  }

  private void installed(InstalledFiles installed) {
    PinnedBinding found = installed.find(pinned, target);
    if (found == null) {
      bad(5, installed.missing(pinned, target));
      return;
    }
    for (String name : installed.unpinned(pinned, found)) {
      findings.add(DoctorFinding.warn(5, LoaderMessages.unpinned(name), null));
    }
    for (int i = 0; i < found.names.length; i++) {
      long size = new File(installed.directory, found.names[i]).length();
      findings.add(DoctorFinding.ok(5, LoaderMessages.file(found.roles[i], found.names[i], size)));
    }
    headers(installed.directory, found);
    contract(HeaderDiagnosis.contract(installed.directory, found));
  }

  /** Step 8 without a handshake: the mark in the shim. */
  private void contract(LoadError error) {
    findings.add(
        error == null
            ? DoctorFinding.ok(8, LoaderMessages.shimAgrees(pinned.hasShim()))
            : DoctorFinding.bad(8, error));
  }

  /** Steps 4 and 5; returns the intact entry of the root in use, or null. */
  private File cache() {
    StringBuilder reasons = new StringBuilder();
    File root = usableRoot(findings, reasons);
    if (root == null) {
      bad(4, LoaderMessages.noCache(pinned, reasons.toString()));
      return null;
    }
    File entry = pinned.entry(root);
    if (Extraction.isGood(pinned, entry)) {
      return entry;
    }
    if (entry.exists()) {
      findings.add(DoctorFinding.warn(5, LoaderMessages.damaged(entry), null));
    }
    return null;
  }

  /** Step 4: the first root that can be used, or null; those before it are findings. */
  static File usableRoot(List<DoctorFinding> findings, StringBuilder reasons) {
    for (File root : CacheRoot.all()) {
      String reason = reason(root);
      if (reason == null) {
        findings.add(DoctorFinding.ok(4, LoaderMessages.cacheInUse(root)));
        return root;
      }
      findings.add(
          DoctorFinding.warn(
              4, LoaderMessages.cacheSkipped(root, reason), LoaderMessages.CACHE_FIX));
      reasons.append(reasons.length() == 0 ? "" : "; ").append(reason);
    }
    return null;
  }

  /**
   * Why a root cannot be used; one that is only missing counts by the place where it would be made.
   */
  static String reason(File root) {
    String refusal =
        new File(root, "stowage").exists()
            ? CacheRoot.refusal(root, false)
            : CacheRoot.creationRefusal(root);
    if (refusal != null) {
      return refusal;
    }
    String kernel = Mounts.kernelOwn(root);
    String mount = Mounts.noExec(root);
    if (kernel != null) {
      return LoaderMessages.notForFiles(root, kernel);
    }
    return mount == null ? null : LoaderMessages.noExecMount(root, mount);
  }

  /** Steps 5, 6 and 8 on a miss: the classifier JAR. */
  private void jars() {
    try {
      List<NativesLocation> jars = NativesLocation.locate(library, pinned);
      if (jars.isEmpty()) {
        bad(5, LoaderMessages.noClassifierJar(pinned, library.layouts));
      }
      for (NativesLocation jar : jars) {
        jar(jar);
      }
    } catch (IOException e) {
      bad(5, LoaderMessages.mismatch(pinned, LoaderMessages.ioReason(e)));
    }
  }

  /** The files of a binding whose content was compared with the pins. */
  private void files(PinnedBinding checked) {
    for (int i = 0; i < checked.names.length; i++) {
      findings.add(
          DoctorFinding.ok(
              5, LoaderMessages.file(checked.roles[i], checked.names[i], checked.sizes[i])));
    }
  }

  private void jar(NativesLocation jar) throws IOException {
    LoadError contract = null;
    for (int i = 0; i < pinned.names.length; i++) {
      byte[] content = read(jar, i);
      if (!pinned.isAuthentic(i, new ByteArrayInputStream(content))) {
        bad(
            5,
            LoaderMessages.mismatch(
                pinned,
                LoaderMessages.failedJar(
                    jar,
                    new IOException(
                        LoaderMessages.differs(
                            pinned.names[i],
                            HeaderDiagnosis.header(new File(pinned.names[i]), content, target))))));
        return;
      }
      File name = new File(pinned.names[i]);
      LoadError error = HeaderDiagnosis.header(name, content, target);
      if (error != null) {
        bad(6, error);
        return;
      }
      if (contract == null && pinned.isShim(i)) {
        List<String> marks = ContractMark.find(new ByteArrayInputStream(content));
        contract = HeaderDiagnosis.contract(name, marks, pinned);
      }
    }
    findings.add(DoctorFinding.ok(5, LoaderMessages.inJar(jar)));
    files(pinned);
    findings.add(DoctorFinding.ok(6, LoaderMessages.headers()));
    findings.add(NativeAccess.finding(library.getClass()));
    contract(contract);
  }

  private byte[] read(NativesLocation jar, int index) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = jar.open(pinned, index)) {
      for (int read; (read = in.read(buffer)) > 0 && out.size() <= pinned.sizes[index]; ) {
        out.write(buffer, 0, read);
      }
    }
    return out.toByteArray();
  }

  /** Step 6. */
  private void headers(File directory, PinnedBinding files) {
    for (String name : files.names) {
      LoadError error = HeaderDiagnosis.header(new File(directory, name), target);
      if (error != null) {
        bad(6, error);
        return;
      }
    }
    findings.add(DoctorFinding.ok(6, LoaderMessages.headers()));
    findings.add(NativeAccess.finding(library.getClass()));
  }
}
