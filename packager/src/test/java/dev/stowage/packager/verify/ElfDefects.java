package dev.stowage.packager.verify;

import static dev.stowage.packager.verify.Defect.core;
import static dev.stowage.packager.verify.Defect.shim;

import dev.stowage.packager.project.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** Defects of linking for the Linux targets. */
final class ElfDefects {
  private static final String CLASSIFIER = "linux-x86_64";
  private static final String ARM = "linux-aarch_64";
  private static final String MUSL = "linux-x86_64-musl";
  private static final int PT_LOAD = 1;
  private static final int PT_GNU_STACK = 0x6474e551;
  private static final int EXECUTE = 1;
  private static final int WRITE = 2;
  private static final int E_MACHINE = 18;
  private static final int EM_AARCH64 = 183;

  private final Samples samples;

  ElfDefects(Samples samples) {
    this.samples = samples;
  }

  List<Defect> all() {
    return List.of(
        core(
            Rule.MACHINE,
            CLASSIFIER,
            () -> patched(p -> p.u16(E_MACHINE, EM_AARCH64)),
            "is for aarch_64 (elf), but linux-x86_64 is for x86_64 (elf); fix: build it with the"
                + " toolchain of this platform"),
        core(
            Rule.NAME,
            CLASSIFIER,
            () -> linked("-Wl,-soname,libold.so"),
            "SONAME is libold.so, not libcore.so; fix: link with -Wl,-soname,libcore.so"),
        core(Rule.MINIMUM_VERSION, CLASSIFIER, this::tooNew, newerSystem()),
        core(
            Rule.NEEDED,
            CLASSIFIER,
            () -> Samples.bytes(needing("libother.so.3")),
            "needs libother.so.3, which linux-x86_64 hosts may not have; fix: link it statically,"
                + " or drop the dependency"),
        core(
            Rule.NEEDED,
            MUSL,
            () ->
                new Patch(Samples.bytes(samples.build(MUSL, Role.CORE, calling("rand()"))))
                    .text("libc.so", "libx.so")
                    .bytes(),
            "needs libx.so, which linux-x86_64-musl hosts may not have; fix: link it statically,"
                + " or drop the dependency"),
        shim(
            Rule.IMPORT_NAME,
            CLASSIFIER,
            () ->
                new Patch(Samples.bytes(samples.shim(CLASSIFIER)))
                    .text("libcore.so", "libkore.so")
                    .bytes(),
            "imports libkore.so, but the packed core is libcore.so; fix: link the shim with the core under"
                + " its final name"),
        core(
            Rule.RPATH,
            CLASSIFIER,
            () -> linked("-Wl,-rpath,/opt/lib"),
            "has the search path $ORIGIN:$ORIGIN/..:/opt/lib; fix: link with"
                + " -Wl,-rpath,$ORIGIN:$ORIGIN/.. or without a search path"),
        core(
            Rule.PAGE_ALIGNMENT,
            ARM,
            () ->
                Samples.bytes(
                    samples.build(ARM, Role.CORE, Samples.CORE, "-Wl,-z,max-page-size=4096")),
            "has segments aligned to 4096 bytes, but linux-aarch_64 hosts may have pages of 65536; fix: link with"
                + " -Wl,-z,max-page-size=65536"),
        core(
            Rule.STATIC_TLS,
            CLASSIFIER,
            this::staticTls,
            "uses static TLS, of which a running process may have too little left; fix: compile without"
                + " -ftls-model=initial-exec"),
        core(
            Rule.EXEC_STACK,
            CLASSIFIER,
            () -> patched(p -> p.elfSegmentFlags(PT_GNU_STACK, 0, EXECUTE)),
            "needs an executable stack, which glibc 2.41 and hardened kernels refuse; fix: link"
                + " with -Wl,-z,noexecstack"),
        core(
            Rule.TEXT_RELOCATIONS,
            CLASSIFIER,
            () -> linked("-Wl,-z,notext"),
            "has relocations of its code, so the code is written to when it is loaded (TEXTREL); fix: compile with -fPIC and link with"
                + " -Wl,-z,text"),
        core(
            Rule.WRITABLE_CODE,
            CLASSIFIER,
            () -> patched(p -> p.elfSegmentFlags(PT_LOAD, EXECUTE, WRITE)),
            "has memory that is writable and executable at once; fix: keep code and data in separate sections (no -Wl,-N, no writable .text)"),
        core(
            Rule.RELRO,
            CLASSIFIER,
            () -> linked("-Wl,-z,norelro"),
            "has no read-only relocations (RELRO); fix: link with -Wl,-z,relro -Wl,-z,now"),
        core(
            Rule.RELRO,
            CLASSIFIER,
            () -> linked("-Wl,-z,lazy"),
            "binds symbols lazily; fix: link with -Wl,-z,relro -Wl,-z,now"),
        core(
            Rule.NODELETE,
            CLASSIFIER,
            () -> Samples.bytes(samples.unpinned(CLASSIFIER, Role.CORE)),
            "can be unloaded, but its threads and thread locals outlive every class loader; fix:"
                + " link with -Wl,-z,nodelete"));
  }

  private static String newerSystem() {
    return "needs glibc 2.25 or newer (for getrandom), but linux-x86_64 hosts may have glibc 2.17; fix:"
        + " do not use these symbols, or compile with zig's target for glibc 2.17";
  }

  private static String calling(String expression) {
    return "#include <stdlib.h>\n#include <sys/random.h>\nchar c;\n"
        + Samples.EXPORT
        + "E int demo_add(int a, int b) { return a + b + (int)"
        + expression
        + "; }\n";
  }

  private byte[] tooNew() {
    String source = calling("getrandom(&c, 1, 0)");
    return Samples.bytes(samples.build("x86_64-linux-gnu.2.28", CLASSIFIER, Role.CORE, source));
  }

  private byte[] staticTls() {
    String source =
        Samples.EXPORT
            + "static __thread int t;\nE int demo_add(int a, int b) { t += a; return t + b; }\n";
    return Samples.bytes(samples.build(CLASSIFIER, Role.CORE, source, "-ftls-model=initial-exec"));
  }

  private Path needing(String soname) {
    String other = Samples.EXPORT + "E int other(void) { return 1; }\n";
    Path library = samples.build(CLASSIFIER, Role.CORE, other, "-Wl,-soname," + soname);
    String source =
        Samples.EXPORT
            + "int other(void);\nE int demo_add(int a, int b) { return a + b + other(); }\n";
    return samples.build(CLASSIFIER, Role.CORE, source, library.toString());
  }

  private byte[] linked(String flag) {
    return Samples.bytes(samples.build(CLASSIFIER, Role.CORE, Samples.CORE, flag));
  }

  private byte[] patched(UnaryOperator<Patch> change) {
    return change.apply(new Patch(Samples.bytes(samples.core(CLASSIFIER)))).bytes();
  }
}
