package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.harness.EachJdk;
import dev.stowage.it.harness.JvmSetup;
import dev.stowage.it.scenario.EveryFunction;
import dev.stowage.it.scenario.Pulls;
import dev.stowage.it.scenario.SampleModules;
import dev.stowage.testing.Jdk;
import dev.stowage.testing.Outcome;
import dev.stowage.testing.SharedFiles;
import dev.stowage.testing.registry.SpoiltRepository;
import dev.stowage.testing.registry.TestRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * The shims follow the rules of JNI. HotSpot only prints warnings, so any output line that is
 * neither a result nor in {@code xcheck-allow.txt} fails the test.
 */
class CheckJniIT {
  private static final List<Pattern> ALLOWED = allowed();
  private static final Set<String> STALE =
      new LinkedHashSet<>(ALLOWED.stream().map(Pattern::pattern).toList());

  @EachJdk
  void everyFunctionIsCleanUnderXcheck(Jdk jdk) throws Exception {
    Outcome outcome = everyFunction(jdk, JvmSetup.dropIn().flags("-Xcheck:jni"));
    outcome.expectExit(0).expectResults();
    List<String> unexpected = new ArrayList<>();
    Stream.concat(outcome.out().lines(), outcome.err().lines())
        .filter(line -> !line.isEmpty() && !line.startsWith("RESULT "))
        .forEach(line -> match(line, STALE, unexpected));
    assertThat(unexpected).isEmpty();
  }

  /** Checked after all JDKs have run, because an entry may be for one JDK only. */
  @AfterAll
  static void noEntryIsStale() {
    if (Jdk.allExpected().equals(Jdk.all())) {
      assertThat(STALE).as("entries of xcheck-allow.txt that no JDK printed any more").isEmpty();
    }
  }

  @Test
  void theRunCanFail() {
    List<String> unexpected = new ArrayList<>();
    match(
        "WARNING in native method: JNI call made without checking exceptions",
        new LinkedHashSet<>(),
        unexpected);
    match("Warning: SIGTERM handler modified!", new LinkedHashSet<>(), unexpected);
    match("Warning: SIGSEGV handler modified!", new LinkedHashSet<>(), unexpected);
    assertThat(unexpected).hasSize(2);
  }

  private static Outcome everyFunction(Jdk jdk, JvmSetup jvm) throws IOException {
    Path directory = SharedFiles.directory("every-function");
    Path module = directory.resolve("module.wasm");
    Files.write(module, SampleModules.padded(100_000));
    Path layout = directory.resolve("source");
    JvmSetup.dropIn()
        .child(jdk, Pulls.class)
        .arguments("push", "source", module, "oci:" + layout + ":v1")
        .run()
        .expectOk();
    try (TestRegistry registry = TestRegistry.serving(layout)) {
      return jvm.child(jdk, EveryFunction.class)
          .arguments(directory, registry.reference(SpoiltRepository.SOUND))
          .run();
    }
  }

  private static void match(String line, Set<String> stale, List<String> unexpected) {
    boolean found = false;
    for (Pattern pattern : ALLOWED) {
      if (pattern.matcher(line).matches()) {
        found = true;
        stale.remove(pattern.pattern());
      }
    }
    if (!found) {
      unexpected.add(line);
    }
  }

  /** The expressions in the allow-list; each follows its reason. */
  private static List<Pattern> allowed() {
    List<Pattern> patterns = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                CheckJniIT.class.getResourceAsStream("/xcheck-allow.txt"),
                StandardCharsets.UTF_8))) {
      boolean reason = false;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("#")) {
          reason = true;
        } else if (line.isEmpty()) {
          reason = false;
        } else {
          assertThat(reason).as("no reason above %s", line).isTrue();
          patterns.add(Pattern.compile(line));
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return patterns;
  }
}
