package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.harness.EachJdk;
import dev.stowage.it.harness.JvmSetup;
import dev.stowage.it.harness.Reactor;
import dev.stowage.it.scenario.FailsTwice;
import dev.stowage.it.scenario.UsesBoth;
import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.ChildProcess;
import dev.stowage.testing.Jdk;
import dev.stowage.testing.Outcome;
import dev.stowage.testing.Sandbox;
import java.nio.file.Path;
import java.util.function.BiFunction;

/**
 * Unusable cache directories, as an ordinary user. The loader uses the next one; without any, its
 * error has all attempts and a fix. Each condition has a control in the same sandbox.
 */
class CacheIT {
  private static final long TINY = 1 << 16;

  @EachJdk
  void aNoexecCacheIsPassedBy(Jdk jdk) {
    BiFunction<Sandbox, Path, Sandbox> noexec =
        (sandbox, path) -> sandbox.tmpfs(path, 64 << 20, ",noexec");
    next(jdk, noexec);
    Outcome none =
        none(jdk, noexec, "cp /bin/true 'D/control' && 'D/control'", "Permission denied");
    assertThat(none.result("rust")).contains("noexec");
  }

  @EachJdk
  void aReadOnlyCacheIsPassedBy(Jdk jdk) {
    BiFunction<Sandbox, Path, Sandbox> readOnly = Sandbox::readOnly;
    next(jdk, readOnly);
    Outcome none =
        none(jdk, readOnly, "head -c 9999 /dev/zero >'D/control'", "Read-only file system");
    assertThat(none.result("rust")).contains("cannot be written to");
  }

  @EachJdk
  void aFullCacheIsPassedBy(Jdk jdk) {
    BiFunction<Sandbox, Path, Sandbox> full = (sandbox, path) -> sandbox.full(path, TINY);
    next(jdk, full);
    Outcome none =
        none(jdk, full, "head -c 9999 /dev/zero >'D/control'", "No space left on device");
    assertThat(none.result("rust")).contains("No space left on device");
  }

  @EachJdk
  void anUnwritableCacheIsPassedBy(Jdk jdk) {
    BiFunction<Sandbox, Path, Sandbox> unwritable = Sandbox::rootOnly;
    next(jdk, unwritable);
    Outcome none =
        none(jdk, unwritable, "head -c 9999 /dev/zero >'D/control'", "Permission denied");
    assertThat(none.result("rust")).contains("cannot be written to");
  }

  @EachJdk
  void aCacheThatFillsUpOnTheWayIsPassedBy(Jdk jdk) {
    // Too small for the first core, so that the copy fails in the middle of a file.
    BiFunction<Sandbox, Path, Sandbox> small = (sandbox, path) -> sandbox.tmpfs(path, TINY, "");
    next(jdk, small);
    none(jdk, small, "head -c 99999 /dev/zero >'D/control'", "No space left on device");
  }

  @EachJdk
  void aWarmCacheThatBecameReadOnlyStillServes(Jdk jdk) {
    ChildJvm first = JvmSetup.dropIn().child(jdk, UsesBoth.class).in(Sandbox.ordinaryUser());
    first.run().expectOk();
    JvmSetup warm = JvmSetup.dropIn().cache(first.cache());
    ChildJvm second = warm.child(jdk, UsesBoth.class);
    Outcome outcome = second.in(Sandbox.ordinaryUser().readOnly(first.cache())).run().expectOk();
    assertThat(outcome.result("rust")).isEqualTo(Reactor.version() + " 42");
    assertThat(second.home()).isEmptyDirectory();
    assertThat(second.tmp()).isEmptyDirectory();
  }

  /** If only the first cache directory is unusable, the next one is used. */
  private static void next(Jdk jdk, BiFunction<Sandbox, Path, Sandbox> spoil) {
    ChildJvm child = JvmSetup.dropIn().child(jdk, UsesBoth.class);
    child.in(spoil.apply(Sandbox.ordinaryUser(), child.cache())).run().expectOk();
    assertThat(child.home().resolve(".cache/stowage")).isDirectory();
  }

  /** If all of them are unusable, both cores report it, twice, and leave no files. */
  private static Outcome none(
      Jdk jdk, BiFunction<Sandbox, Path, Sandbox> spoil, String control, String text) {
    ChildJvm child = JvmSetup.dropIn().child(jdk, FailsTwice.class);
    Sandbox sandbox = Sandbox.ordinaryUser();
    for (Path root : new Path[] {child.cache(), child.home(), child.tmp()}) {
      sandbox = spoil.apply(sandbox, root);
    }
    Outcome plain =
        ChildProcess.shell(control.replace("D", child.cache().toString())).in(sandbox).run();
    assertThat(plain.exit()).as("control: %s", plain).isNotZero();
    assertThat(plain.err()).as("control").contains(text);
    Outcome outcome = child.in(sandbox).run().expectOk();
    for (String binding : new String[] {"rust", "go"}) {
      assertThat(outcome.result(binding))
          .startsWith("StowageLinkError STOW-")
          .contains(child.cache().toString())
          .contains("-Dstowage.cache=");
      assertThat(outcome.result(binding + "-again")).isEqualTo(outcome.result(binding));
    }
    return outcome;
  }
}
