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
 * The version lines of the tools, stored in a file so that a build with nothing to do starts no
 * process. An entry is valid as long as the executable, the toolchain files of the directory and
 * the selecting variables are unchanged.
 *
 * @since 0.1.0
 */
public final class Versions {
  /** Variables that select a tool's version. */
  private static final List<String> SELECTORS =
      List.of("RUSTUP_TOOLCHAIN", "RUSTUP_HOME", "GOROOT", "GOTOOLCHAIN");

  private record Known(@JsonProperty("versions") Map<String, String> versions) {}

  private final Path file;
  private final Map<String, String> environment;
  private final Map<String, String> known = new TreeMap<>();

  /**
   * Reads the stored lines; a damaged file counts as empty.
   *
   * @param file the file
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

  /** Runs every tool once and stores nothing. */
  public static Versions unsaved(Map<String, String> environment) {
    return new Versions(null, environment);
  }

  /**
   * The version line of a tool.
   *
   * @param found the tool
   * @param directory its working directory; toolchain files there can select another version
   * @param extra variables that the build sets for it
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
      // The file does not exist. When it appears, the key changes.
    }
  }
}
