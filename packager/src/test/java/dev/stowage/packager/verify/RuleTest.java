package dev.stowage.packager.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import dev.stowage.packager.binary.Binary;
import dev.stowage.packager.message.OptionStyle;
import dev.stowage.packager.project.Language;
import dev.stowage.packager.project.Role;
import dev.stowage.testing.CCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test builds a library that breaks exactly one rule. */
class RuleTest {
  private static final String CORE = "libcore.so";
  private static final String SHIM = "libshim.so";
  private static final String GOOD_CORE = "int demo_add(int a, int b) { return a + b; }";
  private static final String DIGEST = "0123456789abcdef".repeat(4);
  private static final String GOOD_SHIM =
      "extern int demo_add(int, int); int JNI_OnLoad(void) { return demo_add(1, 2); }"
          + " void JNI_OnUnload(void) {} ";
  private static final String MARK = "__attribute__((used)) static const char m[] = ";

  @TempDir Path dir;
  private Target target = Targets.byClassifier("linux-x86_64");
  private Language language = Language.RUST;
  private boolean release = true;

  @Test
  void goodCoreAndShimPass() throws IOException {
    assertThat(core(GOOD_CORE)).isEmpty();
    assertThat(shim(GOOD_SHIM + MARK + "\"stowage-contract:" + DIGEST + "\";")).isEmpty();
  }

  @Test
  void machine() throws IOException {
    target = Targets.byClassifier("linux-aarch_64");
    assertThat(core(GOOD_CORE, "-Wl,-z,max-page-size=65536"))
        .containsExactly(
            "ERROR machine: is for x86_64 (elf), but linux-aarch_64 is for aarch_64 (elf); "
                + "build it with the toolchain of this platform");
  }

  @Test
  void minimumVersionNamesVersionAndSymbol() throws IOException {
    String source =
        "#include <sys/random.h>\n"
            + "int demo_add(int a, int b) { char c; "
            + "return a + b + (int)getrandom(&c, 1, 0); }";
    String found =
        "minimum-version: needs glibc 2.25 or newer (for getrandom), but linux-x86_64 hosts may have"
            + " glibc 2.17; ";
    assertThat(core(source))
        .containsExactly(
            "ERROR "
                + found
                + "do not use these symbols, or compile with zig's target for glibc 2.17");
    release = false;
    assertThat(core(source))
        .containsExactly(
            "WARNING "
                + found
                + "use a local build on hosts as new as this one only; for older hosts build with"
                + " -Dstowage.targets=linux-x86_64");
  }

  @Test
  void glibcOnMusl() throws IOException {
    target = Targets.byClassifier("linux-x86_64-musl");
    String source = "#include <stdlib.h>\nint demo_add(int a, int b) { return a + rand() + b; }";
    assertThat(core(source))
        .containsExactly(
            "ERROR minimum-version: needs glibc 2.2.5, but linux-x86_64-musl hosts have musl; "
                + "build it with the toolchain of this platform",
            "ERROR needed: needs libc.so.6, which linux-x86_64-musl hosts may not have; "
                + "link it statically, or drop the dependency");
  }

  @Test
  void needed() throws IOException {
    CCompiler.host()
        .library(
            dir.resolve("libother.so"),
            "int other(void) { return 1; }",
            List.of("-Wl,-soname,libother.so.3"));
    assertThat(
            core(
                "extern int other(void); int demo_add(int a, int b) { return a + b + other(); }",
                "-L.",
                "-lother"))
        .containsExactly(
            "ERROR needed: needs libother.so.3, which linux-x86_64 hosts may not have; "
                + "link it statically, or drop the dependency");
  }

  @Test
  void shimNeedsItsCore() throws IOException {
    String source = "int JNI_OnLoad(void) { return 0; } void JNI_OnUnload(void) {} " + MARK;
    assertThat(shim(source + "\"stowage-contract:" + DIGEST + "\";"))
        .containsExactly(
            "ERROR import-name: does not import its core libcore.so; "
                + "link the shim with the core under its final name");
  }

  @Test
  void name() throws IOException {
    assertThat(core(GOOD_CORE, "-Wl,-soname,libold.so"))
        .containsExactly(
            "ERROR name: SONAME is libold.so, not libcore.so; link with"
                + " -Wl,-soname,libcore.so");
  }

