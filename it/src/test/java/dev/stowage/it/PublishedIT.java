package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.it.harness.Reactor;
import dev.stowage.loader.header.ElfFile;
import dev.stowage.loader.platform.Format;
import dev.stowage.loader.platform.Target;
import dev.stowage.testing.Digests;
import dev.stowage.wasm.Probes;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks the content of everything that would be published: POMs, classes, native libraries,
 * waybills, pins, manifests.
 */
class PublishedIT {
  private static final int JAVA_8 = 52;

  /** Modules that are published, and the root. */
  static List<String> modules() throws IOException {
    List<String> modules = new ArrayList<>(List.of("."));
    Matcher module =
        Pattern.compile("<module>([^<]+)</module>")
            .matcher(Files.readString(Reactor.file("pom.xml")));
    while (module.find()) {
      boolean kept =
          Files.readString(Reactor.file(module.group(1) + "/pom.xml"))
              .contains("<maven.deploy.skip>true<");
      if (!kept) {
        modules.add(module.group(1));
      }
    }
    return modules;
  }

  @ParameterizedTest
  @MethodSource("modules")
  void flattenedPomsArePlain(String module) throws IOException {
    String pom = Files.readString(Reactor.file(module + "/.flattened-pom.xml"));
    assertThat(pom).doesNotContain("${").contains("<version>" + Reactor.version() + "</version>");
    assertThat(pom).contains("<licenses>").contains("Apache-2.0").contains("<description>");
  }

  @Test
  void nativesAndDropInDependOnNothing() throws IOException {
    assertThat(Files.readString(Reactor.file("platform-jars/natives/.flattened-pom.xml")))
        .doesNotContain("<dependencies>");
    assertThat(Files.readString(Reactor.file("platform-jars/all/.flattened-pom.xml")))
        .doesNotContain("<dependencies>");
    assertThat(Files.readString(Reactor.file("loader/.flattened-pom.xml")))
        .doesNotContain("<dependencies>");
    String api = Files.readString(Reactor.file("jni-glue/.flattened-pom.xml"));
    assertThat(api)
        .containsOnlyOnce("<dependency>")
        .contains("<artifactId>stowage-loader</artifactId>");
  }

  static List<Path> javaJars() {
    return List.of(Reactor.loader(), Reactor.api(), Reactor.dropIn());
  }

