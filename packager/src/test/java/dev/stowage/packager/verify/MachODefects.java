package dev.stowage.packager.verify;

import static dev.stowage.packager.verify.Defect.core;
import static dev.stowage.packager.verify.Defect.shim;

import dev.stowage.packager.project.Role;
import java.util.List;
import java.util.function.UnaryOperator;

/** Defects of linking and signing for the macOS targets. */
final class MachODefects {
  private static final String CLASSIFIER = "osx-x86_64";
  private static final String ARM = "osx-aarch_64";
  private static final int CPU_TYPE = 4;
  private static final int FLAGS = 24;
  private static final int CPU_ARM64 = 0x0100000c;
  private static final int ALLOW_STACK_EXECUTION = 0x20000;
  private static final int LOCAL_RELOCATIONS = 0x100;
  private static final int ALL_ACCESS = 7;

  private final Samples samples;

  MachODefects(Samples samples) {
    this.samples = samples;
  }

  List<Defect> all() {
    return List.of(
        core(
            Rule.MACHINE,
            CLASSIFIER,
            () -> patched(p -> p.u32(CPU_TYPE, CPU_ARM64)),
            "is for aarch_64 (mach-o), but osx-x86_64 is for x86_64 (mach-o); fix: build it with the"
                + " toolchain of this platform"),
        core(
            Rule.NAME,
            CLASSIFIER,
            () -> linked("-Wl,-install_name,libcore.dylib"),
            "install name is libcore.dylib, not @rpath/libcore.dylib; fix: link with"
                + " -Wl,-install_name,@rpath/libcore.dylib"),
        core(
            Rule.MINIMUM_VERSION,
            CLASSIFIER,
            () ->
                Samples.bytes(
                    samples.build("x86_64-macos.13.0", CLASSIFIER, Role.CORE, Samples.CORE)),
            "needs macOS 13.0 or newer, but osx-x86_64 hosts may have macOS 12.0; fix: compile and link with"
                + " -mmacosx-version-min=12.0"),
        core(
            Rule.NEEDED,
            CLASSIFIER,
            () -> patched(p -> p.text("/usr/lib/libSystem.B.dylib", "/opt/lib/libSystem.B.dylib")),
            "needs /opt/lib/libSystem.B.dylib, which osx-x86_64 hosts may not have; fix: link it"
                + " statically, or drop the dependency"),
        shim(
            Rule.IMPORT_NAME,
            CLASSIFIER,
            () ->
                new Patch(Samples.bytes(samples.shim(CLASSIFIER)))
                    .text("@rpath/libcore", "@rpath/libkore")
                    .bytes(),
            "imports @rpath/libkore.dylib, but the packed core is @rpath/libcore.dylib; fix: link the"
                + " shim with the core under its final name"),
        core(
            Rule.RPATH,
            CLASSIFIER,
            () -> linked("-Wl,-rpath,/opt/lib"),
            "has the search path @loader_path:@loader_path/..:/opt/lib; fix: link with"
                + " -Wl,-rpath,@loader_path -Wl,-rpath,@loader_path/.. or without a search path"),
        core(
            Rule.PAGE_ALIGNMENT,
            ARM,
            () -> arm(p -> p.machMoveSegment("__LINKEDIT", 4096).seal()),
            "has segments aligned to 4096 bytes, but osx-aarch_64 hosts may have pages of 16384; fix: link with"
                + " -Wl,-segalign,0x4000"),
        core(
            Rule.SIGNATURE,
            ARM,
            () -> arm(p -> p.machMoveSegment("__LINKEDIT", 16384)),
            "has an invalid signature: the sha256 of 1 of 4 pages is of another content,"
                + " first page 0; fix: do not change it after linking, or sign it again: rcodesign sign"
                + " (ad hoc), or codesign -s -"),
        core(
            Rule.SIGNATURE,
            ARM,
            () -> arm(p -> p.machCommand(Patch.LC_CODE_SIGNATURE, Patch.LC_DATA_IN_CODE)),
            "has no code signature, so macOS on arm64 kills a process that loads it; fix: do not"
                + " change it after linking, or sign it again: rcodesign sign (ad hoc), or codesign -s -"),
        core(
            Rule.SIGNATURE,
            CLASSIFIER,
            () -> linked("-Wl,-headerpad,0x0"),
            "has no signature and 8 free bytes in its header, but a signature needs 16; fix: link with"
                + " -Wl,-headerpad,0x100"),
        core(
            Rule.EXEC_STACK,
            CLASSIFIER,
            () -> patched(p -> p.u32(FLAGS, p.int32(FLAGS) | ALLOW_STACK_EXECUTION)),
            "needs an executable stack, which macOS on arm64 refuses; fix: link without"
                + " -Wl,-allow_stack_execute"),
        core(
            Rule.TEXT_RELOCATIONS,
            CLASSIFIER,
            () -> patched(p -> p.machFirstSection("__TEXT", LOCAL_RELOCATIONS)),
            "has relocations of its code, so the code is written to when it is loaded (TEXTREL); fix: compile with -fPIC"),
        core(
            Rule.WRITABLE_CODE,
            CLASSIFIER,
            () -> patched(p -> p.machSegmentProtection("__TEXT", ALL_ACCESS)),
            "has memory that is writable and executable at once; fix: keep code and data in separate sections (no -Wl,-N, no writable .text)"));
  }

  private byte[] linked(String flag) {
    return Samples.bytes(samples.build(CLASSIFIER, Role.CORE, Samples.CORE, flag));
  }

  private byte[] patched(UnaryOperator<Patch> change) {
    return change.apply(new Patch(Samples.bytes(samples.core(CLASSIFIER)))).bytes();
  }

  private byte[] arm(UnaryOperator<Patch> change) {
    return change.apply(new Patch(Samples.bytes(samples.core(ARM)))).bytes();
  }
}
