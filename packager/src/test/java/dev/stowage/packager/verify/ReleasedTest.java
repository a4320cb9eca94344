package dev.stowage.packager.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.packager.fixture.GeneratedPart;
import dev.stowage.packager.fixture.LlvmTools;
import dev.stowage.packager.fixture.ReleasedJars;
import dev.stowage.packager.message.OptionStyle;
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
 * The rules on released third-party JARs: the documentation lists each violation, and LLVM confirms
 * it.
 */
class ReleasedTest {
  @TempDir Path directory;

  @Test
  void noFalseAlarms() throws IOException {
    List<Path> jars = ReleasedJars.files();
    LlvmTools.assumeReadobj();
    List<String> untrue = new ArrayList<>();
    StringBuilder table = new StringBuilder("| JAR | checked | broken rules |\n|---|---|---|\n");
    int checked = 0;
    for (Path jar : jars) {
      VerifyReport report = ThirdPartyLibraries.verify(jar, Map.of(), OptionStyle.COMMAND_LINE);
      checked += report.libraries().size();
      table.append(line(jar, report));
      for (VerifyReport.Verified file : report.libraries()) {
        for (VerifyReport.Finding finding : file.findings()) {
          if (!Witness.confirms(extracted(jar, file.file()), finding)) {
            untrue.add(jar.getFileName() + "!" + file.file() + ": " + finding);
          }
        }
      }
    }
    assertThat(untrue).isEmpty();
    assertThat(checked).isGreaterThan(200);
    assertThat(jars).hasSizeGreaterThan(30);
    GeneratedPart.check("../docs/verify.md", "released", table.toString());
  }

  private static String line(Path jar, VerifyReport report) {
    TreeMap<String, TreeSet<String>> rules = new TreeMap<>();
    for (VerifyReport.Verified file : report.libraries()) {
      for (VerifyReport.Finding finding : file.findings()) {
        String severity = finding.severity() == Severity.WARNING ? " (warning)" : "";
        rules.computeIfAbsent(finding.rule() + severity, r -> new TreeSet<>()).add(file.platform());
      }
    }
    List<String> cells = new ArrayList<>();
    rules.forEach((rule, platforms) -> cells.add("`" + rule + "` " + String.join(", ", platforms)));
    String name = jar.getFileName().toString().replaceAll("\\.jar$", "");
    String broken = cells.isEmpty() ? "none" : String.join("; ", cells);
    return "| " + name + " | " + report.libraries().size() + " | " + broken + " |\n";
  }

  private Path extracted(Path jar, String name) throws IOException {
    Path file = directory.resolve("library");
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      Files.write(file, zip.getInputStream(zip.getEntry(name)).readAllBytes());
    }
    return file;
  }
}
