package dev.stowage.packager.compile;

import dev.stowage.loader.platform.Format;
import dev.stowage.packager.cache.CargoVariables;
import dev.stowage.packager.cache.CrateCache;
import dev.stowage.packager.cache.RustCompiler;
import dev.stowage.packager.cache.Sysroot;
import dev.stowage.packager.contract.AbiHeader;
import dev.stowage.packager.linking.Linking;
import dev.stowage.packager.project.Binding;
import dev.stowage.packager.project.Core;
import dev.stowage.packager.project.Role;
import dev.stowage.packager.record.FileDigests;
import dev.stowage.packager.record.Json;
import dev.stowage.packager.record.Plan;
import dev.stowage.packager.tool.Tool;
import dev.stowage.packager.tool.ToolProcess;
import dev.stowage.packager.toolchain.CargoManifest;
import dev.stowage.packager.toolchain.Toolchain;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Builds a Rust core with {@code cargo rustc}: only the crate itself gets the flags of this build,
 * so its dependencies need not be compiled again. Each core has one target directory per target, so
 * that builds neither wait for each other's lock nor mix up crates. Third-party crates and std come
 * from the build cache.
 */
record CargoStep(BuildContext context, Binding binding) implements Step {
  private static final Set<String> SKIPPED = Set.of("target", ".git");

  /** Hex digits that distinguish the compilers of one machine. */
  private static final int SHORT_DIGEST = 8;

  /** Variables of the user that change the output; recorded in the plan. */
  private static final List<String> VARIABLES =
      List.of(
          "RUSTFLAGS",
          CargoVariables.ENCODED_RUSTFLAGS,
          "CARGO_BUILD_RUSTFLAGS",
          "CARGO_PROFILE_RELEASE_LTO",
          "CARGO_PROFILE_RELEASE_OPT_LEVEL",
          "CARGO_PROFILE_RELEASE_CODEGEN_UNITS",
          "CARGO_PROFILE_RELEASE_DEBUG");

  @Override
  public Role role() {
    return Role.CORE;
  }

  /**
   * The target directory. Each rustc has its own, because it cannot use the output of another one.
   */
  private Path targetDirectory(Toolchain.Cargo cargo) {
    String rustc = cargo.versions().get(Tool.RUSTC.command());
    String digest = FileDigests.sha256(rustc.getBytes(StandardCharsets.UTF_8));
    Path all = context.output().work().resolve("cargo").resolve(binding.name());
    return all.resolve(context.classifier() + "-" + digest.substring(0, SHORT_DIGEST));
  }

  @Override
  public Plan plan() {
    Core core = binding.core();
    CargoManifest manifest =
        CargoManifest.read(core.directory(), core.artifact(), context.tools().environment());
    PlanInputs inputs = new PlanInputs(core.directory());
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
    cargo.stdSource().ifPresent(source -> flags.addAll(Sysroot.PROFILE));
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
    // For Mach-O, rustc needs a strip program that distributions do not install.
    boolean strips = !context.toolchain().release() && context.target().format() != Format.MACH_O;
    List<String> flags = new ArrayList<>(List.of("-Cstrip=" + (strips ? "symbols" : "none")));
    flags.addAll(linkArguments(linking.common(name)));
    flags.addAll(linkArguments(linking.core()));
    return flags;
  }

  private static List<String> linkArguments(List<String> flags) {
    return flags.stream().map(flag -> "-Clink-arg=" + flag).toList();
  }

  /**
   * Lets rustc write the library under its final name: on Windows the linker stores that name in
   * the file, and cargo has no option for it.
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
    line.addAll(List.of("--target-dir", targetDirectory(cargo).toString()));
    line.addAll(cargo.arguments());
    Optional<CrateCache> crates =
        CrateCache.open(context.cache(), compiler(cargo), scratch, context.console());
    List<String> flags = new ArrayList<>(cargo.rustFlags());
    sysroot(cargo, scratch).ifPresent(sysroot -> flags.add("--sysroot=" + sysroot));
    flags.addAll(machineRemaps(cargo));
    List<String> own = projectRemaps();
    Map<String, String> variables = new HashMap<>();
    if (crates.isPresent()) {
      variables.putAll(crates.get().environment(cargoHome(), targetDirectory(cargo), own));
    } else {
      flags.addAll(own);
      flags.add(remap(targetDirectory(cargo), "target"));
    }
    line.addAll(List.of("--config", "build.rustflags=" + json(flags)));
    line.addAll(List.of("--", "--emit=link=" + library));
    line.addAll(codegen(name));
    Linking linking = context.toolchain().linking();
    line.addAll(linkArguments(linking.rust(scratch, name, exports())));
    line.addAll(linkArguments(context.stubs(scratch)));
    ToolProcess.Outcome outcome = run(cargo, line, plan, flags, variables);
    crates.ifPresent(
        c -> c.report(context.cache(), context.classifier(), binding.name(), context.console()));
    if (!outcome.succeeded()) {
      throw CompilerFailure.of(plan, "cargo", outcome);
    }
    withoutSdkNote(outcome.err()).forEach(context.console()::warn);
    if (!Files.isRegularFile(library)) {
      throw BuildMessages.noLibrary(core.directory(), core.artifact());
    }
    return library;
  }

  private RustCompiler compiler(Toolchain.Cargo cargo) {
    return new RustCompiler(
        cargo.rustc().line(), binding.core().directory(), context.tools().environment());
  }

  /** The version number without the rest of the line. */
  private static String version(Toolchain.Cargo cargo) {
    return Tool.RUSTC.version(cargo.versions().get(Tool.RUSTC.command())).split(" ", 2)[0];
  }

