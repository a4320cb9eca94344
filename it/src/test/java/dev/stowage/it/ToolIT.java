package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.it.harness.EachJdk;
import dev.stowage.it.harness.JvmSetup;
import dev.stowage.it.harness.Reactor;
import dev.stowage.it.scenario.Pulls;
import dev.stowage.it.scenario.SampleModules;
import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.Jdk;
import dev.stowage.testing.Outcome;
import dev.stowage.testing.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;

/**
 * Runs {@code java -jar} with the drop-in JAR, without JVM flags, and checks standard output,
 * standard error and exit codes.
 */
class ToolIT {
  private final Path directory = SharedFiles.directory("tool");
  private final Path calculator = directory.resolve("calculator.wasm");
  private final Path asker = directory.resolve("asker.wasm");

  @BeforeEach
  void modules() throws IOException {
    Files.write(calculator, SampleModules.calculator());
    Files.write(asker, SampleModules.asker());
  }

  @EachJdk
  void demoGoesTheWholeWay(Jdk jdk) {
    ChildJvm child = tool(jdk, "demo");
    String out = good(child);
    assertThat(out.lines().map(line -> line.strip().split(" ", 2)[0]))
        .containsSubsequence(
            "Loaded", "Loaded", "Pushed", "Pulled", "Validated", "Described", "Ran", "Done");
    assertThat(out).contains("factorial(20) = 2432902008176640000").contains(" ms");
    assertThat(child.tmp()).as("nothing left behind").isEmptyDirectory();
  }

  @EachJdk
  void doctorReportsWithoutLoading(Jdk jdk) throws IOException {
    ChildJvm child = tool(jdk, "doctor");
    assertThat(good(child))
        .contains(Reactor.classifier())
        .contains("binding rust")
        .contains("binding go")
        .contains("No errors.");
    assertThat(child.cache()).isEmptyDirectory();
    JsonNode json = new ObjectMapper().readTree(good(tool(jdk, "doctor", "--json")));
    assertThat(json.isObject()).isTrue();
    assertThat(json.toString()).contains(Reactor.classifier());
  }

  @EachJdk
  void describeListsImportsAndExports(Jdk jdk) {
    String out = good(tool(jdk, "describe", asker.toString()));
    assertThat(out)
        .contains("1 import, 1 export")
        .containsPattern("Import  func +host\\.call +\\(i64\\) -> \\(i64\\)")
        .containsPattern("Export  func +ask +\\(i64\\) -> \\(i64\\)");
  }

  @EachJdk
  void runCallsAnExport(Jdk jdk) {
    assertThat(good(tool(jdk, "run", calculator.toString(), "add", "40", "2")))
        .contains("Returned  add(40, 2) = 42");
    String asked = good(tool(jdk, "run", asker.toString(), "ask", "-7"));
    assertThat(asked).contains("Host  -7").contains("Returned  ask(-7) = -7");
  }

  @EachJdk
  void helpIsOutputWhenAskedFor(Jdk jdk) {
    assertThat(good(tool(jdk, "--help")))
        .contains("doctor ")
        .contains("describe FILE")
        .contains("demo");
  }

  @EachJdk
  void wrongUsageIs2AndSaysWhatWasMeant(Jdk jdk) {
    assertThat(bad(tool(jdk, "desribe", "x"), 2))
        .contains("unknown command 'desribe'; did you mean 'describe'?");
    assertThat(bad(tool(jdk, "frobnicate"), 2))
        .isEqualTo("error: unknown command 'frobnicate'\n  --help lists the commands\n");
    assertThat(bad(tool(jdk, "run"), 2)).contains("usage: run FILE [EXPORT [ARGS...]]");
    assertThat(bad(tool(jdk, "pull", "--jsn", "a", "b"), 2)).contains("did you mean '--json'?");
    assertThat(bad(tool(jdk, "run", calculator.toString(), "add", "forty", "2"), 2))
        .contains("'forty' is not an i64");
    assertThat(bad(tool(jdk, "pull", "only-one"), 2)).contains("usage: pull REF FILE");
  }

