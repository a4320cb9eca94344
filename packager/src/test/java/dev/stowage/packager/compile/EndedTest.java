package dev.stowage.packager.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.packager.fixture.Fixture;
import dev.stowage.packager.message.PackagerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compilers that are ended from outside, or seem to run forever. */
class EndedTest {
  @TempDir Path directory;
  private Fixture fixture;

  @BeforeEach
  void copy() throws Exception {
    fixture = Fixture.in(directory);
  }

  @Test
  void aKilledCargoIsNamed() throws Exception {
    fixture.rustOnly().variable("CARGO", tool("cargo", "kill -9 $$"));
    assertThat(WrongInputTest.refused(fixture::build, "STOW-142"))
        .hasMessage(
            """
            STOW-142 linux-x86_64: cargo was ended by signal 9, on the core of binding 'rust'
              fix:   run again; if memory is short, set CARGO_BUILD_JOBS=1\
            """)
        .extracting(PackagerException::kind)
        .isEqualTo(PackagerException.Kind.ENVIRONMENT);
    assertThat(fixture.libraries()).isEmpty();
  }

  /**
   * Out of memory, the system kills the largest process: the compiler, not the tool that started
   * it.
   */
  @Test
  void aCompilerOfGoKilled() throws Exception {
    String script = "echo 'compile: signal: killed' >&2; exit 1";
    fixture.goOnly().variable("GO", tool("go", script));
    assertThat(WrongInputTest.refused(fixture::build, "STOW-142"))
        .hasMessageContaining("a compiler started by go was ended by signal 9, on the core")
        .hasMessageContaining("found: compile: signal: killed")
        .hasMessageContaining("set GOMAXPROCS=1");
  }

  @Test
  void aStepThatTakesLongIsNamedWhileItRuns() throws Exception {
    String cc = tool("cc", "case \"$*\" in *rust_native.c*) sleep 6;; esac; exec cc \"$@\"");
    fixture.rustOnly().variable("CC", cc);
    fixture.build();
    assertThat(fixture.lines()).hasSize(4);
    assertThat(fixture.lines().get(1))
        .isEqualTo("build    linux-x86_64        rust shim  building");
    assertThat(fixture.lines().get(2)).contains("_rust_jni-").contains("built in ");
  }

  /** A tool that prints the version of the real one and otherwise runs a script. */
  private String tool(String name, String script) throws IOException {
    String line = "case \"$1\" in *version) exec " + name + " \"$@\";; esac\n";
    Path file = directory.resolve("my-" + name);
    Files.writeString(file, "#!/bin/sh\n" + line + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file.toString();
  }
}
