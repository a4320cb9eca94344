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

/**
 * Cases that {@link DefectTest} does not cover: other languages, local builds, severities, lists.
 */
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
  void aLocalBuildIsOnlyWarnedOfItsMinimumVersion() throws IOException {
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
  void aLibraryForGlibcIsRefusedOnMusl() throws IOException {
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
  void aSearchPathInDtRunpathCountsToo() throws IOException {
    assertThat(core(GOOD_CORE, "-Wl,-rpath,/opt/lib", "-Wl,--enable-new-dtags"))
        .containsExactly(
            "ERROR rpath: has the search path $ORIGIN:$ORIGIN/..:/opt/lib; link with"
                + " -Wl,-rpath,$ORIGIN:$ORIGIN/.. or without a search path");
  }

  @Test
  void aLongListOfExportsIsCutShort() throws IOException {
    assertThat(core(GOOD_CORE + "int a1, a2, a3, a4; int helper(void) { return 1; }"))
        .containsExactly(
            "ERROR exports: has the unexpected exports a1, a2, a3 and 2 more; make demo.h and the"
                + " library agree");
  }

  @Test
  void aContractOfOtherClassesAndTwoContractsAreRefused() throws IOException {
    String fix =
        "; define STOWAGE_CONTRACT_ONLOAD in exactly one C file of the shim, and build it again";
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
  }

  @Test
  void aGoRuntimeIsKnownByItsCallbackTooAndAllowedInGo() throws IOException {
    String fix =
        "; call Go through the shared library of its core; a process can have one Go runtime";
    String info = MARK + "\"\\377 Go buildinf:\";";
    assertThat(
            core(
                "extern void crosscall2(void); int demo_add(int a, int b) {"
                    + " crosscall2(); return a + b; }"))
        .containsExactly("ERROR go-runtime: contains a Go runtime (crosscall2)" + fix);
    language = Language.GO;
    assertThat(core(GOOD_CORE + info)).isEmpty();
  }

  @Test
  void staticTlsIsAllowedInGo() throws IOException {
    String source = "static __thread int t; int demo_add(int a, int b) { t += a; return t + b; }";
    String flag = "-ftls-model=initial-exec";
    assertThat(core(source, flag)).hasSize(1);
    language = Language.GO;
    assertThat(core(source, flag)).isEmpty();
  }

  @Test
  void aRuleCanWarnOrBeSkippedAndAnUnknownOneIsNamed() throws IOException {
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
