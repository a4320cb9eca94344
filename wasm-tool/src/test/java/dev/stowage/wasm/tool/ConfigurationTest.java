package dev.stowage.wasm.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.packager.tool.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of all settings is generated, and has every name in the code. */
class ConfigurationTest {
  private static final List<Path> CLASSES =
      Stream.of("loader", "packager", "maven-plugin", "jni-glue", "wasm-tool", "testing")
          .map(module -> Path.of("..", module, "target", "classes"))
          .toList();

  /** A class with names that no list contains. */
  private static final class Planted {
    static String property() {
      return System.getProperty("stowage.planted.property");
    }

    static String packageName() {
      return "dev.stowage.planted";
    }

    static String text(String value) {
      return "set STOWAGE_PLANTED="
          + value
          + ", -Dstowage.planted.option=1 or stowage.planted.text.";
    }
  }

  @Test
  void pageFollowsItsSources() throws IOException {
    String wanted = ConfigurationGenerator.docs();
    if (Boolean.getBoolean("stowage.regenerate")) {
      Files.writeString(ConfigurationGenerator.DOCS, wanted);
    }
    assertThat(Files.readString(ConfigurationGenerator.DOCS))
        .as("rewrite it with: %s", ConfigurationGenerator.COMMAND)
        .isEqualTo(wanted);
  }

  @Test
  void everyNameInTheCodeIsListed() throws IOException {
    assertThat(unlisted(StringConstants.ofDirectories(CLASSES)))
        .as("names in the code that %s does not have", Settings.FILE)
        .isEmpty();
  }

  /** The control of the test above; a package is not such a name. */
  @Test
  void scanFindsPlantedNames() throws IOException {
    assertThat(unlisted(StringConstants.of(Planted.class)))
        .containsExactly(
            "STOWAGE_PLANTED",
            "stowage.planted.option",
            "stowage.planted.property",
            "stowage.planted.text.");
  }

  @Test
  void everyListedNameIsInTheCode() throws IOException {
    assertThat(unused(Settings.read().all())).as("listed, but not in the code").isEmpty();
    assertThat(unused(Settings.read().other())).as("excepted, but not in the code").isEmpty();
  }

  /** The control of the test above: names of this project, other names, and templates. */
  @Test
  void unusedNamesAreFound() throws IOException {
    List<Settings.Setting> settings =
        Stream.of("STOWAGE_UNUSED", "stowage.unused", "UNUSED_HOME", "stowage.unused.<x>", "HOME")
            .map(name -> new Settings.Setting(name, null, "a control"))
            .toList();
    assertThat(unused(settings))
        .containsExactly("STOWAGE_UNUSED", "stowage.unused", "UNUSED_HOME", "stowage.unused.<x>");
  }

  @Test
  void namesAreListedOnce() throws IOException {
    Stream<String> tools = Arrays.stream(Tool.values()).map(Tool::variable);
    Stream<String> settings = Settings.read().all().stream().map(Settings.Setting::name);
    assertThat(Stream.concat(tools, settings).toList()).doesNotHaveDuplicates();
  }

  private static List<String> unused(List<Settings.Setting> settings) throws IOException {
    StringConstants code = StringConstants.ofDirectories(CLASSES);
    Set<String> names = code.names();
    return settings.stream()
        .filter(one -> !names.contains(one.constant()) && !code.contains(one.constant()))
        .map(Settings.Setting::name)
        .toList();
  }

  private static Set<String> unlisted(StringConstants code) throws IOException {
    Settings settings = Settings.read();
    Set<String> known = new TreeSet<>();
    Stream.concat(settings.all().stream(), settings.other().stream())
        .forEach(setting -> known.add(setting.constant()));
    for (PluginDescriptor.Goal goal : PluginDescriptor.goals()) {
      goal.parameters().forEach(parameter -> known.add(parameter.property()));
    }
    Set<String> names = new TreeSet<>(code.names());
    names.removeIf(name -> known.contains(name) || known.contains(name.replaceAll("\\.$", "")));
    return names;
  }
}
