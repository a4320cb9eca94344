package dev.stowage.packager.compile;

import dev.stowage.loader.platform.Targets;
import dev.stowage.packager.contract.AbiHeader;
import dev.stowage.packager.message.Messages;
import dev.stowage.packager.project.Binding;
import dev.stowage.packager.project.Core;
import dev.stowage.packager.project.Role;
import dev.stowage.packager.record.Json;
import dev.stowage.packager.record.Plan;
import dev.stowage.packager.tool.Command;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
 * Java module does not throw third-party crates away. cargo locks that directory, and the largest
 * crate keeps one processor busy for minutes while another one idles: so every second row has a
 * directory of its own inside of it, and is built beside the others.
 */
record CargoStep(BuildContext context, Binding binding) implements Step {
  private static final Set<String> SKIPPED = Set.of("target", ".git");

  private static final String ENCODED = "CARGO_ENCODED_RUSTFLAGS";

  /** Between the flags of {@code CARGO_ENCODED_RUSTFLAGS}. */
  private static final String SEPARATOR = "\u001f";

  /** Name of the second lane and of its directory in cargo's. */
  private static final String SECOND = "second";

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

  /** A row is always built in the same directory, whatever other rows are: there its crates are. */
  @Override
  public String lane() {
    return Step.super.lane() + (second() ? " " + SECOND : "");
  }

  private boolean second() {
    return context.toolchain().release() && Targets.all().indexOf(context.target()) % 2 == 1;
  }

  @Override
  public Plan plan() {
    Core core = binding.core();
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
    inputs.text("exports", String.join("\n", exports()));
    Toolchain.Cargo cargo = context.toolchain().cargo();
    TreeMap<String, String> versions = new TreeMap<>(cargo.versions());
    versions.put("cc", context.toolchain().ccVersion());
    List<String> flags = new ArrayList<>(context.variables(VARIABLES));
    flags.addAll(cargo.arguments());
    flags.addAll(cargo.rustFlags());
    flags.add("-p=" + core.artifact());
    flags.addAll(codegen("{name}"));
    return context.plan(binding, Role.CORE, versions, flags, inputs);
  }

  @Override
  public List<String> exports() {
    return AbiHeader.read(binding.core().header()).functions();
  }

  private List<String> codegen(String name) {
    Linking linking = context.toolchain().linking();
    // rustc strips Mach-O with a tool that distributions leave out.
    boolean strips = !context.toolchain().release() && !context.target().format().equals("mach-o");
    List<String> flags = new ArrayList<>(List.of("-Cstrip=" + (strips ? "symbols" : "none")));
    flags.addAll(linkArguments(linking.common(name)));
    flags.addAll(linkArguments(linking.core()));
    return flags;
  }

  private static List<String> linkArguments(List<String> flags) {
    return flags.stream().map(flag -> "-Clink-arg=" + flag).toList();
  }

  /**
   * The library is written to its own name at once: on Windows that name goes into it, and cargo
   * has no way to tell it.
   */
  @Override
  public Path compile(Plan plan, String name, Path scratch) {
    Core core = binding.core();
    Toolchain.Cargo cargo = context.toolchain().cargo();
    Path library = scratch.resolve(name);
    List<String> line = new ArrayList<>(cargo.line());
    line.addAll(List.of("rustc", "--quiet", "--release", "--locked"));
    if (context.offline()) {
      line.add("--offline");
    }
    line.addAll(List.of("-p", core.artifact(), "--lib", "--crate-type", "cdylib"));
    if (second()) {
      Path directory = targetDirectory(cargo, plan).resolve(SECOND);
      line.addAll(List.of("--target-dir", directory.toString()));
    }
    line.addAll(List.of("--config", "build.rustflags=" + json(rustFlags(cargo))));
    line.addAll(cargo.arguments());
    line.addAll(List.of("--", "--emit=link=" + library));
    line.addAll(codegen(name));
    Linking linking = context.toolchain().linking();
    line.addAll(linkArguments(linking.rust(scratch, name, exports())));
    line.addAll(linkArguments(context.stubs(scratch)));
    Command.Outcome outcome = run(cargo, line, plan);
    if (!outcome.succeeded()) {
      throw CompilerFailure.of(plan, "cargo", outcome);
    }
    told(outcome.err()).forEach(context.console()::warn);
    if (!Files.isRegularFile(library)) {
      throw Messages.noLibrary(core.directory(), core.artifact());
    }
    return library;
  }

