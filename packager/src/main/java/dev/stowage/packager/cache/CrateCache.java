package dev.stowage.packager.cache;

import dev.stowage.packager.message.Console;
import dev.stowage.packager.record.FileDigests;
import dev.stowage.packager.tool.ToolProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compiled third-party crates, cached by {@code rustc_wrapper.rs}, a small program that cargo runs
 * in place of rustc. Without a cache, or without a linker to build that program, cargo compiles all
 * crates itself.
 *
 * @param crates directory of the entries
 * @param wrapper the program for {@code RUSTC_WRAPPER}
 * @param state a directory for this run of cargo alone
 * @since 0.1.0
 */
public record CrateCache(Path crates, Path wrapper, Path state) {
  /** Sources of the wrapper: the program and its modules. */
  private static final List<String> SOURCES = List.of("rustc_wrapper.rs", "entry.rs", "sha256.rs");

  /** Its name on every system; Windows runs only names with this suffix. */
  private static final String PROGRAM = "rustc-wrapper.exe";

  /**
   * Compiles the wrapper into the cache, unless it is there.
   *
   * @param rustc the compiler of the crates, which also compiles the wrapper
   * @param scratch an existing directory of this step
   * @return empty if there is no cache, or if the user has set a wrapper
   */
  public static Optional<CrateCache> open(
      BuildCache cache, RustCompiler rustc, Path scratch, Console console) {
    if (!rustc.environment().getOrDefault("RUSTC_WRAPPER", "").isEmpty()) {
      return Optional.empty();
    }
    Optional<Path> crates = cache.directory("crates");
    Optional<Path> wrappers = crates.flatMap(c -> cache.directory("rustc"));
    if (wrappers.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder identity = new StringBuilder();
    for (String name : SOURCES) {
      identity.append(FileDigests.sha256(source(name))).append('\n');
    }
    identity.append(rustc.identity());
    String key = FileDigests.sha256(identity.toString().getBytes(StandardCharsets.UTF_8));
    Path entry = wrappers.get().resolve(key);
    try {
      Path state = Files.createDirectory(scratch.resolve("crates"));
      if (!CacheEntry.intact(entry, console)) {
        for (String name : SOURCES) {
          Files.write(state.resolve(name), source(name));
        }
        Path file = state.resolve(SOURCES.get(0));
        CacheEntry.publish(entry, directory -> compile(rustc, file, directory.resolve(PROGRAM)));
      }
      return Optional.of(new CrateCache(crates.get(), entry.resolve(PROGRAM), state));
    } catch (IOException e) {
      cache.unusable(e.getMessage());
      return Optional.empty();
    }
  }

  private static void compile(RustCompiler rustc, Path source, Path program) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--edition=2021", "-Copt-level=3"));
    arguments.addAll(List.of("-o", program.toString(), source.toString()));
    ToolProcess.Outcome outcome = rustc.run(arguments);
    if (!outcome.succeeded()) {
      throw new IOException(outcome.err().strip());
    }
  }

  private static byte[] source(String name) {
    try (InputStream in = CrateCache.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the variables to run cargo with.
   *
   * @param home cargo's directory, where third-party crates are unpacked
   * @param target cargo's target directory
   * @param remaps arguments of rustc for all other crates
   */
  public Map<String, String> environment(String home, Path target, List<String> remaps) {
    return Map.of(
        "RUSTC_WRAPPER", wrapper.toString(),
        "STOWAGE_CRATES", crates.toString(),
        "STOWAGE_STATE", state.toString(),
        "STOWAGE_CARGO_HOME", home,
        "STOWAGE_TARGET_DIR", target.toString(),
        "STOWAGE_REMAPS", CargoVariables.encode(remaps));
  }

  /** Reports how many crates came from the cache, and what could not be written to it. */
  public void report(BuildCache cache, String classifier, String binding, Console console) {
    int cached = 0;
    int all = 0;
    for (String note : notes()) {
      String[] words = note.split(" ", 3);
      switch (words[0]) {
        case "hit" -> cached++;
        case "damaged" -> console.warn(CacheMessages.damaged(Path.of(words[2])));
        case "unread", "unkept" -> cache.unusable(words[2]);
        default -> {
          // Compiled here; stored in the cache or not.
        }
      }
      all += List.of("hit", "miss", "unkept").contains(words[0]) ? 1 : 0;
    }
    if (all > 0) {
      console.step(CacheMessages.crates(classifier, binding, all, cached));
    }
  }

  private List<String> notes() {
    try {
      return Files.readAllLines(state.resolve("notes"));
    } catch (IOException e) {
      // No file: the project uses no third-party crates.
      return List.of();
    }
  }
}
