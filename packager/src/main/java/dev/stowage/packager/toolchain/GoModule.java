package dev.stowage.packager.toolchain;

import dev.stowage.packager.message.SharedMessages;
import dev.stowage.packager.tool.Tool;
import dev.stowage.packager.tool.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The facts about a Go module that the build needs without starting go.
 *
 * @param version the {@code go} line of go.mod, or null
 * @param replaced local directories that replace required modules
 */
public record GoModule(String version, List<Path> replaced) {
  private static final Pattern GO = Pattern.compile("(?m)^go\\s+(\\S+)");
  private static final Pattern REPLACE = Pattern.compile("(?m)=>\\s+(\\.{1,2}/\\S*)\\s*(?://.*)?$");

  public static GoModule read(Path directory) {
    Path file = directory.resolve("go.mod");
    if (!Files.isRegularFile(file)) {
      throw ToolchainMessages.noManifest(directory, "go.mod", "go");
    }
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw SharedMessages.cannotRead(file, e);
    }
    Matcher go = GO.matcher(text);
    List<Path> replaced = new ArrayList<>();
    Matcher replace = REPLACE.matcher(text);
    while (replace.find()) {
      replaced.add(directory.resolve(replace.group(1)).normalize());
    }
    return new GoModule(go.find() ? go.group(1) : null, replaced);
  }

  /**
   * Refuses a version of Go that is too old for the module.
   *
   * @param installed the output of {@code go version}
   */
  public void check(Path directory, String installed) {
    if (version != null && Version.compare(Tool.GO.version(installed), version) < 0) {
      throw ToolchainMessages.goTooOld(directory, version, installed, Tool.GO.install(version));
    }
  }
}