  private Path targetDirectory(Toolchain.Cargo cargo, Plan plan) {
    List<String> line = new ArrayList<>(cargo.program());
    line.addAll(List.of("metadata", "--no-deps", "--format-version=1"));
    Command.Outcome outcome = run(cargo, line, plan);
    if (!outcome.succeeded()) {
      throw CompilerFailure.of(plan, "cargo", outcome);
    }
    return Path.of(Json.tree(outcome.out()).path("target_directory").textValue());
  }

  /** rustc looks for Apple's SDK, without which all is linked that is needed (AppleStubs). */
  static List<String> told(String warnings) {
    List<String> told = new ArrayList<>();
    boolean aboutSdk = false;
    for (String line : warnings.lines().filter(l -> !l.isBlank()).toList()) {
      aboutSdk = line.contains("\"xcrun\"") || (aboutSdk && line.startsWith(" "));
      if (!aboutSdk) {
        told.add(line);
      }
    }
    return told;
  }

  private Command.Outcome run(Toolchain.Cargo cargo, List<String> line, Plan plan) {
    Path planFile = context.output().plan(plan.target(), binding.name(), Role.CORE);
    Map<String, String> environment = new HashMap<>(cargo.environment());
    environment.putAll(plan.environment(planFile.toString()));
    Map<String, String> user = context.tools().environment();
    if (user.containsKey("RUSTFLAGS") || user.containsKey(ENCODED)) {
      // Cargo takes flags from one place only, and a variable wins over --config.
      List<String> flags = new ArrayList<>(userFlags(user));
      flags.addAll(rustFlags(cargo));
      environment.put(ENCODED, String.join(SEPARATOR, flags));
    }
    return new Command(line, binding.core().directory(), context.tools().with(environment)).run();
  }

  private static List<String> userFlags(Map<String, String> user) {
    String encoded = user.get(ENCODED);
    String[] flags =
        encoded == null
            ? user.getOrDefault("RUSTFLAGS", "").split("\\s+", -1)
            : encoded.split(SEPARATOR, -1);
    return Arrays.stream(flags).filter(flag -> !flag.isEmpty()).toList();
  }

  private List<String> rustFlags(Toolchain.Cargo cargo) {
    List<String> flags = new ArrayList<>(cargo.rustFlags());
    flags.addAll(remap(cargo));
    return flags;
  }

  /**
   * Paths of this machine stand in panic messages; they get the same names everywhere. Of several
   * that fit, rustc takes the last.
   */
  private List<String> remap(Toolchain.Cargo cargo) {
    Core core = binding.core();
    Map<String, String> environment = context.tools().environment();
    CargoManifest manifest = CargoManifest.read(core.directory(), core.artifact(), environment);
    Map<String, String> names = new LinkedHashMap<>();
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    names.put(environment.getOrDefault("CARGO_HOME", home + "/.cargo"), "cargo");
    names.put(environment.getOrDefault("CARGO_TARGET_DIR", ""), "target");
    names.putAll(cargo.sources());
    for (Path directory : manifest.packages()) {
      names.put(directory.toString(), binding.name() + "/" + directory.getFileName());
    }
    names.put(core.directory().toString(), binding.name());
    names.put(manifest.root().toString(), binding.name());
    names.remove("");
    return names.entrySet().stream()
        .map(name -> "--remap-path-prefix=" + name.getKey() + "=" + name.getValue())
        .toList();
  }

  private static String json(List<String> flags) {
    return new String(Json.canonical(flags), StandardCharsets.UTF_8);
  }
}
