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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code stowage_jni.h}: with failures that no JVM has on demand, in JVMs, and misused. */
class ShimHeaderTest {
  private static final List<String> SANITIZERS =
      List.of("-g", "-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all");

  @TempDir Path dir;

  @BeforeEach
  void header() throws IOException {
    Files.writeString(dir.resolve("stowage_jni.h"), header("stowage_jni.h"));
  }

  static Stream<CCompiler> compilers() {
    return Stream.of(CCompiler.host(), CCompiler.zig("x86_64-linux-gnu"));
  }

  static List<Jdk> jdks() {
    return Jdk.from(17);
  }

  @ParameterizedTest
  @MethodSource("compilers")
  void eachAllocationThatFailsIsAnExceptionAndLeaksNothing(CCompiler compiler) throws IOException {
    for (String optimization : List.of("-O0", "-O2")) {
      Commands.output(List.of(failures(compiler, List.of(optimization)).toString()));
    }
  }

  @Test
  void eachAllocationThatFailsIsFineWithSanitizers() throws IOException {
    Path program = failures(CCompiler.host(), SANITIZERS);
    assertThat(Commands.output(List.of("nm", "-D", program.toString())))
        .as("a program without sanitizers proves nothing")
        .contains("__asan_init", "__ubsan_handle");
    Commands.output(List.of(program.toString()));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void everyConversionAgreesWithJava(Jdk jdk) throws IOException {
    JavaSources.compile(dir, Map.of("demo.api.H", TestResource.text(getClass(), "H.java.txt")));
    Contract contract =
        ContractGenerator.generate(DemoProjects.demo(dir, "demo.api.H"), dir, dir).get(0);
    Path shim = dir.resolve("libshim.so");
    String source = TestResource.text(getClass(), "header_shim.c");
    List<String> line = List.of("-O2", "-fPIC", "-shared", "-Ione", "-o", shim.toString());
    assertThat(cc(CCompiler.host(), line, source).expectExit(0).output()).isEmpty();
    ChildJvm child =
        new ChildJvm("shim-header")
            .jdk(jdk)
            .option("-Xcheck:jni", "-Dstdout.encoding=UTF-8", "-Dfile.encoding=UTF-8")
            .option("-D" + contract.onLoadProperty() + "=demo/api/")
            .nativeAccess()
            .classPath(dir)
            .main("demo.api.H", shim);
    String range = "IllegalArgumentException: not a range of a direct buffer";
    assertThat(child.run().expectExit(0).expectNoJniWarnings().output().lines())
        .containsExactly(
            "NullPointerException: null passed to a native method",
            "NullPointerException: null passed to a native method",
            "NullPointerException: null passed to a native method",
            range,
            range,
            range,
            "ArrayIndexOutOfBoundsException",
            "ArrayIndexOutOfBoundsException",
            "IllegalArgumentException: lone surrogate in a string, at index 2",
            "IllegalArgumentException: lone surrogate in a string, at index 0",
            "IllegalArgumentException: text from native code is not UTF-8, at byte 1",
            "IllegalStateException: 7 hö",
            "nothing",
            "callbacks 5000050000",
            "UnsupportedOperationException: step 1",
            "UnsupportedOperationException: step 6",
            "after 2",
            "done");
  }

  @ParameterizedTest
  @MethodSource("compilers")
  void aJumpPastADeclarationDoesNotCompile(CCompiler compiler) throws IOException {
    String jump =
        """
        int read(JNIEnv *env, jbyteArray array, int kind);
        int read(JNIEnv *env, jbyteArray array, int kind) {
          if (kind == 0) {
            goto end;
          }
          STOWAGE_BYTES_OR_RETURN(in, array, 1);
          kind += (int)in.len;
        end:
          return kind;
        }
        """;
    refused(compiler, jump, "(?s).*(jump skips variable initialization|cannot jump from).*");
    compiles(compiler, jump.replace("goto end", "return 0").replace("end:", ""));
    String past =
        """
        int read(JNIEnv *env, jlongArray array, int kind);
        int read(JNIEnv *env, jlongArray array, int kind) {
          switch (kind) {
          case 0:;
            STOWAGE_SLOTS_OR_RETURN(in, array, 1);
            return (int)in.len;
          case 1:
            return 2;
          }
          return kind;
        }
        """;
    refused(compiler, past, "(?s).*(switch jumps over|cannot jump from switch).*");
  }

  @ParameterizedTest
  @MethodSource("compilers")
  void aDeclarationIsNotTheBodyOfAnIf(CCompiler compiler) throws IOException {
    refused(
        compiler,
        """
        int read(JNIEnv *env, jstring text);
        int read(JNIEnv *env, jstring text) {
          if (text != NULL)
            STOWAGE_UTF8_OR_RETURN(in, text, 1);
          return 0;
        }
        """,
        "(?s).*expected expression.*");
  }

  @Test
  void inCPlusPlusItIsOneSentence() throws IOException {
    Outcome cc = cc(CCompiler.host(), List.of("-fsyntax-only", "-D__cplusplus"), include());
    assertThat(cc.exit()).isNotZero();
    assertThat(cc.output())
        .contains("stowage_jni.h is for C, not for C++: put C++ behind the C header of the core");
  }

  @Test
  void statesLicenceAndVersionAndStaysShort() {
    String text = header("stowage_jni.h");
    assertThat(text)
        .contains("SPDX-License-Identifier: MIT-0", "#define STOWAGE_JNI_VERSION 1 ")
        .doesNotContain("NewStringUTF", "GetStringUTFRegion");
    assertThat(text.lines().count()).isLessThanOrEqualTo(450);
  }

  private Path failures(CCompiler compiler, List<String> flags) throws IOException {
    Files.writeString(dir.resolve("fake_jni.h"), TestResource.text(getClass(), "fake_jni.h"));
    Path program = dir.resolve("failures");
    List<String> line = new ArrayList<>(flags);
    line.addAll(List.of("-o", program.toString()));
    String source = TestResource.text(getClass(), "shim_header_test.c");
    assertThat(cc(compiler, line, source).expectExit(0).output()).isEmpty();
    return program;
  }

  private void refused(CCompiler compiler, String source, String message) throws IOException {
    Outcome cc = cc(compiler, List.of("-c", "-o", "refused.o"), include() + source);
    assertThat(cc.exit()).isNotZero();
    assertThat(cc.output()).matches(message);
  }

  private void compiles(CCompiler compiler, String source) throws IOException {
    cc(compiler, List.of("-c", "-o", "good.o"), include() + source).expectExit(0);
  }

  /** As a local build compiles: with warnings, and only what the header makes an error is one. */
  private static String include() {
    return "#include \"stowage_jni.h\"\n";
  }

  private Outcome cc(CCompiler compiler, List<String> arguments, String source) throws IOException {
    Files.writeString(dir.resolve("source.c"), source);
    List<String> command = new ArrayList<>(compiler.line());
    command.addAll(List.of("-std=c11", "-Wall", "-Wextra", "-Wno-unused-parameter", "-I."));
    command.addAll(Jdk.current().includes());
    command.add("source.c");
    command.addAll(arguments);
    return Commands.run(dir, command);
  }

  private static String header(String name) {
    return ContractHeader.resource(name);
  }
}