  /** The sysroot with std for a target whose std is not installed. */
  private Optional<Path> sysroot(Toolchain.Cargo cargo, Path scratch) {
    return cargo
        .stdSource()
        .map(
            source -> {
              List<String> flags =
                  new ArrayList<>(CargoVariables.userFlags(context.tools().environment()));
              flags.addAll(cargo.rustFlags());
              Sysroot std =
                  new Sysroot(
                      context.classifier(),
                      context.target().rustTriple(),
                      new RustCompiler(
                          cargo.rustc().line(),
                          binding.core().directory(),
                          context.tools().with(cargo.environment())),
                      cargo.line(),
                      source,
                      version(cargo),
                      flags,
                      cargo.platform());
              Path own = context.output().work().resolve("std");
              return std.provide(
                  context.cache(), own, scratch, context.offline(), context.console());
            });
  }

  /**
   * Removes rustc's warning that Apple's SDK is missing: {@link
   * dev.stowage.packager.linking.AppleStubs} provides all that is needed.
   */
  static List<String> withoutSdkNote(String warnings) {
    List<String> kept = new ArrayList<>();
    boolean aboutSdk = false;
    for (String line : warnings.lines().filter(l -> !l.isBlank()).toList()) {
      aboutSdk = line.contains("\"xcrun\"") || (aboutSdk && line.startsWith(" "));
      if (!aboutSdk) {
        kept.add(line);
      }
    }
    return kept;
  }

  private ToolProcess.Outcome run(
      Toolchain.Cargo cargo,
      List<String> line,
      Plan plan,
      List<String> flags,
      Map<String, String> variables) {
    Path planFile = context.output().plan(plan.target(), binding.name(), Role.CORE);
    Map<String, String> environment = new HashMap<>(cargo.environment());
    environment.putAll(plan.environment(planFile.toString()));
    environment.putAll(variables);
    Map<String, String> user = context.tools().environment();
    if (user.containsKey("RUSTFLAGS") || user.containsKey(CargoVariables.ENCODED_RUSTFLAGS)) {
      // Cargo reads flags from one place only, and the variable overrides --config.
      List<String> all = new ArrayList<>(CargoVariables.userFlags(user));
      all.addAll(flags);
      environment.put(CargoVariables.ENCODED_RUSTFLAGS, CargoVariables.encode(all));
    }
    return new ToolProcess(line, binding.core().directory(), context.tools().with(environment))
        .run();
  }

  private String cargoHome() {
    return CargoVariables.home(context.tools().environment());
  }

  /**
   * Replaces paths of this machine, which panic messages contain, by fixed names. The names do not
   * depend on the project, so that projects can share compiled crates.
   */
  private List<String> machineRemaps(Toolchain.Cargo cargo) {
    List<String> remaps = new ArrayList<>(List.of(remap(Path.of(cargoHome()), "cargo")));
    cargo.stdSource().ifPresent(source -> remaps.add(remap(source, "rust")));
    return remaps;
  }

  /** Replaces paths of the project. If several prefixes match, rustc uses the last one. */
  private List<String> projectRemaps() {
    Core core = binding.core();
    CargoManifest manifest =
        CargoManifest.read(core.directory(), core.artifact(), context.tools().environment());
    Map<Path, String> names = new LinkedHashMap<>();
    for (Path directory : manifest.packages()) {
      names.put(directory, binding.name() + "/" + directory.getFileName());
    }
    names.put(core.directory(), binding.name());
    names.put(manifest.root(), binding.name());
    return names.entrySet().stream().map(name -> remap(name.getKey(), name.getValue())).toList();
  }

  private static String remap(Path directory, String name) {
    return "--remap-path-prefix=" + directory + "=" + name;
  }

  private static String json(List<String> flags) {
    return new String(Json.canonical(flags), StandardCharsets.UTF_8);
  }
}
