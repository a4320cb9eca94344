package dev.stowage.packager.cache;

import dev.stowage.packager.message.Console;
import dev.stowage.packager.message.SharedMessages;
import dev.stowage.packager.record.FileDigests;
import dev.stowage.packager.record.Json;
import dev.stowage.packager.tool.ToolProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Rust's standard library for a target, built from the source that comes with rustc and given to
 * rustc by {@code --sysroot}. To a project it is the same as a library that {@code rustup target
 * add} installs: no nightly option is needed.
 *
 * @param target classifier, for messages
 * @param triple rustc's name of the target
 * @param rustc the compiler that builds it and will use it
 * @param cargo program and leading arguments of the matching cargo or of its driver: for Windows,
 *     rustc runs the dlltool that cargo-zigbuild puts on the PATH
 * @param source directory {@code rust} of the library's source
 * @param version of rustc, for messages
 * @param flags flags of rustc for each of its crates
 * @param variables variables that change the result, such as the minimum version of macOS
 * @since 0.1.0
 */
public record Sysroot(
    String target,
    String triple,
    RustCompiler rustc,
    List<String> cargo,
    Path source,
    String version,
    List<String> flags,
    Map<String, String> variables) {

  /** Part of the cache key. Raise the number when equal inputs are to give another library. */
  private static final String FORMAT = "stowage-std 1";

  /**
   * Settings of the profile: those of Rust's own releases, plus file and line of every function for
   * the debug file. As with an installed library, the project's profile does not apply.
   */
  public static final List<String> PROFILE =
      List.of(
          "opt-level=3",
          "codegen-units=1",
          "lto='off'",
          "panic='unwind'",
          "debug='line-tables-only'",
          "split-debuginfo='unpacked'",
          "strip='none'");

  /** The smallest manifest that cargo accepts for a package without code. */
  private static final String MANIFEST =
      "[package]\nname = \"stowage-std\"\nversion = \"0.0.0\"\nedition = \"2021\"\n"
          + "[lib]\npath = \"lib.rs\"\n[workspace]\n";

  /** Copies the collections. */
  public Sysroot {
    cargo = List.copyOf(cargo);
    flags = List.copyOf(flags);
    variables = Map.copyOf(variables);
  }

  /**
   * Returns the directory for {@code --sysroot}, and builds it unless an earlier build did.
   *
   * @param cache the shared place
   * @param own a directory of this project, for builds without a cache
   * @param scratch an empty directory of this step
   * @param offline cargo may not use the network
   */
  public Path provide(BuildCache cache, Path own, Path scratch, boolean offline, Console console) {
    String key = key();
    Optional<Path> shared = cache.directory("std");
    Path place = shared.orElse(own);
    if (CacheEntry.intact(place.resolve(key), console)) {
      console.step(CacheMessages.stdCached(target, version));
      return place.resolve(key);
    }
    console.step(CacheMessages.stdBuilding(target, version));
    long start = System.nanoTime();
    List<Path> libraries = build(scratch, offline);
    console.step(CacheMessages.stdBuilt(target, version, (System.nanoTime() - start) / 1_000_000));
    if (shared.isPresent()) {
      try {
        return CacheEntry.publish(shared.get().resolve(key), entry -> copy(libraries, entry));
      } catch (IOException e) {
        cache.unusable(e.toString());
      }
    }
    try {
      return CacheEntry.publish(own.resolve(key), entry -> copy(libraries, entry));
    } catch (IOException e) {
      throw SharedMessages.cannotWrite(own, e);
    }
  }

  private String key() {
    StringBuilder all = new StringBuilder(FORMAT).append('\n').append(rustc.identity());
    all.append(triple).append('\n').append(PROFILE).append('\n').append(flags).append('\n');
    all.append(new TreeMap<>(variables)).append('\n').append(remaps()).append('\n');
    all.append(FileDigests.of(source.resolve("library").resolve("Cargo.lock")).sha256());
    return FileDigests.sha256(all.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Maps both paths of the source to one name: distributions have a link to it in the sysroot. */
  private List<String> remaps() {
    List<String> remaps = new ArrayList<>(List.of("--remap-path-prefix=" + source + "=rust"));
    try {
      Path real = source.toRealPath();
      if (!real.equals(source)) {
        remaps.add("--remap-path-prefix=" + real + "=rust");
      }
    } catch (IOException e) {
      throw SharedMessages.cannotRead(source, e);
    }
    return remaps;
  }

  /**
   * Builds an empty package, so that cargo compiles the standard library it depends on. The
   * directory is a different one each time, but is not part of any result.
   */
  private List<Path> build(Path scratch, boolean offline) {
    Path made = scratch.resolve("std");
    try {
      Files.createDirectories(made);
      Files.writeString(made.resolve("Cargo.toml"), MANIFEST);
      Files.writeString(made.resolve("lib.rs"), "");
    } catch (IOException e) {
      throw SharedMessages.cannotWrite(made, e);
    }
    List<String> line = new ArrayList<>(cargo);
    line.addAll(List.of("rustc", "--quiet", "--release", "-Zbuild-std=std,panic_unwind"));
    line.addAll(List.of("--manifest-path", made.resolve("Cargo.toml").toString()));
    line.addAll(List.of("--target-dir", made.resolve("target").toString(), "--target", triple));
    PROFILE.forEach(setting -> line.addAll(List.of("--config", "profile.release." + setting)));
    if (offline) {
      line.add("--offline");
    }
    // Outside the project: its cargo configuration would change a library that other projects use.
    Path directory = source.resolve("library");
    ToolProcess.Outcome outcome = new ToolProcess(line, directory, environment(made)).run();
    if (!outcome.succeeded()) {
      throw CacheMessages.stdFailed(target, version, outcome.err());
    }
    Path libraries = made.resolve("target").resolve(triple).resolve("release").resolve("deps");
    try (Stream<Path> files = Files.list(libraries)) {
      return files.filter(Sysroot::isLibrary).sorted().toList();
    } catch (IOException e) {
      throw SharedMessages.cannotRead(libraries, e);
    }
  }

  private Map<String, String> environment(Path made) {
    Map<String, String> all = new HashMap<>(rustc.environment());
    all.keySet().removeIf(name -> name.startsWith("CARGO_BUILD_") || name.startsWith("STOWAGE_"));
    all.keySet().removeAll(List.of("RUSTFLAGS", "RUSTC_WORKSPACE_WRAPPER"));
    all.putAll(variables);
    all.put("RUSTC", rustc.line().get(0));
    all.put("RUSTC_WRAPPER", "");
    all.put("RUSTUP_TOOLCHAIN", rustc.sysroot().toString());
    // The standard library uses unstable features, which need this on a stable compiler.
    all.put("RUSTC_BOOTSTRAP", "1");
    List<String> remapped = new ArrayList<>(flags);
    remapped.addAll(remaps());
    remapped.add("--remap-path-prefix=" + made + "=std");
    Path vendor = source.resolve("library").resolve("vendor");
    if (Files.isDirectory(vendor)) {
      // The source comes with the crates it needs, so neither the network nor the user's
      // configuration is used.
      all.put("CARGO_HOME", vendored(vendor, made.resolve("home")).toString());
    } else {
      remapped.add("--remap-path-prefix=" + CargoVariables.home(all) + "=cargo");
    }
    all.put(CargoVariables.ENCODED_RUSTFLAGS, CargoVariables.encode(remapped));
    return all;
  }

  private static Path vendored(Path vendor, Path home) {
    String directory = new String(Json.canonical(vendor.toString()), StandardCharsets.UTF_8);
    try {
      Files.createDirectories(home);
      Files.writeString(
          home.resolve("config.toml"),
          "[source.crates-io]\nreplace-with = \"vendored\"\n[source.vendored]\ndirectory = "
              + directory
              + "\n");
    } catch (IOException e) {
      throw SharedMessages.cannotWrite(home, e);
    }
    return home;
  }

  private static boolean isLibrary(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".rlib") && !name.startsWith("libstowage_std-");
  }

  private void copy(List<Path> libraries, Path entry) throws IOException {
    Path to = entry.resolve("lib").resolve("rustlib").resolve(triple).resolve("lib");
    Files.createDirectories(to);
    for (Path library : libraries) {
      Files.copy(library, to.resolve(library.getFileName()));
    }
  }
}
