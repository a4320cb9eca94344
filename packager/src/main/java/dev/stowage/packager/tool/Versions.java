package dev.stowage.packager.tool;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stowage.packager.record.FileDigests;
import dev.stowage.packager.record.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Version lines of the tools, remembered in a file so that a build with nothing to do starts no
 * process. An answer is kept as long as the executable, the directory's tool chain files and the
 * selecting variables stay as they were.
 *
 * @since 0.1.0
 */
public final class Versions {
  /** Variables that make a tool answer with another version. */
  private static final List<String> SELECTORS =
      List.of("RUSTUP_TOOLCHAIN", "RUSTUP_HOME", "GOROOT", "GOTOOLCHAIN");

  private record Known(@JsonProperty("versions") Map<String, String> versions) {}

  private final Path file;
  private final Map<String, String> environment;
  private final Map<String, String> known = new TreeMap<>();

  /**
   * Reads what is remembered; a damaged file is the same as none.
   *
   * @param file where the answers are kept
   * @param environment the caller's variables
   */
  public Versions(Path file, Map<String, String> environment) {
    this.file = file;
    this.environment = Map.copyOf(environment);
    if (file == null) {
      return;
    }
    try {
      known.putAll(Json.read(file, Known.class).versions());
    } catch (UncheckedIOException | NullPointerException e) {
      known.clear();
    }
  }

  /** One that asks every tool once and writes nothing. */
  public static Versions unsaved(Map<String, String> environment) {
    return new Versions(null, environment);
  }

  /**
   * The line in which the tool names its version.
   *
   * @param found the tool
   * @param directory where it will run: tool chain files there select another version
   * @param extra variables the build sets for it
   */
  public synchronized String of(ToolBox.Found found, Path directory, Map<String, String> extra) {
    String key = key(found, directory);
    String version = known.get(key);
    if (version == null) {
      version = ask(found, directory, extra);
      known.put(key, version);
      if (file != null) {
        AtomicFile.write(file, Json.indented(new Known(known)));
      }
    }
    return version;
  }

  private String ask(ToolBox.Found found, Path directory, Map<String, String> extra) {
    List<String> line = found.line();
    line.add(found.tool().versionArgument());
    Map<String, String> all = new TreeMap<>(environment);
    all.putAll(extra);
    ToolProcess.Outcome outcome = new ToolProcess(line, directory, all).run();
    if (!outcome.succeeded() || outcome.out().isBlank()) {
      throw ToolingMessages.toolWithoutVersion(
          found.tool().title(), String.join(" ", line), outcome.err(), found.tool().install(null));
    }
    return found.tool().versionLine(outcome.out().strip());
  }

  private String key(ToolBox.Found found, Path directory) {
    StringBuilder key = new StringBuilder(String.join(" ", found.command()));
    stamp(key, found.executable());
    stamp(key, rustup().resolve("settings.toml"));
    stamp(key, rustup().resolve("toolchains"));
    stamp(key, rustup().resolve("update-hashes"));
    for (Path dir = directory; dir != null; dir = dir.getParent()) {
      stamp(key, dir.resolve("rust-toolchain.toml"));
      stamp(key, dir.resolve("rust-toolchain"));
    }
    for (String selector : SELECTORS) {
      key.append(' ').append(environment.getOrDefault(selector, ""));
    }
    return found.tool().command()
        + " "
        + FileDigests.sha256(key.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  private Path rustup() {
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    return Path.of(environment.getOrDefault("RUSTUP_HOME", home + "/.rustup"));
  }

  private static void stamp(StringBuilder key, Path path) {
    try {
      Path real = path.toRealPath();
      key.append('\n').append(real).append(' ').append(Files.getLastModifiedTime(real).toMillis());
      key.append(' ').append(Files.size(real));
    } catch (IOException e) {
      // Not there: nothing to add; its appearance changes the key.
    }
  }
}
