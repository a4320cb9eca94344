package dev.stowage.loader;

import dev.stowage.loader.header.ContractMark;
import dev.stowage.loader.platform.Detector;
import dev.stowage.loader.platform.Facts;
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
 * Goes the eight steps for one unit as far as that is possible without loading or writing anything.
 */
final class Examination {
  final List<Finding> findings = new ArrayList<>();
  final String unit;
  private final NativeLibrary library;
  private final Facts facts;
  private Target target;
  private PinnedUnit pinned;

  Examination(NativeLibrary library, String unit, Facts facts) {
    this.library = library;
    this.unit = unit;
    this.facts = facts;
  }

  /** The unit in this platform's pins, else in any row's: enough to name it; null without rows. */
  PinnedUnit named() {
    PinnedUnit named = pinned;
    for (String classifier : library.classifiers().split(" ", -1)) {
      String text = named == null ? library.pins(classifier) : null;
      named = text == null ? named : PinnedUnit.parse(text, unit);
    }
    return named;
  }

  Examination run() {
    if (!identify()) {
      return this;
    }
    InstalledFiles installed = InstalledFiles.of(pinned.library);
    if (installed != null && !installed.directory.isDirectory()) {
      findings.add(0, Finding.bad(1, installed.missing(pinned, target)));
      return this;
    }
    findings.add(
        0,
        Finding.ok(
            1,
            installed == null
                ? Messages.noOverride(pinned.library)
                : Messages.overrideUsed(installed.source, installed.directory)));
    if (installed != null) {
      installed(installed);
      return this;
    }
    File hit = cache();
    if (hit != null) {
      findings.add(Finding.ok(5, Messages.hit(hit)));
      files(pinned);
      headers(hit, pinned);
      contract(Explain.contract(hit, pinned));
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
      return bad(2, Messages.unknownPlatform(e.getMessage(), e.known()));
    }
    findings.add(platform(facts, target));
    String text = library.pins(target.classifier());
    if (text == null) {
      return bad(
          3, Messages.notBuilt(target.classifier(), library.classifiers(), Detector.hint(facts)));
    }
    pinned = PinnedUnit.parse(text, unit);
    if (pinned == null) {
      Fault absent = AbsentUnit.of(text, unit, target);
      if (absent != null) {
        findings.add(Finding.absent(3, absent));
        return false;
      }
      return bad(3, Messages.badPins(Messages.noUnit(unit)));
    }
    findings.add(Finding.ok(3, Messages.pins(pinned)));
    return true;
  }

  /** Step 2 in words. */
  static Finding platform(Facts facts, Target target) {
    String hint = Detector.hint(facts);
    String libc = target.libc().equals("glibc") ? "glibc " + Glibc.version() : null;
    return hint == null
        ? Finding.ok(2, Messages.target(target.classifier(), libc))
        : Finding.warn(2, Messages.target(target.classifier(), libc), hint);
  }

  private boolean bad(int step, Fault fault) {
    findings.add(Finding.bad(step, fault));
    return false;
  }

  private void installed(InstalledFiles installed) {
    PinnedUnit found = installed.find(pinned, target);
    if (found == null) {
      bad(5, installed.missing(pinned, target));
      return;
    }
    for (String name : installed.unpinned(pinned, found)) {
      findings.add(Finding.warn(5, Messages.unpinned(name), null));
    }
    for (int role = 0; role < found.names.length; role++) {
      long size = new File(installed.directory, found.names[role]).length();
      findings.add(Finding.ok(5, Messages.file(PinnedUnit.ROLES[role], found.names[role], size)));
    }
    headers(installed.directory, found);
    contract(Explain.contract(installed.directory, found));
  }

  /** Step 8 without a handshake: the mark in the shim. */
  private void contract(Fault fault) {
    findings.add(fault == null ? Finding.ok(8, Messages.shimAgrees()) : Finding.bad(8, fault));
  }

  /** Steps 4 and 5; returns the intact entry of the root in use, or null. */
  private File cache() {
    StringBuilder reasons = new StringBuilder();
    File root = usableRoot(findings, reasons);
    if (root == null) {
      bad(4, Messages.noCache(pinned, reasons.toString()));
      return null;
    }
    File entry = pinned.entry(root);
    if (Extraction.isGood(pinned, entry)) {
      return entry;
    }
    if (entry.exists()) {
      findings.add(Finding.warn(5, Messages.damaged(entry), null));
    }
    return null;
  }

  /** Step 4: the first root that can be used, or null; those before it are findings. */
  static File usableRoot(List<Finding> findings, StringBuilder reasons) {
    for (File root : CacheRoot.all()) {
      String reason = reason(root);
      if (reason == null) {
        findings.add(Finding.ok(4, Messages.cacheInUse(root)));
        return root;
      }
      findings.add(Finding.warn(4, Messages.cacheSkipped(root, reason), Messages.CACHE_FIX));
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
      return Messages.notForFiles(root, kernel);
    }
    return mount == null ? null : Messages.noExecMount(root, mount);
  }

  /** Steps 5, 6 and 8 on a miss: the classifier JAR. */
  private void jars() {
    try {
      List<Jar> jars = Jar.locate(library, pinned);
      if (jars.isEmpty()) {
        bad(5, Messages.noClassifierJar(pinned, library.layouts));
      }
      for (Jar jar : jars) {
        jar(jar);
      }
    } catch (IOException e) {
      bad(5, Messages.mismatch(pinned, Messages.ioReason(e)));
    }
  }

  /** The files of a unit whose content was compared with the pins. */
  private void files(PinnedUnit checked) {
    for (int role = 0; role < checked.names.length; role++) {
      findings.add(
          Finding.ok(
              5, Messages.file(PinnedUnit.ROLES[role], checked.names[role], checked.sizes[role])));
    }
  }

  private void jar(Jar jar) throws IOException {
    List<String> marks = new ArrayList<>();
    for (int role = 0; role < pinned.names.length; role++) {
      byte[] content = read(jar, role);
      if (!pinned.isAuthentic(role, new ByteArrayInputStream(content))) {
        bad(
            5,
            Messages.mismatch(
                pinned,
                Messages.failedJar(
                    jar,
                    new IOException(
                        Messages.differs(
                            pinned.names[role],
                            Explain.header(new File(pinned.names[role]), content, target))))));
        return;
      }
      Fault fault = Explain.header(new File(pinned.names[role]), content, target);
      if (fault != null) {
        bad(6, fault);
        return;
      }
      marks.addAll(ContractMark.find(new ByteArrayInputStream(content)));
    }
    findings.add(Finding.ok(5, Messages.inJar(jar)));
    files(pinned);
    findings.add(Finding.ok(6, Messages.headers()));
    findings.add(NativeAccess.finding(library.getClass()));
    contract(Explain.contract(new File(pinned.names[PinnedUnit.SHIM]), marks, pinned));
  }

  private byte[] read(Jar jar, int role) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = jar.open(pinned, role)) {
      for (int read; (read = in.read(buffer)) > 0 && out.size() <= pinned.sizes[role]; ) {
        out.write(buffer, 0, read);
      }
    }
    return out.toByteArray();
  }

  /** Step 6. */
  private void headers(File directory, PinnedUnit files) {
    for (String name : files.names) {
      Fault fault = Explain.header(new File(directory, name), target);
      if (fault != null) {
        bad(6, fault);
        return;
      }
    }
    findings.add(Finding.ok(6, Messages.headers()));
    findings.add(NativeAccess.finding(library.getClass()));
  }
}
