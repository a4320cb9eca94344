package dev.stowage.packager.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.loader.platform.Format;
import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import dev.stowage.packager.project.Role;
import dev.stowage.testing.CCompiler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** For each rule and each format that it applies to, a library that breaks this rule only. */
class DefectTest {
  @TempDir static Path directory;
  private static Samples samples;

  @BeforeAll
  static void zig() {
    CCompiler.assumeZig();
    samples = new Samples(directory);
  }

  private static List<Defect> defects() {
    List<Defect> all = new ArrayList<>();
    all.addAll(new ElfDefects(samples).all());
    all.addAll(new MachODefects(samples).all());
    all.addAll(new PeDefects(samples).all());
    all.addAll(SourceDefects.of(samples));
    return all;
  }

  @TestFactory
  Stream<DynamicTest> eachBreaksExactlyItsRule() {
    return defects().stream()
        .map(
            defect ->
                DynamicTest.dynamicTest(
                    defect.toString(),
                    () ->
                        assertThat(
                                Samples.check(
                                    defect.classifier(),
                                    Samples.expected(defect.classifier(), defect.role()),
                                    defect.bytes().get()))
                            .containsExactly(defect.rule().id() + ": " + defect.text())));
  }

  @TestFactory
  Stream<DynamicTest> goodOnesBreakNone() {
    return Targets.all().stream()
        .map(Target::classifier)
        .flatMap(
            classifier ->
                Stream.of(Role.CORE, Role.SHIM)
                    .map(
                        role ->
                            DynamicTest.dynamicTest(
                                classifier + " " + role.label(),
                                () -> {
                                  Path file =
                                      role == Role.CORE
                                          ? samples.core(classifier)
                                          : samples.shim(classifier);
                                  byte[] bytes = Samples.bytes(file);
                                  assertThat(
                                          Samples.check(
                                              classifier,
                                              Samples.expected(classifier, role),
                                              bytes))
                                      .isEmpty();
                                })));
  }

  /** Only cores have threads that outlive their class loader. */
  @Test
  void aShimMayBeUnloaded() {
    String classifier = "linux-x86_64";
    byte[] shim = Samples.bytes(samples.unpinned(classifier, Role.SHIM));
    assertThat(Samples.check(classifier, Samples.expected(classifier, Role.SHIM), shim)).isEmpty();
  }

  /**
   * Requires a defect for every rule in every format: without one, the rule may never report
   * anything.
   */
  @Test
  void everyRuleHasADefectInEveryFormat() {
    List<String> wanted = new ArrayList<>();
    for (Rule rule : Rule.values()) {
      rule.formats().forEach(format -> wanted.add(rule.id() + " " + format.label()));
    }
    assertThat(defects().stream().map(d -> d.rule().id() + " " + format(d.classifier())).distinct())
        .containsExactlyInAnyOrderElementsOf(wanted);
  }

  private static String format(String classifier) {
    Format format = Targets.byClassifier(classifier).format();
    return format.label();
  }
}
