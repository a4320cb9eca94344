package dev.stowage.packager.compile;

import dev.stowage.packager.fixture.Fixture;
import dev.stowage.packager.fixture.JsonSchemas;
import dev.stowage.packager.project.Role;
import dev.stowage.packager.record.OutputTree;
import dev.stowage.packager.record.Plan;
import dev.stowage.packager.record.Result;
import dev.stowage.packager.verify.VerifyReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The records of a real build against their schemas; a schema that takes anything proves nothing.
 */
class SchemaTest {
  @TempDir Path directory;

  @Test
  void planResultAndReportFitTheirSchemas() throws Exception {
    Fixture fixture = Fixture.in(directory);
    fixture.build();
    OutputTree output = fixture.output();
    for (String binding : List.of("rust", "go")) {
      for (Role role : Role.values()) {
        check(Plan.class, "plan.schema.json", output.plan(Fixture.HOST, binding, role));
        check(Result.class, "result.schema.json", output.result(Fixture.HOST, binding, role));
      }
    }
    VerifyReport report = fixture.packager().verify(Map.of()).get(0);
    Path file = Files.write(directory.resolve("report.json"), report.json());
    check(VerifyReport.class, "report.schema.json", file);
  }

  private static void check(Class<?> beside, String schema, Path file) throws Exception {
    JsonSchemas.assertFits(beside, schema, Files.readString(file, StandardCharsets.UTF_8));
  }
}
