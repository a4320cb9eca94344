package dev.stowage.packager.pack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.loader.platform.Libc;
import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import dev.stowage.packager.fixture.DemoProjects;
import dev.stowage.packager.fixture.JsonSchemas;
import dev.stowage.packager.project.Binding;
import dev.stowage.packager.project.Project;
import dev.stowage.packager.project.Role;
import dev.stowage.packager.record.Json;
import dev.stowage.packager.record.Waybill;
import dev.stowage.packager.verify.Rule;
import dev.stowage.packager.verify.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Go binding on musl is neither built nor packed; waybill and pins name it as unsupported. */
class UnsupportedBindingTest {
  private static final String MUSL = "linux-x86_64-musl";
  private static final String ROOT = "META-INF/stowage/demo/1.2.3/" + MUSL + "/";

  @TempDir Path dir;

  @Test
  void eachTargetHasTheBindingsThatItCanLoad() {
    Project project = DemoProjects.demoWithGo(dir, "demo.api.N");
    for (Target target : Targets.all()) {
      List<String> wanted = target.libc() == Libc.MUSL ? List.of("one") : List.of("two", "one");
      assertThat(project.on(target).bindings().stream().map(Binding::name))
          .as(target.classifier())
          .containsExactlyElementsOf(wanted);
    }
  }

  @Test
  void jarWaybillAndPinsOfATargetWithoutGo() throws Exception {
    DemoBuild build = new DemoBuild(dir, DemoProjects.demoWithGo(dir, "demo.api.N"), MUSL);
    // The files are built for the host, so rules about the platform are off.
    Map<Rule, Severity> severities = new EnumMap<>(Rule.class);
    List.of(Rule.values()).forEach(rule -> severities.put(rule, Severity.OFF));
    build.packer().pins(build.contracts, List.of(build.verify(severities)), build.classes);
    JsonNode json = Json.tree(Files.readString(build.output.waybill(MUSL)));
    assertThat(JsonSchemas.undescribed("waybill", json)).isEmpty();
    assertThat(json.at("/unsupported").toString())
        .isEqualTo("[{\"binding\":\"two\",\"language\":\"go\",\"reason\":\"initial-exec-tls\"}]");
    assertThat(json.at("/bindings")).hasSize(1);
    Waybill waybill = Json.read(build.output.waybill(MUSL), Waybill.class);
    assertThat(PinsText.of(waybill, "demo/api/"))
        .contains(
            "\nartifact demo:demo-natives\nunsupported two go initial-exec-tls\nbinding one rust ")
        .doesNotContain("binding two");
    Path jar = build.packer().jars(Instant.EPOCH).values().iterator().next();
    try (JarFile file = new JarFile(jar.toFile())) {
      assertThat(file.stream().map(Object::toString))
          .containsExactly(
              "META-INF/MANIFEST.MF",
              "META-INF/LICENSE",
              ROOT + build.file(Role.CORE).getFileName(),
              ROOT + build.file(Role.SHIM).getFileName(),
              ROOT + "licenses/one/NOTICE.txt",
              ROOT + "waybill.json");
    }
  }
}
