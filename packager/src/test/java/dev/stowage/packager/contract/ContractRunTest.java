package dev.stowage.packager.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.packager.fixture.DemoProjects;
import dev.stowage.packager.fixture.TestResource;
import dev.stowage.testing.CCompiler;
import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.Commands;
import dev.stowage.testing.JavaSources;
import dev.stowage.testing.Jdk;
import dev.stowage.testing.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compiles the generated header with a shim and loads the shim in child JVMs with -Xcheck:jni. */
class ContractRunTest {
  private static final String GOOD = "use 5 6 hö 17.0 42 code 7 2";
  private static final String NOTHING_REGISTERED = "use java.lang.UnsatisfiedLinkError";

  @TempDir Path dir;
  private Contract contract;
  private Path classes;
  private Path shim;

  @BeforeEach
  void build() throws IOException {
    classes = dir.resolve("classes");
    compileJava("demo.api", TestResource.text(ContractRunTest.class, "N.java.txt"));
    contract =
        ContractGenerator.generate(
                DemoProjects.demo(dir, "demo.api.N", "demo.api.sub.M"),
                classes,
                dir.resolve("include"))
            .get(0);
    JavaSources.compile(
        dir.resolve("driver"),
        Map.of("driver.Main", TestResource.text(ContractRunTest.class, "Main.java.txt")));
    shim = dir.resolve("libshim.so");
  }

