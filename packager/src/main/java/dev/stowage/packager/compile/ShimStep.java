package dev.stowage.packager.compile;

import dev.stowage.loader.platform.Format;
import dev.stowage.packager.contract.AbiHeader;
import dev.stowage.packager.linking.Linking;
import dev.stowage.packager.project.Binding;
import dev.stowage.packager.project.Role;
import dev.stowage.packager.project.Shim;
import dev.stowage.packager.record.OutputTree;
import dev.stowage.packager.record.Plan;
import dev.stowage.packager.tool.AtomicFile;
import dev.stowage.packager.tool.ToolProcess;
import dev.stowage.packager.toolchain.JdkHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compiles and links a shim against the finished core.
 *
 * @param core the core's file name, which is its SONAME
 */
record ShimStep(BuildContext context, Binding binding, String core) implements Step {
  private static final List<String> COMPILE =
      List.of(
          "-std=c11",
          "-O2",
          "-Wall",
          "-Wextra",
          // JNI gives every native method parameters that most of them do not use.
          "-Wno-unused-parameter",
          "-fvisibility=hidden",
          "-fstack-protector-strong",
          "-shared");

  @Override
  public Role role() {
    return Role.SHIM;
  }

  /** Refuses a binding whose shim cannot be compiled, before minutes go into its core. */
  static void check(BuildContext context, Binding binding) {
    for (Path header : generatedHeaders(context, binding)) {
      if (!Files.isRegularFile(header)) {
        throw BuildMessages.noContractHeader(binding.name(), header, context.optionStyle());
      }
    }
    Shim shim = binding.shim();
    for (String file : shim.files()) {
      if (!file.endsWith(".c")) {
        throw BuildMessages.shimNotC(context.project().file(), binding.name(), file);
      }
      if (!Files.isRegularFile(shim.sources().resolve(file))) {
        throw BuildMessages.noShimFile(
            context.project().file(), binding.name(), file, shim.sources());
      }
    }
  }

  @Override
  public Plan plan() {
    Shim shim = binding.shim();
    PlanInputs inputs = new PlanInputs(context.project().directory());
    shim.files().forEach(file -> inputs.optional(shim.sources().resolve(file)));
    inputs.tree(shim.sources(), Set.of(), ShimStep::header);
    inputs.tree(binding.core().header().getParent(), Set.of(), ShimStep::header);
    inputs.named("jdk/jni.h", JdkHeaders.include().resolve("jni.h"));
    inputs.text("jni_md.h", jniMachineHeader());
    for (Path header : generatedHeaders(context, binding)) {
      inputs.named("include/" + header.getFileName(), header);
    }
    inputs.text("core", core);
    TreeMap<String, String> versions = new TreeMap<>();
    versions.put("cc", context.toolchain().ccVersion());
    List<String> flags = new ArrayList<>(compileFlags());
    flags.addAll(context.toolchain().linking().common("{name}"));
    return context.plan(binding, Role.SHIM, versions, flags, inputs);
  }

  /** The headers that {@code jni} writes. */
  private static List<Path> generatedHeaders(BuildContext context, Binding binding) {
    OutputTree output = context.output();
    return List.of(output.contractHeader(binding.name()), output.shimHeader(binding.name()));
  }

  private static boolean header(Path file) {
    return file.toString().endsWith(".h");
  }

  @Override
  public List<String> exports() {
    return AbiHeader.SHIM_EXPORTS;
  }

  /** All code of Windows is position independent, and clang warns of the flag there. */
  private List<String> compileFlags() {
    List<String> flags = new ArrayList<>(COMPILE);
    // Only a release build has the same compiler on every machine, and with it the same warnings.
    // zig's own choice for Windows is CodeView, which a PDB would have to go with.
    flags.addAll(
        context.toolchain().release() ? List.of("-Werror", "-g", "-gdwarf-4") : List.of("-s"));
    if (context.target().format() != Format.PE) {
      flags.add("-fPIC");
    }
    return flags;
  }

  @Override
  public Path compile(Plan plan, String name, Path scratch) {
    OutputTree output = context.output();
    Path headers = output.planInclude(plan.target(), binding.name());
    write(headers.resolve("stowage_plan.h"), planHeader(plan, core));
    Path jni = output.work().resolve("jni").resolve(machine());
    write(jni.resolve("jni_md.h"), jniMachineHeader());
    Path library = scratch.resolve(name);
    Shim shim = binding.shim();
    List<String> line = new ArrayList<>(context.toolchain().cc());
    line.addAll(compileFlags());
    line.add("-ffile-prefix-map=" + context.project().directory() + "=" + binding.name());
    line.add("-ffile-prefix-map=" + output.root() + "=stowage");
    line.add("-ffile-prefix-map=" + binding.core().directory() + "=" + binding.name());
    line.add("-ffile-prefix-map=" + JdkHeaders.include() + "=jdk");
    for (Path include :
        List.of(
            jni,
            JdkHeaders.include(),
            output.include(binding.name()),
            headers,
            binding.core().header().getParent(),
            shim.sources())) {
      line.add("-I" + include);
    }
    shim.files().forEach(file -> line.add(shim.sources().resolve(file).toString()));
    line.add(context.linked(core).toString());
    Linking linking = context.toolchain().linking();
    line.addAll(linking.common(name));
    line.addAll(linking.shim(scratch, name, exports()));
    line.addAll(List.of("-o", library.toString()));
    ToolProcess.Outcome outcome =
        new ToolProcess(
                line, context.project().directory(), context.tools().with(Map.of("LC_ALL", "C")))
            .run();
    if (!outcome.succeeded()) {
      throw CompilerFailure.of(plan, line.get(0), outcome);
    }
    if (!outcome.err().isBlank()) {
      context
          .console()
          .warn(BuildMessages.shimWarnings(plan.target(), binding.name(), outcome.err()));
    }
    return library;
  }

  private static void write(Path file, String text) {
    AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String planHeader(Plan plan, String core) {
    StringBuilder text =
        new StringBuilder(
            "/* Facts of this build, from plan.json. SPDX-License-Identifier: MIT-0 */\n");
    text.append("#ifndef STOWAGE_PLAN_H\n#define STOWAGE_PLAN_H\n");
    define(text, "STOWAGE_LIBRARY", plan.library());
    define(text, "STOWAGE_VERSION", plan.version());
    define(text, "STOWAGE_BINDING", plan.binding());
    define(text, "STOWAGE_TARGET", plan.target());
    define(text, "STOWAGE_CORE", core);
    return text.append("#endif\n").toString();
  }

  private static void define(StringBuilder text, String name, String value) {
    text.append("#define ").append(name).append(" \"").append(value).append("\"\n");
  }

  private String machine() {
    return context.target().format() == Format.PE ? "windows" : "unix";
  }

  /** Our own text: the JDK's differs per platform, and cross builds have no JDK of the target. */
  private String jniMachineHeader() {
    String name = "jni_md_" + machine() + ".h";
    try (InputStream in = ShimStep.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