  @Test
  void rpath() throws IOException {
    String fix = "; link with -Wl,-rpath,$ORIGIN:$ORIGIN/.. or without a search path";
    assertThat(core(GOOD_CORE, "-Wl,-rpath,/opt/lib"))
        .containsExactly("ERROR rpath: has the search path $ORIGIN:$ORIGIN/..:/opt/lib" + fix);
    assertThat(core(GOOD_CORE, "-Wl,-rpath,/opt/lib", "-Wl,--enable-new-dtags"))
        .containsExactly("ERROR rpath: has the search path $ORIGIN:$ORIGIN/..:/opt/lib" + fix);
  }

  @Test
  void execStack() throws IOException {
    assertThat(core(GOOD_CORE, "-Wl,-z,execstack"))
        .containsExactly(
            "ERROR exec-stack: needs an executable stack, which glibc 2.41 and hardened kernels"
                + " refuse; link with -Wl,-z,noexecstack");
  }

  @Test
  void textRelocations() throws IOException {
    // An absolute address in code is what code without -fPIC has.
    String source = GOOD_CORE + "__asm__(\".text\\n.quad demo_add\\n\");";
    assertThat(core(source, "-Wl,-z,notext", "-Wl,-Bsymbolic"))
        .containsExactly(
            "ERROR text-relocations: has relocations of its code, so the code is written to when it is loaded (TEXTREL); "
                + "compile with -fPIC and link with -Wl,-z,text");
  }

  @Test
  void relro() throws IOException {
    String fix = "; link with -Wl,-z,relro -Wl,-z,now";
    assertThat(core(GOOD_CORE, "-Wl,-z,lazy"))
        .containsExactly("ERROR relro: binds symbols lazily" + fix);
    assertThat(core(GOOD_CORE, "-Wl,-z,norelro"))
        .containsExactly("ERROR relro: has no read-only relocations (RELRO)" + fix);
  }

  @Test
  void noDelete() throws IOException {
    Path file = dir.resolve(CORE);
    List<String> flags = new ArrayList<>(CCompiler.GOOD_CORE);
    flags.remove("-Wl,-z,nodelete");
    flags.add("-Wl,-soname," + CORE);
    CCompiler.host().library(file, GOOD_CORE, flags);
    assertThat(check(file, Role.CORE))
        .containsExactly(
            "ERROR nodelete: can be unloaded, but its threads and thread locals outlive every"
                + " class loader; link with -Wl,-z,nodelete");
  }

  @Test
  void exports() throws IOException {
    String fix = "; make demo.h and the library agree";
    assertThat(core(GOOD_CORE + "int a1, a2, a3, a4; int helper(void) { return 1; }"))
        .containsExactly("ERROR exports: has the unexpected exports a1, a2, a3 and 2 more" + fix);
    assertThat(core("int demo_sub(int a, int b) { return a - b; }"))
        .containsExactly(
            "ERROR exports: has the unexpected exports demo_sub and does not export demo_add"
                + fix);
    assertThat(shim(GOOD_SHIM + "int x;" + MARK + "\"stowage-contract:" + DIGEST + "\";"))
        .containsExactly(
            "ERROR exports: has the unexpected exports x; make the list of exports (JNI_OnLoad, JNI_OnUnload)"
                + " and the library agree");
  }

  @Test
  void contract() throws IOException {
    String fix =
        "; define STOWAGE_CONTRACT_ONLOAD in exactly one C file of the shim, and build it again";
    assertThat(shim(GOOD_SHIM))
        .containsExactly(
            "ERROR contract: contains no contract digest, but Java has " + DIGEST + fix);
    String other = "f".repeat(64);
    assertThat(shim(GOOD_SHIM + MARK + "\"stowage-contract:" + other + "\";"))
        .containsExactly(
            "ERROR contract: was compiled for contract "
                + other
                + ", but Java has "
                + DIGEST
                + fix);
    String twice = "\"stowage-contract:" + DIGEST + " stowage-contract:" + DIGEST + "\";";
    assertThat(shim(GOOD_SHIM + MARK + twice))
        .containsExactly("ERROR contract: contains 2 contract digests, but must contain one" + fix);
    assertThat(core(GOOD_CORE + MARK + "\"stowage-contract:" + DIGEST + "\";"))
        .containsExactly(
            "ERROR contract: contains a contract digest, but a core must not; "
                + "do not link shim sources into the core");
  }

