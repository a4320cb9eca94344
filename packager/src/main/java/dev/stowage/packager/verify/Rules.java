package dev.stowage.packager.verify;

import dev.stowage.loader.header.ElfFile;
import dev.stowage.packager.message.VerifyMessages;
import dev.stowage.packager.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What each {@link Rule} looks at. */
final class Rules {
  private static final String RPATH = "$ORIGIN:$ORIGIN/..";

  /**
   * What every glibc system has. libgcc_s is GCC's unwinder: Rust's standard library for gnu
   * targets links it, and glibc itself loads it for pthread_cancel, so hosts that run a JVM have
   * it.
   */
  private static final Set<String> GLIBC =
      Set.of(
          "libc.so.6",
          "libpthread.so.0",
          "libdl.so.2",
          "libm.so.6",
          "librt.so.1",
          "libgcc_s.so.1",
          "ld-linux-x86-64.so.2",
          "ld-linux-aarch64.so.1");

  /** Part of glibc; only Go's resolver (package net with cgo) uses it. */
  private static final String RESOLVER = "libresolv.so.2";

  /** musl is one file, named by the distribution or by zig; libgcc_s is not part of Alpine. */
  private static final Set<String> MUSL =
      Set.of("libc.musl-x86_64.so.1", "libc.musl-aarch64.so.1", "libc.so");

  private Rules() {}

  static Optional<Fault> machine(Subject subject) {
    ElfFile elf = subject.elf();
    if (!elf.machineName().equals(subject.target().arch())) {
      return fault(
          VerifyMessages.machine(elf.machineName(), subject.target().arch()),
          VerifyMessages.machineFix());
    }
    return elf.type() == ElfFile.ET_DYN && elf.interpreter() == null
        ? Optional.empty()
        : fault(VerifyMessages.notALibrary(elf.type()), VerifyMessages.notALibraryFix());
  }

  static Optional<Fault> floor(Subject subject) {
    Floor floor = Floor.of(subject.elf());
    String libc = subject.target().libc();
    if (floor == null) {
      return Optional.empty();
    }
    if (!libc.equals("glibc")) {
      return Optional.of(
          Fault.of(
              VerifyMessages.wrongLibc(floor.version(), libc),
              floor.symbols(),
              VerifyMessages.machineFix()));
    }
    if (!floor.isAbove(subject.target().floor())) {
      return Optional.empty();
    }
    String found =
        VerifyMessages.floor(
            floor.version(), VerifyMessages.some(floor.symbols()), libc, subject.target().floor());
    return Optional.of(
        new Fault(found, floor.symbols(), VerifyMessages.floorFix(), !subject.release()));
  }

  static Optional<Fault> needed(Subject subject) {
    List<String> needed = subject.elf().needed();
    List<String> foreign = new ArrayList<>();
    for (String library : needed) {
      if (!isAllowed(subject, library)) {
        foreign.add(library);
      }
    }
    if (!foreign.isEmpty()) {
      String text =
          VerifyMessages.needed(String.join(", ", foreign), subject.target().classifier());
      return Optional.of(Fault.of(text, foreign, VerifyMessages.neededFix()));
    }
    return subject.role() == Role.SHIM && !needed.contains(subject.core())
        ? fault(VerifyMessages.coreNotNeeded(subject.core()), VerifyMessages.coreNotNeededFix())
        : Optional.empty();
  }

  private static boolean isAllowed(Subject subject, String library) {
    if (subject.role() == Role.SHIM && library.equals(subject.core())) {
      return true;
    }
    if (subject.target().libc().equals("musl")) {
      return MUSL.contains(library);
    }
    return GLIBC.contains(library) || (subject.isGoCore() && library.equals(RESOLVER));
  }

  static Optional<Fault> soname(Subject subject) {
    return unless(
        subject.name().equals(subject.elf().soname()),
        VerifyMessages.soname(subject.elf().soname()),
        VerifyMessages.sonameFix(subject.name()));
  }

  static Optional<Fault> rpath(Subject subject) {
    for (String path : new String[] {subject.elf().rpath(), subject.elf().runpath()}) {
      if (path != null && !path.equals(RPATH)) {
        return fault(VerifyMessages.rpath(path), VerifyMessages.rpathFix(RPATH));
      }
    }
    return Optional.empty();
  }

  static Optional<Fault> execStack(Subject subject) {
    return unless(
        !subject.elf().requiresExecutableStack(),
        VerifyMessages.execStack(),
        VerifyMessages.execStackFix());
  }

  static Optional<Fault> textRelocations(Subject subject) {
    return unless(
        !subject.elf().textRelocations(),
        VerifyMessages.textRelocations(),
        VerifyMessages.textRelocationsFix());
  }

  static Optional<Fault> relro(Subject subject) {
    ElfFile elf = subject.elf();
    return unless(
        elf.hasRelro() && elf.bindNow(),
        VerifyMessages.relro(elf.hasRelro()),
        VerifyMessages.relroFix());
  }

  static Optional<Fault> noDelete(Subject subject) {
    return unless(
        subject.role() == Role.SHIM || subject.elf().noDelete(),
        VerifyMessages.noDelete(),
        VerifyMessages.noDeleteFix());
  }

  static Optional<Fault> exports(Subject subject) {
    TreeSet<String> extra = new TreeSet<>(subject.elf().exported());
    TreeSet<String> missing = new TreeSet<>(subject.exports());
    subject.exports().forEach(extra::remove);
    subject.elf().exported().forEach(missing::remove);
    if (extra.isEmpty() && missing.isEmpty()) {
      return Optional.empty();
    }
    List<String> all = new ArrayList<>(extra);
    all.addAll(missing);
    return Optional.of(
        Fault.of(
            VerifyMessages.exports(List.copyOf(extra), List.copyOf(missing)),
            all,
            VerifyMessages.exportsFix(subject.exportsSource())));
  }

  static Optional<Fault> contract(Subject subject) {
    List<String> wanted = subject.contract() == null ? List.of() : List.of(subject.contract());
    return unless(
        subject.marks().equals(wanted),
        VerifyMessages.contract(subject.marks(), subject.contract()),
        VerifyMessages.contractFix(subject.contract()));
  }

  static Optional<Fault> goRuntime(Subject subject) {
    if (subject.isGoCore()) {
      return Optional.empty();
    }
    for (List<String> symbols : List.of(subject.elf().exported(), subject.elf().undefined())) {
      for (String symbol : symbols) {
        if (symbol.startsWith("_cgo_") || symbol.equals("crosscall2")) {
          String found = VerifyMessages.goRuntime(symbol);
          return Optional.of(Fault.of(found, List.of(symbol), VerifyMessages.goRuntimeFix()));
        }
      }
    }
    return unless(
        !subject.goBuildInfo(),
        VerifyMessages.goRuntime("Go build information"),
        VerifyMessages.goRuntimeFix());
  }

  /** Go's c-shared needs it on every platform (golang/go#13492); the loader knows. */
  static Optional<Fault> staticTls(Subject subject) {
    return unless(
        subject.isGoCore() || !subject.elf().staticTls(),
        VerifyMessages.staticTls(),
        VerifyMessages.staticTlsFix());
  }

  private static Optional<Fault> unless(boolean good, String found, String fix) {
    return good ? Optional.empty() : fault(found, fix);
  }

  private static Optional<Fault> fault(String found, String fix) {
    return Optional.of(Fault.of(found, fix));
  }
}
