package dev.stowage.packager.verify;

import static dev.stowage.packager.verify.Defect.core;
import static dev.stowage.packager.verify.Defect.shim;

import dev.stowage.packager.project.Role;
import java.util.List;
import java.util.function.UnaryOperator;

/** Defects of linking for the Windows target. */
final class PeDefects {
  private static final String CLASSIFIER = "windows-x86_64";
  private static final int MACHINE = 0;
  private static final int CHARACTERISTICS = 18;
  private static final int SUBSYSTEM_VERSION = 20 + 48;
  private static final int DLL_CHARACTERISTICS = 20 + 70;
  private static final int ARM64 = 0xaa64;
  private static final int RELOCATIONS_STRIPPED = 1;
  private static final int DLL = 0x2000;
  private static final int HIGH_ENTROPY = 0x20;
  private static final int DYNAMIC_BASE = 0x40;
  private static final int NX_COMPATIBLE = 0x100;
  private static final int SECTION_WRITE = 0x80000000;
  private static final String STDIO = "api-ms-win-crt-stdio-l1-1-0.dll";
  private static final String STATIC =
      ", which is not part of Windows; fix: link it statically (MinGW: -static-libgcc"
          + " -static-libstdc++; MSVC: /MT), or pack it";

  private final Samples samples;

  PeDefects(Samples samples) {
    this.samples = samples;
  }

  List<Defect> all() {
    return List.of(
        core(
            Rule.MACHINE,
            CLASSIFIER,
            () -> patched(p -> p.u16(p.pe() + MACHINE, ARM64)),
            "is for aarch_64 (pe), but windows-x86_64 is for x86_64 (pe); fix: build it with the"
                + " toolchain of this platform"),
        core(
            Rule.MACHINE,
            CLASSIFIER,
            () -> patched(p -> p.peClear(CHARACTERISTICS, DLL)),
            "is a program or an object file, not a shared library; fix: link with -shared"),
        core(
            Rule.NAME,
            CLASSIFIER,
            () -> patched(p -> p.text("core.dll", "kore.dll")),
            "name in the export table is kore.dll, not core.dll; fix: link under the final name (-o"
                + " core.dll), do not rename afterwards"),
        core(
            Rule.MINIMUM_VERSION,
            CLASSIFIER,
            () -> patched(p -> p.u16(p.pe() + SUBSYSTEM_VERSION, 11)),
            "needs Windows 11.0 or newer, but windows-x86_64 hosts may have Windows 10; fix: look the functions up at run time with GetProcAddress"),
        core(Rule.MINIMUM_VERSION, CLASSIFIER, this::tooNew, newerSystem()),
        core(
            Rule.NEEDED,
            CLASSIFIER,
            () -> patched(p -> p.text("KERNEL32.dll", "KERNEL99.dll")),
            "needs KERNEL99.dll, which windows-x86_64 hosts may not have; fix: link it statically,"
                + " or drop the dependency"),
        shim(
            Rule.IMPORT_NAME,
            CLASSIFIER,
            () ->
                new Patch(Samples.bytes(samples.shim(CLASSIFIER)))
                    .text("core.dll", "Core.dll")
                    .bytes(),
            "imports Core.dll, but the packed core is core.dll; fix: link the shim with the core under its"
                + " final name"),
        core(
            Rule.CRT,
            CLASSIFIER,
            () -> patched(p -> p.text(STDIO, "VCRUNTIME140.dll")),
            "needs the C runtime VCRUNTIME140.dll" + STATIC),
        core(
            Rule.CRT,
            CLASSIFIER,
            () -> patched(p -> p.text(STDIO, "libgcc_s_seh-1.dll")),
            "needs the C runtime libgcc_s_seh-1.dll" + STATIC),
        core(
            Rule.CRT,
            CLASSIFIER,
            () -> patched(p -> p.text(STDIO, "msvcrt.dll")),
            "uses two C runtimes, msvcrt.dll and ucrtbase.dll, which have two heaps and two errno; fix: compile"
                + " and link everything with one toolchain"),
        core(
            Rule.EXEC_STACK,
            CLASSIFIER,
            () -> patched(p -> p.peClear(DLL_CHARACTERISTICS, NX_COMPATIBLE)),
            "does not declare that its data is never executed (NX_COMPAT); fix: link with"
                + " -Wl,--nxcompat"),
        core(
            Rule.WRITABLE_CODE,
            CLASSIFIER,
            () -> patched(p -> p.peSection(".text", SECTION_WRITE)),
            "has memory that is writable and executable at once; fix: keep code and data in separate sections (no -Wl,-N, no writable .text)"),
        core(
            Rule.ASLR,
            CLASSIFIER,
            () -> patched(p -> p.peClear(DLL_CHARACTERISTICS, DYNAMIC_BASE)),
            "does not let Windows choose its address (DYNAMIC_BASE); fix: link with"
                + " -Wl,--dynamicbase, and keep the relocations"),
        core(
            Rule.ASLR,
            CLASSIFIER,
            () -> patched(p -> p.peSet(CHARACTERISTICS, RELOCATIONS_STRIPPED)),
            "has no relocations, so Windows cannot choose its address; fix: link with"
                + " -Wl,--dynamicbase, and keep the relocations"),
        core(
            Rule.ASLR,
            CLASSIFIER,
            () -> patched(p -> p.peClear(DLL_CHARACTERISTICS, HIGH_ENTROPY)),
            "does not let Windows choose an address above 4 GB (HIGH_ENTROPY_VA); fix: link with"
                + " -Wl,--high-entropy-va"));
  }

  private static String newerSystem() {
    return "needs Windows 10 1607 or newer (for KERNEL32.dll!SetThreadDescription), but windows-x86_64"
        + " hosts may have Windows 10; fix: look the functions up at run time with GetProcAddress";
  }

  private byte[] tooNew() {
    String source =
        Samples.EXPORT
            + "I long SetThreadDescription(void *, const unsigned short *);\n"
            + "E int demo_add(int a, int b) { return a + b + SetThreadDescription(0, 0); }\n";
    return Samples.bytes(samples.build(CLASSIFIER, Role.CORE, source));
  }

  private byte[] patched(UnaryOperator<Patch> change) {
    return change.apply(new Patch(Samples.bytes(samples.core(CLASSIFIER)))).bytes();
  }
}