  @Test
  void goRuntime() throws IOException {
    String fix =
        "; call Go through the shared library of its core; a process can have one Go runtime";
    String info = MARK + "\"\\377 Go buildinf:\";";
    assertThat(core(GOOD_CORE + info))
        .containsExactly("ERROR go-runtime: contains a Go runtime (Go build information)" + fix);
    assertThat(
            core(
                "extern void crosscall2(void); int demo_add(int a, int b) {"
                    + " crosscall2(); return a + b; }"))
        .containsExactly("ERROR go-runtime: contains a Go runtime (crosscall2)" + fix);
    language = Language.GO;
    assertThat(core(GOOD_CORE + info)).isEmpty();
  }

  @Test
  void staticTls() throws IOException {
    String source = "static __thread int t; int demo_add(int a, int b) { t += a; return t + b; }";
    String flag = "-ftls-model=initial-exec";
    assertThat(core(source, flag))
        .containsExactly(
            "ERROR static-tls: uses static TLS, of which a running process may have too little left; "
                + "compile without -ftls-model=initial-exec");
    language = Language.GO;
    assertThat(core(source, flag)).isEmpty();
  }

  @Test
  void modesWarnAndSkip() throws IOException {
    CCompiler.host()
        .library(dir.resolve(CORE), GOOD_CORE, List.of("-Wl,-soname," + CORE, "-Wl,-z,now"));
    CheckedLibrary library = library(dir.resolve(CORE), Role.CORE);
    assertThat(check(Map.of(Rule.NODELETE, Severity.OFF), library)).isEmpty();
    assertThat(check(Verifier.severities(Map.of("nodelete", Severity.WARNING)), library))
        .extracting(VerifyReport.Finding::severity)
        .containsExactly(Severity.WARNING);
    assertThatThrownBy(() -> Verifier.severities(Map.of("rpaht", Severity.WARNING)))
        .hasMessage(
            """
            STOW-203 unknown rule 'rpaht'
              fix:   write 'rpath'; the rules are \
            """
                + String.join(", ", Rule.ids()));
  }

  private static List<VerifyReport.Finding> check(
      Map<Rule, Severity> severities, CheckedLibrary library) {
    return new RuleChecker(severities, OptionStyle.MAVEN).findings(library);
  }

  private List<String> core(String source, String... more) throws IOException {
    return check(link(CORE, source, more), Role.CORE);
  }

  private List<String> shim(String source) throws IOException {
    Path core = link(CORE, GOOD_CORE);
    return check(link(SHIM, source, "-Wl,--as-needed", core.toString()), Role.SHIM);
  }

  private Path link(String name, String source, String... more) {
    List<String> flags = new ArrayList<>(CCompiler.GOOD_CORE);
    flags.add("-Wl,-soname," + name);
    flags.addAll(Arrays.asList(more));
    return CCompiler.host().library(dir.resolve(name), source, flags);
  }

  private List<String> check(Path file, Role role) throws IOException {
    return new RuleChecker(Map.of(), OptionStyle.MAVEN)
        .findings(library(file, role)).stream()
            .map(f -> f.severity() + " " + f.rule() + ": " + f.found() + "; " + f.fix())
            .toList();
  }

  private CheckedLibrary library(Path path, Role role) throws IOException {
    boolean shim = role == Role.SHIM;
    ProjectExpectations expected =
        new ProjectExpectations(
            role,
            language,
            release,
            CORE,
            shim ? List.of("JNI_OnLoad", "JNI_OnUnload") : List.of("demo_add"),
            shim ? RuleMessages.shimExports() : "demo.h",
            shim ? DIGEST : null);
    return new CheckedLibrary(
        path.getFileName().toString(),
        Platform.of(target),
        Binary.read(path),
        ByteScan.of(Files.readAllBytes(path)),
        expected,
        Set.of(),
        OptionStyle.MAVEN);
  }
}
