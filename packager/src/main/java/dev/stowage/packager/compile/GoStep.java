package dev.stowage.packager.compile;

import dev.stowage.loader.platform.Format;
import dev.stowage.packager.contract.AbiHeader;
import dev.stowage.packager.linking.AppleStubs;
import dev.stowage.packager.linking.Linking;
import dev.stowage.packager.message.SharedMessages;
import dev.stowage.packager.project.Binding;
import dev.stowage.packager.project.Core;
import dev.stowage.packager.project.Role;
import dev.stowage.packager.record.Plan;
import dev.stowage.packager.tool.DirectoryTree;
import dev.stowage.packager.tool.Tool;
import dev.stowage.packager.tool.ToolBox;
import dev.stowage.packager.tool.ToolProcess;
import dev.stowage.packager.toolchain.GoModule;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Builds a Go core with {@code go build -buildmode=c-shared}. It exports only the functions of the
 * ABI header.
 */
record GoStep(BuildContext context, Binding binding) implements Step {
  private static final String OBJECTS = "objects";
  private static final Set<String> SKIPPED = Set.of("testdata", ".git", "node_modules");
  private static final Set<String> SOURCES =
      Set.of("go", "c", "h", "s", "S", "cc", "cpp", "cxx", "hh", "hpp", "syso");

  /** Variables of the user that change the output; recorded in the plan. */
  private static final List<String> VARIABLES =
      List.of(
          "GOFLAGS",
          "GOAMD64",
          "GOARM64",
          "GOEXPERIMENT",
          "CGO_CFLAGS",
          "CGO_CPPFLAGS",
          "CGO_LDFLAGS");

  /**
   * Settings that exclude other versions of Go and local overrides of modules: the module is built
   * as published.
   */
  private static final Map<String, String> PINNED =
      Map.of("GOTOOLCHAIN", "local", "GOWORK", "off", "CGO_ENABLED", "1");

  /** The version of the installed Go, which must be new enough for the module. */
  static String version(BuildContext context, Core core, GoModule module) {
    ToolBox.Found go = context.tools().require(Tool.GO);
    String version = context.versions().of(go, core.directory(), PINNED);
    module.check(core.directory(), version);
    return version;
  }

  @Override
  public Role role() {
    return Role.CORE;
  }

  @Override
  public Plan plan() {
    Core core = binding.core();
    GoModule module = GoModule.read(core.directory());
    String version = version(context, core, module);
    PlanInputs inputs = new PlanInputs(core.directory());
    sources(inputs, core.directory());
    module.replaced().forEach(directory -> sources(inputs, directory));
    inputs.text("exports", String.join("\n", exports()));
    TreeMap<String, String> versions = new TreeMap<>();
    versions.put("cc", context.toolchain().ccVersion());
    versions.put("go", version);
    List<String> flags = new ArrayList<>(context.variables(VARIABLES));
    flags.addAll(arguments("{name}", "{scratch}", List.of()));
    return context.plan(binding, Role.CORE, versions, flags, inputs);
  }

  private static void sources(PlanInputs inputs, Path directory) {
    inputs.optional(directory.resolve("go.mod")).optional(directory.resolve("go.sum"));
    inputs.tree(directory, SKIPPED, GoStep::source);
    for (Path embedding : DirectoryTree.files(directory, SKIPPED, GoStep::embeds)) {
      inputs.tree(embedding.getParent(), SKIPPED, file -> true);
    }
  }

  private static boolean source(Path file) {
    String name = file.getFileName().toString();
    return SOURCES.contains(name.substring(name.lastIndexOf('.') + 1))
        && !name.endsWith("_test.go");
  }

  private static boolean embeds(Path file) {
    try {
      return file.toString().endsWith(".go")
          && source(file)
          && Files.readString(file, StandardCharsets.ISO_8859_1).contains("//go:embed ");
    } catch (IOException e) {
      throw SharedMessages.cannotRead(file, e);
    }
  }

  @Override
  public List<String> exports() {
    return AbiHeader.read(binding.core().header()).functions();
  }

