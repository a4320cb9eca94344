package dev.stowage.loader.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import kr.motd.maven.os.DetectionException;
import kr.motd.maven.os.FileOperationProvider;
import kr.motd.maven.os.SystemPropertyOperationProvider;
import org.junit.jupiter.api.Test;

/**
 * Users may let os-maven-plugin choose the classifier, so its detector must choose the target that
 * the loader looks for.
 */
class OsMavenTest {
  private static final List<String> SYSTEMS =
      List.of(
          "Linux",
          "Mac OS X",
          "Darwin",
          "Windows 10",
          "Windows 11",
          "Windows Server 2022",
          "FreeBSD",
          "SunOS",
          "AIX",
          "z/OS");
  private static final List<String> MACHINES =
      List.of(
          "x8664",
          "ia32e",
          "em64t",
          "aarch_64",
          "x86",
          "i386",
          "i686",
          "arm",
          "armv7l",
          "riscv64",
          "ppc64le",
          "ppc64",
          "s390x",
          "ia64",
          "loongarch64",
          "mips64");

  /**
   * os-maven-plugin's classifier for a JVM with these properties, or null. It does not distinguish
   * C libraries.
   */
  private static String osMaven(String os, String arch) {
    Map<String, String> system =
        Map.of("os.name", os, "os.arch", arch, "os.version", "5.10", "sun.arch.data.model", "64");
    Properties found = new Properties();
    try {
      new TheirDetector(system).detect(found, List.of());
    } catch (DetectionException e) {
      return null;
    }
    return found.getProperty("os.detected.classifier");
  }

  private static final class TheirDetector extends kr.motd.maven.os.Detector {
    TheirDetector(Map<String, String> system) {
      super(properties(system), TheirDetector::noFile);
    }

    @Override
    protected void detect(Properties found, List<String> likes) {
      super.detect(found, likes);
    }

    @Override
    protected void log(String message) {}

    @Override
    protected void logProperty(String name, String value) {}

    /** For {@link FileOperationProvider}: no /etc/os-release, which is not part of a classifier. */
    private static InputStream noFile(String file) throws FileNotFoundException {
      throw new FileNotFoundException(file);
    }

    private static SystemPropertyOperationProvider properties(Map<String, String> system) {
      return new SystemPropertyOperationProvider() {
        @Override
        public String getSystemProperty(String name) {
          return system.get(name);
        }

        @Override
        public String getSystemProperty(String name, String otherwise) {
          return system.getOrDefault(name, otherwise);
        }

        @Override
        public String setSystemProperty(String name, String value) {
          return null;
        }
      };
    }
  }

  @Test
  void everyArchNameOfEveryTargetHasTheirName() {
    Set<String> unknownToThem = new TreeSet<>();
    for (Target target : Targets.all()) {
      Set<String> names = new TreeSet<>();
      for (String arch : target.jvmArchs()) {
        assertThat(Detector.classifier(target.jvmOs(), arch, "64", target.libc().label()))
            .isEqualTo(target.classifier());
        String theirs = osMaven(target.jvmOs(), arch);
        if (theirs == null) {
          unknownToThem.add(arch);
        } else {
          names.add(theirs);
        }
      }
      assertThat(names).containsExactly(target.classifier().replaceFirst("-musl$", ""));
    }
    // Not OpenJDK's name: on a JVM that has it os-maven-plugin fails, but does not choose a wrong
    // classifier.
    assertThat(unknownToThem).containsExactly("arm64");
  }

  @Test
  void whatBothKnowTheyCallTheSame() {
    Set<String> machines = new TreeSet<>(MACHINES);
    Targets.all().forEach(target -> machines.addAll(target.jvmArchs()));
    Set<String> seen = new TreeSet<>();
    for (String os : SYSTEMS) {
      for (String arch : machines) {
        String theirs = osMaven(os, arch);
        for (String libc : List.of("glibc", "musl")) {
          String ours = Detector.classifier(os, arch, "64", libc);
          if (ours != null && theirs != null) {
            seen.add(ours);
            assertThat(ours.replaceFirst("-musl$", ""))
                .as("%s %s %s", os, arch, libc)
                .isEqualTo(theirs);
          }
        }
      }
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(classifiers());
  }

  private static List<String> classifiers() {
    return Targets.all().stream().map(Target::classifier).toList();
  }
}
