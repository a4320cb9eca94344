package dev.stowage.packager.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.packager.fixture.GeneratedPart;
import dev.stowage.packager.fixture.LlvmTools;
import dev.stowage.packager.fixture.ReleasedJars;
import dev.stowage.packager.message.Spelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rules against released JARs of others: what they find is true, and the documentation says it.
 */
class ReleasedTest {
  @TempDir Path directory;

  @Test
  void noFalseAlarms() throws IOException {
    List<Path> jars = ReleasedJars.files();
    LlvmTools.assumeReadobj();
    List<String> untrue = new ArrayList<>();
    StringBuilder table = new StringBuilder("| JAR | judged | broken rules |\n|---|---|---|\n");
    int judged = 0;
    for (Path jar : jars) {
      Report report = Others.verify(jar, Map.of(), Spelling.COMMAND_LINE);
      judged += report.files().size();
      table.append(row(jar, report));
      for (Report.Verified file : report.files()) {
        for (Report.Finding finding : file.findings()) {
          if (!Witness.confirms(extracted(jar, file.name()), finding)) {
            untrue.add(jar.getFileName() + "!" + file.name() + ": " + finding);
          }
        }
      }
    }
    assertThat(untrue).isEmpty();
    assertThat(judged).isGreaterThan(200);
    assertThat(jars).hasSizeGreaterThan(30);
    GeneratedPart.check("../docs/verify.md", "released", table.toString());
  }

  private static String row(Path jar, Report report) {
    TreeMap<String, TreeSet<String>> rules = new TreeMap<>();
    for (Report.Verified file : report.files()) {
      for (Report.Finding finding : file.findings()) {
        String mode = finding.mode() == Mode.WARN ? " (warning)" : "";
        rules.computeIfAbsent(finding.rule() + mode, r -> new TreeSet<>()).add(file.row());
      }
    }
    List<String> cells = new ArrayList<>();
    rules.forEach((rule, rows) -> cells.add("`" + rule + "` " + String.join(", ", rows)));
    String name = jar.getFileName().toString().replaceAll("\\.jar$", "");
    String broken = cells.isEmpty() ? "none" : String.join("; ", cells);
    return "| " + name + " | " + report.files().size() + " | " + broken + " |\n";
  }

  private Path extracted(Path jar, String name) throws IOException {
    Path file = directory.resolve("library");
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      Files.write(file, zip.getInputStream(zip.getEntry(name)).readAllBytes());
    }
    return file;
  }
}