  /**
   * Go splits {@code -ldflags}, and then {@code -extldflags} in it, at spaces outside quotes; each
   * level uses its own kind of quote. The build id is turned off because it would depend on the
   * paths in these flags.
   */
  private List<String> arguments(String name, String scratch, List<String> scratchFlags) {
    Linking linking = context.toolchain().linking();
    List<String> external = new ArrayList<>(linking.common(name));
    external.addAll(linking.core());
    scratchFlags.forEach(flag -> external.add("\"" + flag + "\""));
    String ldflags =
        symbols(scratch)
            + " -buildid= -X main.version="
            + context.version()
            + " -extldflags '"
            + String.join(" ", external)
            + "'";
    return List.of(
        "-buildmode=c-shared",
        "-trimpath",
        "-buildvcs=false",
        "-ldflags",
        ldflags,
        binding.core().artifact());
  }

  /**
   * Flags that keep DWARF in a release build until it is split off. For macOS, Go omits DWARF from
   * c-shared libraries by default (golang/go#61229), and dsymutil reads it from the object files,
   * so they are kept in this directory.
   */
  private String symbols(String scratch) {
    return context.toolchain().release()
        ? "-w=0 \"-tmpdir=" + scratch + "/" + OBJECTS + "\""
        : "-s -w";
  }

  /**
   * A directory for the front of the PATH with a dsymutil and a strip that do nothing. Go runs both
   * after linking for macOS; it would append the DWARF after the segment that must be last, and run
   * a strip that supports ELF only.
   */
  private static Path withoutStrip(Path scratch) throws IOException {
    Path programs = Files.createDirectories(scratch.resolve("programs"));
    for (String name : List.of("dsymutil", "strip")) {
      Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\n");
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return programs;
  }

  private Map<String, String> prepared(Path scratch) {
    try {
      Files.createDirectories(scratch.resolve(OBJECTS));
      if (context.target().format() != Format.MACH_O) {
        return Map.of();
      }
      String path = context.tools().environment().getOrDefault("PATH", "");
      return Map.of("PATH", withoutStrip(scratch) + File.pathSeparator + path);
    } catch (IOException e) {
      throw SharedMessages.cannotWrite(scratch, e);
    }
  }

  @Override
  public Path compile(Plan plan, String name, Path scratch) {
    Path library = scratch.resolve(name);
    List<String> scratchFlags =
        new ArrayList<>(context.toolchain().linking().go(scratch, name, exports()));
    List<String> stubs = context.stubs(scratch);
    if (!stubs.isEmpty()) {
      AppleStubs.check(goRoot());
      scratchFlags.addAll(stubs);
    }
    List<String> line = context.tools().require(Tool.GO).line();
    line.addAll(List.of("build", "-o", library.toString()));
    line.addAll(arguments(name, scratch.toString(), scratchFlags));
    Map<String, String> environment = new HashMap<>(context.toolchain().goEnvironment());
    environment.putAll(PINNED);
    if (context.toolchain().release()) {
      environment.putAll(prepared(scratch));
    }
    if (context.offline()) {
      environment.put("GOPROXY", "off");
    }
    Path planFile = context.output().plan(plan.target(), binding.name(), Role.CORE);
    environment.putAll(plan.environment(planFile.toString()));
    ToolProcess.Outcome outcome =
        new ToolProcess(line, binding.core().directory(), context.tools().with(environment)).run();
    if (!outcome.succeeded() || !Files.isRegularFile(library)) {
      throw CompilerFailure.of(plan, "go", outcome);
    }
    outcome
        .err()
        .lines()
        .filter(l -> !l.isBlank() && !l.startsWith("go: downloading"))
        .forEach(context.console()::warn);
    return library;
  }

  private Path goRoot() {
    List<String> line = context.tools().require(Tool.GO).line();
    line.addAll(List.of("env", "GOROOT"));
    ToolProcess.Outcome outcome =
        new ToolProcess(line, binding.core().directory(), context.tools().with(PINNED)).run();
    return Path.of(outcome.out().strip());
  }
}
