package dev.stowage.packager.compile;

import dev.stowage.packager.fixture.Fixture;
import dev.stowage.packager.fixture.JsonSchemas;
import dev.stowage.packager.project.Role;
import dev.stowage.packager.record.OutputTree;
import dev.stowage.packager.verify.VerifyReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks the records of a real build against their schemas. The schemas must also refuse wrong
 * records.
 */
class SchemaTest {
  @TempDir Path directory;

  @Test
  void planResultAndReportFitTheirSchemas() throws Exception {
    Fixture fixture = Fixture.in(directory);
    fixture.build();
    OutputTree output = fixture.output();
    for (String binding : List.of("rust", "go")) {
      for (Role role : List.of(Role.CORE, Role.SHIM)) {
        check("plan", output.plan(Fixture.HOST, binding, role));
        check("result", output.result(Fixture.HOST, binding, role));
      }
    }
    VerifyReport report = fixture.packager().verify(Map.of()).get(0);
    Path file = Files.write(directory.resolve("report.json"), report.json());
    check("verify-report", file);
  }

  private static void check(String schema, Path file) throws Exception {
    JsonSchemas.assertFits(schema, Files.readString(file, StandardCharsets.UTF_8));
  }
}