  static List<Jdk> jdks() {
    return Jdk.from(17);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void bindsNativesAndUpcallsAndLetsTheLoaderGo(Jdk jdk) throws IOException {
    compileShim(shimSource());
    assertThat(run(jdk, "demo.api", contract.onLoadProperty(), "demo/api/"))
        .containsExactly(GOOD, "property null", "unloaded true");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void followsRelocation(Jdk jdk) throws IOException {
    compileShim(shimSource());
    String moved = "org.shaded.deep_er.api";
    compileJava(moved, TestResource.text(ContractRunTest.class, "N.java.txt"));
    assertThat(run(jdk, moved, contract.onLoadProperty(), "org/shaded/deep_er/api/"))
        .containsExactly(GOOD, "property null", "unloaded true");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void refusesWithoutTheProperty(Jdk jdk) throws IOException {
    compileShim(shimSource());
    assertThat(run(jdk, "demo.api", contract.onLoadProperty(), "-"))
        .containsExactly(
            notAnnounced(), "cause null", NOTHING_REGISTERED, "property null", "unloaded true");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void refusesAnotherContract(Jdk jdk) throws IOException {
    compileShim(shimSource());
    String other = "stowage.onload.0123456789abcdef";
    assertThat(run(jdk, "demo.api", other, "demo/api/"))
        .containsExactly(
            notAnnounced(),
            "cause null",
            NOTHING_REGISTERED,
            "property demo/api/",
            "unloaded true");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void refusesAPackageThatIsNotThere(Jdk jdk) throws IOException {
    compileShim(shimSource());
    assertThat(run(jdk, "demo.api", contract.onLoadProperty(), "no/such/"))
        .containsExactly(
            notBound("N"),
            "cause java.lang.NoClassDefFoundError: no/such/N",
            NOTHING_REGISTERED,
            "property null",
            "unloaded true");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void refusesAPackageNameThatIsTooLong(Jdk jdk) throws IOException {
    compileShim(shimSource());
    assertThat(run(jdk, "demo.api", contract.onLoadProperty(), "a/".repeat(300)))
        .containsExactly(
            "load java.lang.UnsatisfiedLinkError: contract not bound: the package name is too long"
                + mark(),
            "cause null",
            NOTHING_REGISTERED,
            "property null",
            "unloaded true");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void takesBackWhatWasRegisteredWhenAnUpcallIsMissing(Jdk jdk) throws IOException {
    compileShim(shimSource());
    String source = TestResource.text(ContractRunTest.class, "N.java.txt");
    compileJava("demo.api", source.replace("void fail(int code)", "void fail(long code)"));
    List<String> lines = run(jdk, "demo.api", contract.onLoadProperty(), "demo/api/");
    assertThat(lines.get(0)).isEqualTo(notBound("N"));
    assertThat(lines.get(1)).startsWith("cause java.lang.NoSuchMethodError");
    assertThat(lines.subList(2, 5))
        .containsExactly(NOTHING_REGISTERED, "property null", "unloaded true");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void takesBackEarlierClassesWhenANativeIsMissing(Jdk jdk) throws IOException {
    compileShim(shimSource());
    JavaSources.compile(
        classes,
        Map.of("demo.api.sub.M", "package demo.api.sub; public class M { static void x() {} }"));
    List<String> lines = run(jdk, "demo.api", contract.onLoadProperty(), "demo/api/");
    assertThat(lines.get(0)).isEqualTo(notBound("sub/M"));
    assertThat(lines.get(1)).startsWith("cause java.lang.NoSuchMethodError");
    assertThat(lines.subList(2, 5))
        .containsExactly(NOTHING_REGISTERED, "property null", "unloaded true");
  }

  @Test
  void missingFunctionIsALinkError() throws IOException {
    Outcome cc =
        cc(
            shimSource().replace("jint JNICALL N_add(", "static jint other(")
                + "void *use(void);\nvoid *use(void) { return (void *)other; }\n");
    assertThat(cc.exit()).isNotZero();
    assertThat(cc.output()).contains("hidden symbol `N_add'");
  }

  @Test
  void wrongPrototypeIsACompileError() throws IOException {
    Outcome cc =
        cc(
            shimSource()
                .replace(
                    "N_add(JNIEnv *env, jclass cls, jint a",
                    "N_add(JNIEnv *env, jclass cls, jlong a"));
    assertThat(cc.exit()).isNotZero();
    assertThat(cc.output()).contains("conflicting types for 'N_add'");
  }

  /** JNI's own functions take the arguments of an upcall as varargs. */
  @Test
  void wrongArgumentsOfAnUpcallDoNotCompile() throws IOException {
    String good = "stowage_upcall_N_twice(env, fn, argument)";
    for (String wrong :
        List.of(
            "stowage_upcall_N_twice(env, 1, argument)",
            "stowage_upcall_N_twice(env, fn, fn)",
            "stowage_upcall_N_twice(env, &argument, argument)",
            "stowage_upcall_N_twice(env, fn)",
            "stowage_upcall_N_twice(fn, argument)",
            "stowage_upcall_N_twic(env, fn, argument)")) {
      for (CCompiler compiler : List.of(CCompiler.host(), CCompiler.zig("x86_64-linux-gnu"))) {
        Outcome cc = cc(compiler, List.of(), shimSource().replace(good, wrong));
        assertThat(cc.exit()).as(wrong).isNotZero();
        assertThat(cc.output()).containsPattern("shim.c:\\d+:\\d+: error: ");
      }
    }
    assertThat(cc(CCompiler.host(), List.of(), shimSource()).expectExit(0).output()).isEmpty();
  }

  @Test
  void inCPlusPlusItIsOneSentence() throws IOException {
    Outcome cc = cc(CCompiler.host(), List.of("-D__cplusplus"), shimSource());
    assertThat(cc.exit()).isNotZero();
    assertThat(cc.output()).contains("stowage_contract.h is for C, not for C++");
  }

  @Test
  void theMarkStandsInTheShimOnce() throws IOException {
    compileShim(
        shimSource()
            + "const char *use(void);\nconst char *use(void) { return STOWAGE_CONTRACT; }\n");
    String bytes = new String(Files.readAllBytes(shim), StandardCharsets.ISO_8859_1);
    assertThat(bytes.split(Contract.MARK + contract.digest(), -1)).hasSize(2);
  }

  @Test
  void headerKeepsItsTimeWhenNothingChanged() throws IOException {
    Path header = dir.resolve("include/one/stowage_contract.h");
    Object before = Files.getAttribute(header, "unix:ino");
    ContractGenerator.generate(
        DemoProjects.demo(dir, "demo.api.N", "demo.api.sub.M"), classes, dir.resolve("include"));
    assertThat(Files.getAttribute(header, "unix:ino")).isEqualTo(before);
    assertThat(Files.readString(header))
        .startsWith("/*\n * Generated by Stowage from the class files of binding 'one'")
        .contains("STOWAGE_HIDDEN jint JNICALL N_add(JNIEnv *env, jclass cls, jint, jint);")
        .contains("SPDX-License-Identifier: MIT-0")
        .contains(
            "static inline jlong stowage_upcall_N_twice(JNIEnv *env, jobject a1, jlong a2) {");
    assertThat(dir.resolve("include/one/stowage_jni.h")).isNotEmptyFile();
  }

  private static String shimSource() {
    return TestResource.text(ContractRunTest.class, "shim.c");
  }

  private void compileJava(String javaPackage, String n) {
    String m = TestResource.text(ContractRunTest.class, "M.java.txt");
    JavaSources.compile(
        classes,
        Map.of(
            javaPackage + ".N", n.replace("PKG", javaPackage),
            javaPackage + ".sub.M", m.replace("PKG", javaPackage)));
  }

  private void compileShim(String source) throws IOException {
    assertThat(cc(source).expectExit(0).output()).isEmpty();
  }

  private Outcome cc(String source) throws IOException {
    return cc(CCompiler.host(), CCompiler.STRICT, source);
  }

  private Outcome cc(CCompiler compiler, List<String> flags, String source) throws IOException {
    Files.writeString(dir.resolve("shim.c"), source);
    List<String> command = new ArrayList<>(compiler.line());
    command.addAll(flags);
    command.addAll(List.of("-Wmissing-prototypes", "-Wno-unused-parameter"));
    command.addAll(List.of("-O2", "-fPIC", "-shared", "-Iinclude/one"));
    command.addAll(Jdk.current().includes());
    command.addAll(List.of("shim.c", "-o", shim.toString()));
    return Commands.run(dir, command);
  }

  private List<String> run(Jdk jdk, String javaPackage, String key, String value) {
    ChildJvm child =
        new ChildJvm("contract")
            .jdk(jdk)
            .option("-Xcheck:jni", "-Xint", "-Dstdout.encoding=UTF-8", "-Dfile.encoding=UTF-8")
            .nativeAccess()
            .classPath(dir.resolve("driver"))
            .main("driver.Main", classes, shim, javaPackage, key, value);
    return child.run().expectExit(0).expectNoJniWarnings().output().lines().toList();
  }

  private String notAnnounced() {
    return "load java.lang.UnsatisfiedLinkError: contract not announced: no system property "
        + contract.onLoadProperty()
        + "; load this library through stowage-loader, with Java classes of the same build"
        + mark();
  }

  private String notBound(String className) {
    return "load java.lang.UnsatisfiedLinkError: "
        + className
        + ": cannot bind the native methods or upcalls of this class; Java classes and native"
        + " libraries are from different builds"
        + mark();
  }

  private String mark() {
    return " (" + Contract.MARK + contract.digest() + ")";
  }
}
