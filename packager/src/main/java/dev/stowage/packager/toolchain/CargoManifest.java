package dev.stowage.packager.toolchain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.stowage.packager.message.SharedMessages;
import dev.stowage.packager.project.NearestName;
import dev.stowage.packager.tool.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The facts about a Cargo package or workspace that the build needs without starting cargo: where
 * the crate is, which dependencies are local directories, and whether a panic unwinds.
 *
 * @param root directory of the workspace (or of the only package)
 * @param packages directories of the crate and of its path dependencies
 */
public record CargoManifest(Path root, List<Path> packages) {
  private static final Set<String> SKIPPED = Set.of("target", ".git", "node_modules");
  private static final List<String> DEPENDENCIES = List.of("dependencies", "build-dependencies");

  public static CargoManifest read(Path directory, String crate, Map<String, String> environment) {
    if (!Files.isRegularFile(directory.resolve("Cargo.toml"))) {
      throw ToolchainMessages.noManifest(directory, "Cargo.toml", "cargo");
    }
    Map<String, Path> members = members(directory);
    if (!members.containsKey(crate)) {
      throw ToolchainMessages.noCrate(
          directory, crate, NearestName.of(crate, members.keySet()), members.keySet());
    }
    Path root = root(members.get(crate));
    if (!Files.isRegularFile(root.resolve("Cargo.lock"))) {
      throw ToolchainMessages.noLockFile(root);
    }
    checkPanic(root, environment);
    return new CargoManifest(root, closure(root, members.get(crate)));
  }

  /** The crate's {@code rust-version}, its own or the workspace's; null if neither is set. */
  public static String rustVersion(Path directory, String crate) {
    Path member = members(directory).get(crate);
    if (member == null) {
      return null;
    }
    JsonNode version = toml(member.resolve("Cargo.toml")).path("package").path("rust-version");
    if (version.path("workspace").asBoolean(false)) {
      JsonNode workspace = toml(root(member).resolve("Cargo.toml")).path("workspace");
      version = workspace.path("package").path("rust-version");
    }
    return version.textValue();
  }

  private static Map<String, Path> members(Path directory) {
    Map<String, Path> members = new TreeMap<>();
    for (Path file :
        DirectoryTree.files(
            directory, SKIPPED, f -> f.getFileName().toString().equals("Cargo.toml"))) {
      String name = toml(file).path("package").path("name").asText("");
      if (!name.isEmpty()) {
        members.putIfAbsent(name, file.getParent());
      }
    }
    return members;
  }

  private static Path root(Path member) {
    for (Path dir = member; dir != null; dir = dir.getParent()) {
      Path file = dir.resolve("Cargo.toml");
      if (Files.isRegularFile(file) && toml(file).has("workspace")) {
        return dir;
      }
    }
    return member;
  }

  private static void checkPanic(Path root, Map<String, String> environment) {
    panic(toml(root.resolve("Cargo.toml")), root.resolve("Cargo.toml").toString());
    for (String name : List.of("config.toml", "config")) {
      Path config = root.resolve(".cargo").resolve(name);
      if (Files.isRegularFile(config)) {
        panic(toml(config), config.toString());
      }
    }
    String variable = environment.getOrDefault("CARGO_PROFILE_RELEASE_PANIC", "unwind");
    if (!variable.equals("unwind")) {
      throw ToolchainMessages.panicNotUnwind("CARGO_PROFILE_RELEASE_PANIC", variable);
    }
  }

  private static void panic(JsonNode toml, String where) {
    String panic = toml.path("profile").path("release").path("panic").asText("unwind");
    if (!panic.equals("unwind")) {
      throw ToolchainMessages.panicNotUnwind(where, panic);
    }
  }

  private static List<Path> closure(Path root, Path crate) {
    JsonNode shared = toml(root.resolve("Cargo.toml")).path("workspace").path("dependencies");
    Set<Path> seen = new LinkedHashSet<>();
    Deque<Path> open = new ArrayDeque<>(List.of(crate));
    while (!open.isEmpty()) {
      Path directory = open.remove();
      if (seen.add(directory)) {
        JsonNode manifest = toml(directory.resolve("Cargo.toml"));
        pathDependencies(manifest, directory, root, shared, open);
        for (JsonNode target : manifest.path("target")) {
          pathDependencies(target, directory, root, shared, open);
        }
      }
    }
    return List.copyOf(seen);
  }

  private static void pathDependencies(
      JsonNode tables, Path directory, Path root, JsonNode shared, Deque<Path> open) {
    for (String table : DEPENDENCIES) {
      for (Map.Entry<String, JsonNode> entry : tables.path(table).properties()) {
        JsonNode value = entry.getValue();
        boolean inherited = value.path("workspace").asBoolean(false);
        JsonNode path = inherited ? shared.path(entry.getKey()) : value;
        Path base = inherited ? root : directory;
        if (path.path("path").isTextual()) {
          open.add(base.resolve(path.path("path").textValue()).normalize());
        }
      }
    }
  }

  private static JsonNode toml(Path file) {
    try {
      return new TomlMapper().readTree(file.toFile());
    } catch (JsonProcessingException e) {
      throw SharedMessages.badToml(file, e.getLocation().getLineNr(), e.getOriginalMessage());
    } catch (IOException e) {
      throw SharedMessages.cannotRead(file, e);
    }
  }
}
