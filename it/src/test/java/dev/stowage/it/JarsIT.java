package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.it.harness.LibraryLabel;
import dev.stowage.it.harness.Reactor;
import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the content of every JAR with native libraries with its classifier. Other projects have
 * published ARM libraries under an x86_64 name (Brotli4j#226), or no libraries at all
 * (netty-tcnative#745).
 */
class JarsIT {
  /** The targets of this build: the host's, or those of {@code stowage.targets}. */
  static List<Target> targets() {
    List<Target> targets =
        Targets.all().stream().filter(target -> Reactor.isBuilt(target.classifier())).toList();
    assertThat(targets).extracting(Target::classifier).containsAll(Reactor.wanted());
    return targets;
  }

  @ParameterizedTest
  @MethodSource("targets")
  void aClassifierJarHoldsWhatItsLabelAndItsWaybillSay(Target target) throws IOException {
    try (JarFile jar = new JarFile(Reactor.natives(target.classifier()).toFile())) {
      List<String> wanted = new ArrayList<>(metadata());
      wanted.addAll(natives(jar, target));
      assertThat(names(jar)).containsExactlyInAnyOrderElementsOf(wanted);
      assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
          .isEqualTo("dev.stowage.wasm.natives." + target.classifier().replace('-', '_'));
    }
  }

  @Test
  void theDropInJarHoldsEveryTargetOfThisBuildAndNoOther() throws IOException {
    try (JarFile jar = new JarFile(Reactor.dropIn().toFile())) {
      List<String> wanted = new ArrayList<>(metadata());
      // The notice of picocli, which the command line tool contains.
      wanted.add("META-INF/NOTICE");
      for (Target target : targets()) {
        wanted.addAll(natives(jar, target));
      }
      assertThat(names(jar))
          .filteredOn(name -> !name.endsWith(".class"))
          .containsExactlyInAnyOrderElementsOf(wanted);
    }
  }

  /**
   * The native libraries that a JAR should have for a target by its waybill; checks that they are
   * for that target.
   */
  private static List<String> natives(JarFile jar, Target target) throws IOException {
    String root = "META-INF/stowage/wasm/" + Reactor.version() + "/" + target.classifier() + "/";
    JsonNode waybill = new ObjectMapper().readTree(bytes(jar, root + "waybill.json"));
    assertThat(waybill.at("/classifier").asText()).isEqualTo(target.classifier());
    List<String> names = new ArrayList<>(List.of(root + "waybill.json"));
    waybill
        .get("licenses")
        .forEach(text -> names.add(root + "licenses/" + text.at("/path").asText()));
    List<String> bindings = new ArrayList<>();
    for (JsonNode binding : waybill.get("bindings")) {
      bindings.add(binding.at("/name").asText());
      for (JsonNode file : binding.get("libraries")) {
        String name = file.at("/file").asText();
        names.add(root + name);
        String[] around = target.libraryName("|").split("\\|", -1);
        assertThat(name).startsWith(around[0] + "stowage_wasm_").endsWith(around[1]);
        assertThat(LibraryLabel.of(bytes(jar, root + name)))
            .as(jar.getName() + " " + name)
            .isEqualTo(target.format().label() + " " + target.arch() + " " + target.libc().label());
      }
    }
    waybill
        .get("unsupported")
        .forEach(one -> assertThat(one.at("/binding").asText()).isEqualTo("go"));
    assertThat(bindings)
        .containsExactlyElementsOf(
            Stream.of("rust", "go").filter(target.supports()::contains).toList());
    return names;
  }

  private static List<String> metadata() {
    return List.of("META-INF/MANIFEST.MF", "META-INF/LICENSE");
  }

  private static List<String> names(JarFile jar) {
    List<String> names =
        jar.stream().filter(entry -> !entry.isDirectory()).map(JarEntry::getName).toList();
    assertThat(new TreeSet<>(names)).hasSameSizeAs(names);
    return names;
  }

  private static byte[] bytes(JarFile jar, String name) throws IOException {
    assertThat(jar.getEntry(name)).as(jar.getName() + " " + name).isNotNull();
    return jar.getInputStream(jar.getEntry(name)).readAllBytes();
  }

  /** The control: the reader above gives different labels to files of different kinds. */
  @Test
  void theLabelsAreNotAllTheSame() throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "lib", "libjava.so");
    byte[] host = java.toFile().exists() ? java.toUri().toURL().openStream().readAllBytes() : null;
    assertThat(LibraryLabel.of(host)).matches("elf (x86_64|aarch_64) (glibc|musl)");
    host[18] = 40; // EM_ARM
    assertThat(LibraryLabel.of(host)).startsWith("elf machine 40");
    host[16] = 2; // ET_EXEC
    assertThat(LibraryLabel.of(host)).startsWith("elf but no 64-bit library");
    assertThat(LibraryLabel.of(new byte[100])).isEqualTo("no library");
  }
}
