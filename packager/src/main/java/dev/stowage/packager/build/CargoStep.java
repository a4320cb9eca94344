package dev.stowage.packager.build;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.packager.message.Messages;
import dev.stowage.packager.model.Core;
import dev.stowage.packager.model.Json;
import dev.stowage.packager.model.Plan;
import dev.stowage.packager.model.Role;
import dev.stowage.packager.model.Unit;
import dev.stowage.packager.tool.Command;
import dev.stowage.packager.tool.Tool;
import dev.stowage.packager.tool.ToolBox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Builds a Rust core with {@code cargo rustc}: only the last crate sees the flags of this build, so
 * dependencies stay compiled from build to build. The target directory is cargo's own choice
 * ({@code CARGO_TARGET_DIR}, {@code build.target-dir}, or beside the workspace): a clean of the
 * Java module does not throw third-party crates away.
 */
record CargoStep(BuildContext context, Unit unit) implements Step {
  private static final Set<String> SKIPPED = Set.of("target", ".git");

  private static final String ENCODED = "CARGO_ENCODED_RUSTFLAGS";

  /** Between the flags of {@code CARGO_ENCODED_RUSTFLAGS}. */
  private static final String SEPARATOR = "\u001f";

  /** Variables of the user that change the output; recorded in the plan. */
  private static final List<String> VARIABLES =
      List.of(
          "RUSTFLAGS",
          ENCODED,
          "CARGO_BUILD_RUSTFLAGS",
          "CARGO_PROFILE_RELEASE_LTO",
          "CARGO_PROFILE_RELEASE_OPT_LEVEL",
          "CARGO_PROFILE_RELEASE_CODEGEN_UNITS",
          "CARGO_PROFILE_RELEASE_DEBUG");

  @Override
  public Role role() {
    return Role.CORE;
  }

  @Override
  public Plan plan() {
    Core core = unit.core();
    CargoManifest manifest =
        CargoManifest.read(core.directory(), core.artifact(), context.tools().environment());
    Inputs inputs = new Inputs(core.directory());
    Path root = manifest.root();
    inputs.optional(root.resolve("Cargo.toml")).optional(root.resolve("Cargo.lock"));
    inputs.tree(root.resolve(".cargo"), Set.of(), file -> true);
    for (String name : List.of("rust-toolchain", "rust-toolchain.toml")) {
      inputs.optional(root.resolve(name));
    }
    for (Path directory : manifest.packages()) {
      inputs.optional(directory.resolve("Cargo.toml")).optional(directory.resolve("build.rs"));
      inputs.tree(directory.resolve("src"), SKIPPED, file -> true);
    }
    TreeMap<String, String> versions = new TreeMap<>();
    versions.put("cc", context.toolchain().ccVersion());
    for (Tool tool : List.of(Tool.CARGO, Tool.RUSTC)) {
      ToolBox.Found found = context.tools().require(tool);
      versions.put(tool.command(), context.versions().of(found, core.directory(), Map.of()));
    }
    List<String> flags = new ArrayList<>(context.variables(VARIABLES));
    flags.addAll(context.toolchain().cargoArguments());
    flags.add("-p=" + core.artifact());
    flags.addAll(codegen("{name}"));
    return context.plan(unit, Role.CORE, versions, flags, inputs);
  }

  private static List<String> codegen(String name) {
    List<String> flags = new ArrayList<>(List.of("-Cstrip=symbols"));
    for (String flag : LinkFlags.core(name)) {
      flags.add("-Clink-arg=" + flag);
    }
    return flags;
  }

  @Override
  public Path compile(Plan plan, String name, Path scratch) {
    Core core = unit.core();
    List<String> line = context.tools().require(Tool.CARGO).line();
    line.addAll(List.of("rustc", "--quiet", "--release", "--locked"));
    if (context.offline()) {
      line.add("--offline");
    }
    line.addAll(List.of("-p", core.artifact(), "--lib", "--crate-type", "cdylib"));
    line.addAll(List.of("--message-format", "json-render-diagnostics"));
    line.addAll(List.of("--config", "build.rustflags=" + json(remap())));
    line.addAll(context.toolchain().cargoArguments());
    line.add("--");
    line.addAll(codegen(name));
    Command.Outcome outcome = run(line, plan);
    if (!outcome.succeeded()) {
      throw CompilerFailure.of(plan, "cargo", outcome);
    }
    outcome.err().lines().filter(l -> !l.isBlank()).forEach(context.console()::warn);
    return library(outcome.out(), core);
  }

  private Command.Outcome run(List<String> line, Plan plan) {
    Path planFile = context.output().plan(plan.target(), unit.name(), Role.CORE);
    Map<String, String> environment = new HashMap<>(context.toolchain().environment());
    environment.putAll(plan.environment(planFile.toString()));
    Map<String, String> user = context.tools().environment();
    if (user.containsKey("RUSTFLAGS") || user.containsKey(ENCODED)) {
      // Cargo takes flags from one place only, and a variable wins over --config.
      List<String> flags = new ArrayList<>(userFlags(user));
      flags.addAll(remap());
      environment.put(ENCODED, String.join(SEPARATOR, flags));
    }
    return new Command(line, unit.core().directory(), context.tools().with(environment)).run();
  }

  private static List<String> userFlags(Map<String, String> user) {
    String encoded = user.get(ENCODED);
    String[] flags =
        encoded == null
            ? user.getOrDefault("RUSTFLAGS", "").split("\\s+", -1)
            : encoded.split(SEPARATOR, -1);
    return Arrays.stream(flags).filter(flag -> !flag.isEmpty()).toList();
  }

  /**
   * Paths of this machine stand in panic messages; they get the same names everywhere. Of several
   * that fit, rustc takes the last.
   */
  private List<String> remap() {
    Core core = unit.core();
    Map<String, String> environment = context.tools().environment();
    CargoManifest manifest = CargoManifest.read(core.directory(), core.artifact(), environment);
    Map<String, String> names = new LinkedHashMap<>();
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    names.put(environment.getOrDefault("CARGO_HOME", home + "/.cargo"), "cargo");
    names.put(environment.getOrDefault("CARGO_TARGET_DIR", ""), "target");
    for (Path directory : manifest.packages()) {
      names.put(directory.toString(), unit.name() + "/" + directory.getFileName());
    }
    names.put(core.directory().toString(), unit.name());
    names.put(manifest.root().toString(), unit.name());
    names.remove("");
    return names.entrySet().stream()
        .map(name -> "--remap-path-prefix=" + name.getKey() + "=" + name.getValue())
        .toList();
  }

  private static String json(List<String> flags) {
    return new String(Json.canonical(flags), StandardCharsets.UTF_8);
  }

  private Path library(String messages, Core core) {
    for (String line : messages.lines().filter(l -> l.startsWith("{")).toList()) {
      JsonNode message = Json.tree(line);
      boolean cdylib = message.path("target").path("crate_types").toString().contains("cdylib");
      if (message.path("reason").asText().equals("compiler-artifact") && cdylib) {
        for (JsonNode file : message.path("filenames")) {
          if (file.asText().endsWith(".so")) {
            return Path.of(file.asText());
          }
        }
      }
    }
    throw Messages.noLibrary(core.directory(), core.artifact());
  }
}
