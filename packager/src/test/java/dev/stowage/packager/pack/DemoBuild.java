package dev.stowage.packager.pack;

import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import dev.stowage.packager.contract.Contract;
import dev.stowage.packager.contract.ContractGenerator;
import dev.stowage.packager.fixture.DemoProjects;
import dev.stowage.packager.fixture.RecordingConsole;
import dev.stowage.packager.message.Console;
import dev.stowage.packager.message.OptionStyle;
import dev.stowage.packager.project.Language;
import dev.stowage.packager.project.Project;
import dev.stowage.packager.project.Role;
import dev.stowage.packager.record.BuildOutput;
import dev.stowage.packager.record.FileDigests;
import dev.stowage.packager.record.Input;
import dev.stowage.packager.record.Json;
import dev.stowage.packager.record.LibraryName;
import dev.stowage.packager.record.OutputTree;
import dev.stowage.packager.record.Plan;
import dev.stowage.packager.record.Result;
import dev.stowage.packager.record.ToolVersion;
import dev.stowage.packager.verify.Rule;
import dev.stowage.packager.verify.Severity;
import dev.stowage.packager.verify.Verifier;
import dev.stowage.packager.verify.VerifyReport;
import dev.stowage.testing.CCompiler;
import dev.stowage.testing.JavaSources;
import dev.stowage.testing.Jdk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The output tree of a small library that cc built, as {@code build} writes it. */
final class DemoBuild {
  static final String CLASSIFIER = "linux-x86_64";
  static final String VERSION = "1.2.3";

  final Project project;
  final OutputTree output;
  final Path classes;
  final List<Contract> contracts;

  final String classifier;
  private final Target target;

  /** Builds for the host's classifier. */
  DemoBuild(Path dir) throws IOException {
    this(dir, DemoProjects.demo(dir, "demo.api.N"), CLASSIFIER);
  }

  /** Uses the same files for another target; only for binding {@code one} of the project. */
  DemoBuild(Path dir, Project project, String classifier) throws IOException {
    this.project = project;
    this.classifier = classifier;
    target = Targets.byClassifier(classifier);
    output = new OutputTree(dir.resolve("target/stowage"));
    classes = dir.resolve("target/classes");
    Map<String, String> sources = new TreeMap<>();
    sources.put(
        "demo.api.N",
        "package demo.api; public class N { public static native int add(int a, int b);"
            + " public static int use() {"
            + " dev.stowage.loader.NativeLibrary.of(N.class).require(\"one\");"
            + " return add(2, 3); } }");
    if (project.bindings().size() > 1) {
      sources.put("demo.api.Two", "package demo.api; class Two { static native void run(); }");
    }
    JavaSources.compile(classes, sources);
    contracts = ContractGenerator.generate(project, classes, output.root().resolve("include"));
    write(dir.resolve("demo.h"), "int demo_add(int a, int b);\n");
    write(dir.resolve("licenses/one/NOTICE.txt"), "who wrote what\n");
    write(dir.resolve("LICENSE"), "as is\n");
    build();
  }

  VerifyReport verify() {
    return verify(Map.of());
  }

  VerifyReport verify(Map<Rule, Severity> severities) {
    return Verifier.verify(built(project), contracts, severities, OptionStyle.COMMAND_LINE).get(0);
  }

  Packer packer() {
    return packer(new RecordingConsole());
  }

  Packer packer(Console console) {
    return new Packer(built(project), console);
  }

  /** The output as if it was built from another project file. */
  BuildOutput built(Project other) {
    return new BuildOutput(other, output, VERSION, List.of(target));
  }

  Path file(Role role) {
    return output.lib(classifier).resolve(result(role).file());
  }

  Result.Library result(Role role) {
    return Json.read(output.result(classifier, "one", role), Result.class).library();
  }

  static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void build() throws IOException {
    Path core =
        library(Role.CORE, "int demo_add(int a, int b) { return a + b; }", List.of(), "demo_add");
    List<String> more = new ArrayList<>(Jdk.current().includes());
    more.add("-I" + output.include("one"));
    more.add(core.toString());
    library(
        Role.SHIM,
        """
        #define STOWAGE_CONTRACT_ONLOAD
        #include "stowage_contract.h"
        extern int demo_add(int, int);
        jint JNICALL N_add(JNIEnv *env, jclass cls, jint a, jint b)
        { (void)env; (void)cls; return demo_add(a, b); }
        """,
        more,
        "JNI_OnLoad",
        "JNI_OnUnload");
  }

  private Path library(Role role, String source, List<String> more, String... exports)
      throws IOException {
    Plan plan =
        new Plan(
            Plan.FORMAT,
            project.library(),
            VERSION,
            "one",
            Language.RUST,
            role,
            classifier,
            "host",
            false,
            new TreeMap<>(Map.of("cc", new ToolVersion("gcc 12.2.0"))),
            List.of("-shared"),
            List.of(new Input("src/demo.c", FileDigests.sha256(new byte[] {1}))));
    String name = LibraryName.of(plan);
    Path script = output.work().resolve(name + ".map");
    write(script, "{ global: " + String.join("; ", exports) + "; local: *; };");
    List<String> flags = new ArrayList<>(CCompiler.GOOD_CORE);
    flags.addAll(List.of("-Wl,-soname," + name, "-Wl,--version-script," + script));
    flags.addAll(more);
    Path file = CCompiler.host().library(output.lib(classifier).resolve(name), source, flags);
    FileDigests.FileDigest digest = FileDigests.of(file);
    Result result =
        new Result(
            Result.FORMAT,
            plan.digest(),
            List.of(
                new Result.Library(role, name, digest.size(), digest.sha256(), digest.crc32())));
    write(
        output.plan(classifier, "one", role),
        new String(Json.indented(plan), StandardCharsets.UTF_8));
    write(
        output.result(classifier, "one", role),
        new String(Json.indented(result), StandardCharsets.UTF_8));
    return file;
  }
}