  @ParameterizedTest
  @MethodSource("javaJars")
  void classesRunOnJava8(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      List<JarEntry> classes =
          file.stream().filter(entry -> entry.getName().endsWith(".class")).toList();
      assertThat(classes).isNotEmpty();
      for (JarEntry entry : classes) {
        try (DataInputStream in = new DataInputStream(file.getInputStream(entry))) {
          assertThat(in.readInt()).as(entry.getName()).isEqualTo(0xcafebabe);
          in.readUnsignedShort();
          assertThat(in.readUnsignedShort())
              .as("class version of %s", entry.getName())
              .isLessThanOrEqualTo(JAVA_8);
        }
      }
    }
  }

  static List<Target> targets() {
    return JarsIT.targets();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void waybillAgreesWithFilesAndPins(Target target) throws Exception {
    String classifier = target.classifier();
    String root = "META-INF/stowage/wasm/" + Reactor.version() + "/" + classifier + "/";
    for (Path path : List.of(Reactor.natives(classifier), Reactor.dropIn())) {
      try (JarFile jar = new JarFile(path.toFile())) {
        JsonNode waybill = new ObjectMapper().readTree(bytes(jar, root + "waybill.json"));
        StringBuilder pins =
            new StringBuilder("stowage-pins 1\nlibrary wasm " + Reactor.version() + "\n");
        pins.append("classifier ").append(classifier).append("\nanchor dev/stowage/wasm/\n");
        pins.append("artifact ").append(waybill.get("artifact").asText()).append("\n");
        for (JsonNode unsupported : waybill.get("unsupported")) {
          pins.append("unsupported ").append(unsupported.get("binding").asText());
          pins.append(' ').append(unsupported.get("language").asText());
          pins.append(' ').append(unsupported.get("reason").asText()).append('\n');
        }
        for (JsonNode binding : waybill.get("bindings")) {
          pins.append(binding(jar, root, binding, target));
        }
        assertThat(pins.toString()).isEqualTo(Probes.pins(classifier));
      }
    }
  }

  /**
   * The expected pins of a binding, computed from the files in the JAR; the waybill must match the
   * files, too.
   */
  private static String binding(JarFile jar, String root, JsonNode binding, Target target)
      throws Exception {
    StringBuilder content = new StringBuilder();
    StringBuilder lines = new StringBuilder();
    for (JsonNode item : binding.get("libraries")) {
      String name = item.get("file").asText();
      byte[] bytes = bytes(jar, root + name);
      CRC32 crc = new CRC32();
      crc.update(bytes);
      String crc32 = String.format("%08x", crc.getValue());
      String sha256 = Digests.sha256(bytes);
      assertThat(item.get("size").asLong()).as(name).isEqualTo(bytes.length);
      assertThat(item.get("crc32").asText()).as(name).isEqualTo(crc32);
      assertThat(item.get("sha256").asText()).as(name).isEqualTo(sha256);
      assertThat(name)
          .contains("-" + Reactor.version() + "-" + item.get("plan").asText().substring(0, 8));
      if (target.format() == Format.ELF) {
        header(name, ElfFile.read(bytes), item, target);
      }
      content.append(name).append(' ').append(bytes.length).append(' ').append(sha256).append('\n');
      lines
          .append(item.get("role").asText())
          .append(' ')
          .append(name)
          .append(' ')
          .append(bytes.length)
          .append(' ')
          .append(crc32)
          .append(' ')
          .append(sha256)
          .append('\n');
    }
    String digest = Digests.sha256(content.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(binding.get("content").asText()).isEqualTo(digest);
    return "binding "
        + binding.get("name").asText()
        + " "
        + binding.get("language").asText()
        + " "
        + digest
        + " "
        + binding.get("contract").asText()
        + "\n"
        + lines;
  }

  private static void header(String name, ElfFile elf, JsonNode item, Target target) {
    boolean arm = target.arch().equals("aarch_64");
    assertThat(elf.machine()).as(name).isEqualTo(arm ? ElfFile.EM_AARCH64 : ElfFile.EM_X86_64);
    assertThat(elf.is64Bit()).as(name).isTrue();
    assertThat(elf.soname()).isEqualTo(name);
    assertThat(elf.rpath() == null ? elf.runpath() : elf.rpath())
        .as(name)
        .isEqualTo("$ORIGIN:$ORIGIN/..");
    assertThat(elf.requiresExecutableStack()).as(name).isFalse();
    assertThat(elf.needed()).as(name).isEqualTo(strings(item.get("needed")));
    assertThat(elf.exported())
        .as(name)
        .containsExactlyInAnyOrderElementsOf(strings(item.get("exports")));
    if (item.get("role").asText().equals("core")) {
      assertThat(elf.noDelete()).as(name).isTrue();
    }
  }

  @Test
  void dropInManifestMakesItAToolWithoutWarnings() throws IOException {
    try (JarFile jar = new JarFile(Reactor.dropIn().toFile())) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      assertThat(manifest.getValue("Main-Class")).isEqualTo("dev.stowage.wasm.tool.ToolMain");
      assertThat(manifest.getValue("Enable-Native-Access")).isEqualTo("ALL-UNNAMED");
      assertThat(manifest.getValue("Automatic-Module-Name")).isEqualTo("dev.stowage.wasm");
      assertThat(manifest.getValue("Implementation-Version")).isEqualTo(Reactor.version());
      List<String> names =
          jar.stream().filter(entry -> !entry.isDirectory()).map(JarEntry::getName).toList();
      assertThat(names).doesNotHaveDuplicates().contains("META-INF/LICENSE", "META-INF/NOTICE");
      assertThat(names)
          .allMatch(name -> name.startsWith("META-INF/") || name.startsWith("dev/stowage/"));
    }
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(node -> strings.add(node.asText()));
    return strings;
  }

  private static byte[] bytes(JarFile jar, String name) throws IOException {
    assertThat(jar.getEntry(name)).as(name).isNotNull();
    try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
      return in.readAllBytes();
    }
  }
}
