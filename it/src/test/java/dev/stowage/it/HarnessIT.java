package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.it.harness.Child;
import dev.stowage.it.harness.EachJdk;
import dev.stowage.it.harness.Jdk;
import dev.stowage.it.harness.Jvm;
import dev.stowage.it.harness.Lab;
import dev.stowage.it.harness.Outcome;
import dev.stowage.it.harness.Reactor;
import dev.stowage.it.harness.Sandbox;
import dev.stowage.it.scenario.Misbehaves;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * The harness can fail: each way a child can go wrong is noticed, and each condition of a sandbox
 * is real.
 */
class HarnessIT {
  @EachJdk
  void a_good_child_passes_with_its_results(Jdk jdk) {
    assertThat(misbehave(jdk, "fine").expectOk().result("fine")).isEqualTo("first\nsecond");
  }

  @EachJdk
  void each_way_to_go_wrong_is_noticed(Jdk jdk) {
    assertThatThrownBy(() -> misbehave(jdk, "silent").expectOk())
        .hasMessageContaining("no RESULT line");
    assertThatThrownBy(() -> misbehave(jdk, "failed").expectOk())
        .hasMessageContaining("a RESULT is not ok");
    assertThatThrownBy(() -> misbehave(jdk, "noisy").expectOk())
        .hasMessageContaining("nothing on stderr");
    assertThatThrownBy(() -> misbehave(jdk, "exit").expectOk()).hasMessageContaining("exit 3");
    assertThatThrownBy(() -> misbehave(jdk, "crash").expectOk())
        .hasMessageContaining("--- hs_err")
        .hasMessageContaining("SIGSEGV");
    assertThatThrownBy(() -> scenario(jdk, "hang").limit(Duration.ofSeconds(2)).run().expectOk())
        .hasMessageContaining("killed at its time limit");
  }

  @Test
  void the_ordinary_user_is_not_root_and_has_no_groups() {
    Outcome id = Child.shell("id -u; id -G; touch \"$HOME/mine\"").in(Sandbox.ordinaryUser()).run();
    assertThat(id.expectExit(0).out()).isEqualTo("65534\n65534\n");
  }

  @Test
  void mounts_of_a_sandbox_are_real_and_vanish_with_it() {
    Path directory = Lab.directory("mount");
    Sandbox user = Sandbox.ordinaryUser();
    refused(
        user.tmpfs(directory, 1 << 20, ",noexec"),
        "cp /bin/true D/x && D/x",
        directory,
        "Permission denied");
    refused(
        user.full(directory, 1 << 16),
        "head -c 9999 /dev/zero >D/x",
        directory,
        "No space left on device");
    refused(
        user.readOnly(directory),
        "head -c 9999 /dev/zero >D/x",
        directory,
        "Read-only file system");
    refused(user, "head -c 9999 /dev/zero >D/x", directory, "Permission denied");
    assertThat(directory).isEmptyDirectory();
  }

  private static void refused(Sandbox sandbox, String script, Path directory, String text) {
    Outcome outcome = Child.shell(script.replace("D", directory.toString())).in(sandbox).run();
    assertThat(outcome.exit()).as(outcome.toString()).isNotZero();
    assertThat(outcome.out() + outcome.err()).contains(text);
  }

  private static Outcome misbehave(Jdk jdk, String way) {
    return scenario(jdk, way).run();
  }

  private static Child scenario(Jdk jdk, String way) {
    return Child.scenario(jdk, Misbehaves.class, Jvm.on(Reactor.scenarios())).arguments(way);
  }
}