  @EachJdk
  void failureIs1WithOneLine(Jdk jdk) throws IOException {
    Path missing = directory.resolve("missing.wasm");
    assertThat(bad(tool(jdk, "describe", missing.toString()), 1))
        .isEqualTo("error: cannot read " + missing + ": no such file\n");
    Path broken = Files.write(directory.resolve("broken.wasm"), new byte[] {0, 'a', 's', 'm'});
    assertThat(bad(tool(jdk, "describe", broken.toString()), 1))
        .isEqualTo("error: not a WebAssembly module: unexpected end at byte 4\n");
    assertThat(bad(tool(jdk, "describe", directory.toString()), 1))
        .isEqualTo("error: cannot read " + directory + ": is a directory\n");
    assertThat(bad(tool(jdk, "run", calculator.toString(), "ad"), 1))
        .startsWith("error: the module has no function 'ad'");
    assertThat(bad(tool(jdk, "run", calculator.toString(), "trap"), 1))
        .startsWith("error: trap in function 'trap': ");
    String pull =
        bad(tool(jdk, "pull", "oci:" + directory + ":v1", directory.resolve("out").toString()), 1);
    assertThat(pull).startsWith("error: " + directory + ": ").contains("not found");
    assertThat(bad(tool(jdk, "pull", "bad ref", directory.resolve("out").toString()), 1))
        .isEqualTo(
            "error: invalid reference 'bad ref': missing registry or repository; write"
                + " host[:port]/repository[:tag][@sha256:...] or oci:DIRECTORY:TAG\n");
  }

  @EachJdk
  void nativesThatAreMissingAreAnErrorLikeAnyOther(Jdk jdk) {
    JvmSetup elsewhere =
        JvmSetup.dropIn().flags("-Dstowage.wasm.path=" + SharedFiles.directory("no-natives"));
    String text = bad(elsewhere.tool(jdk, "describe", calculator.toString()), 1);
    assertThat(text).startsWith("error: STOW-");
    assertThat(good(elsewhere.tool(jdk, "--version"))).as("needs none").isNotEmpty();
  }

  @EachJdk
  void pullWritesTheModuleAndPrintsItsDigest(Jdk jdk) throws IOException {
    Path layout = directory.resolve("layout");
    String digest =
        JvmSetup.dropIn()
            .child(jdk, Pulls.class)
            .arguments("push", "push", calculator, "oci:" + layout + ":v1")
            .run()
            .expectOk()
            .result("push");
    Path pulled = directory.resolve("pulled.wasm");
    String reference = "oci:" + layout + ":v1";
    assertThat(good(tool(jdk, "pull", reference, pulled.toString())))
        .contains("      Pulled  " + reference + " -> " + pulled + "\n")
        .contains("      Module  " + digest + ", ");
    JsonNode json = new ObjectMapper().readTree(good(tool(jdk, "resolve", reference, "--json")));
    assertThat(json.at("/artifact/module/digest").asText()).isEqualTo(digest);
    assertThat(pulled).hasSameBinaryContentAs(calculator);
  }

  @EachJdk
  void versionIsTheJars(Jdk jdk) {
    ChildJvm child = tool(jdk, "--version");
    assertThat(good(child)).isEqualTo("stowage-wasm " + Reactor.version() + "\n");
    assertThat(child.cache()).as("no core was loaded").isEmptyDirectory();
  }

  private static ChildJvm tool(Jdk jdk, String... arguments) {
    return JvmSetup.dropIn().tool(jdk, arguments);
  }

  private static String good(ChildJvm child) {
    Outcome outcome = child.run().expectExit(0).expectQuiet();
    assertThat(outcome.out()).as(outcome.toString()).isNotEmpty();
    return outcome.out();
  }

  private static String bad(ChildJvm child, int exit) {
    Outcome outcome = child.run().expectExit(exit);
    assertThat(outcome.out()).as(outcome.toString()).isEmpty();
    assertThat(outcome.err()).as(outcome.toString()).doesNotContain("\tat ");
    return outcome.err();
  }
}
