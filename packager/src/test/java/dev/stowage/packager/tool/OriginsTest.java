package dev.stowage.packager.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list that ci/setup-cross reads is generated from the enum. */
class OriginsTest {
  private static final Path LIST = Path.of("../ci/generated/cross-tools.txt");
  private static final String COMMAND =
      "mvn -q test -pl packager -am -Dtest=OriginsTest -Dstowage.regenerate=true"
          + " -Dsurefire.failIfNoSpecifiedTests=false";

  @Test
  void listFollowsTheEnum() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(
        "# manager, package, version (\"-\" where the manager has only one), command, its version argument,"
            + " install arguments");
    lines.add("# Written from Tool.java by: " + COMMAND);
    lines.add("directory " + ToolBox.SETUP_DIRECTORY);
    Arrays.stream(Tool.values()).flatMap(OriginsTest::lines).sorted().forEach(lines::add);
    String wanted = String.join("\n", lines) + "\n";
    if (Boolean.getBoolean("stowage.regenerate")) {
      Files.writeString(LIST, wanted);
    }
    assertThat(Files.readString(LIST))
        .as("%s differs from Tool.java; rewrite it with: %s", LIST, COMMAND)
        .isEqualTo(wanted);
  }

  private static Stream<String> lines(Tool tool) {
    return tool.origins().stream().map(origin -> line(tool, origin));
  }

  private static String line(Tool tool, Origin origin) {
    List<String> words = new ArrayList<>();
    words.add(origin.from().name().toLowerCase(Locale.ROOT));
    words.add(origin.name());
    words.add(origin.version() == null ? "-" : origin.version());
    words.add(tool.command());
    words.add(tool.versionArgument());
    words.addAll(origin.options());
    return String.join(" ", words);
  }

  /** Documents name the tested versions. */
  @Test
  void documentsNameThePins() throws IOException {
    String text = Files.readString(Path.of("../docs/packing.md"));
    for (Tool tool : Tool.values()) {
      for (Origin origin : tool.origins()) {
        String at = origin.from() == Origin.Manager.PIP ? "==" : "@";
        String pinned = origin.version() == null ? "" : at + origin.version();
        assertThat(text).contains(origin.name() + pinned);
      }
    }
  }

  /** Every package with several versions is pinned to one. */
  @Test
  void onlyDebianChoosesVersions() {
    for (Tool tool : Tool.values()) {
      for (Origin origin : tool.origins()) {
        assertThat(origin.version() == null)
            .as("%s of %s", origin.name(), tool)
            .isEqualTo(origin.from() == Origin.Manager.APT);
        assertThat(origin.version() == null || !tool.tooOld(origin.version())).isTrue();
      }
    }
  }
}
