package dev.stowage.packager.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.packager.fixture.CrossTools;
import dev.stowage.packager.fixture.Fixture;
import dev.stowage.packager.fixture.LlvmTools;
import dev.stowage.packager.project.Role;
import dev.stowage.packager.record.Plan;
import dev.stowage.packager.tool.Tool;
import dev.stowage.testing.Commands;
import dev.stowage.testing.Outcome;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A core of a release build crashes in a child process. With the stripped library and the debug
 * file of the same id, the address gives the source line.
 */
class CrashTest {
  /** Loads the library, prints its address, and calls the function with an invalid pointer. */
  private static final String DRIVER =
      """
      #define _GNU_SOURCE
      #include <dlfcn.h>
      #include <signal.h>
      #include <stdio.h>
      #include <stdlib.h>
      #include <ucontext.h>
      #include <unistd.h>

      static void died(int signal, siginfo_t *info, void *context) {
        ucontext_t *at = context;
        (void)signal;
        (void)info;
        dprintf(1, "pc=0x%llx\\n", (unsigned long long)at->uc_mcontext.gregs[REG_RIP]);
        _exit(3);
      }

      int main(int argc, char **argv) {
        void *library = argc == 4 ? dlopen(argv[1], RTLD_NOW) : NULL;
        if (!library) { dprintf(1, "%s\\n", dlerror()); return 1; }
        long (*function)(long, long) = (long (*)(long, long))dlsym(library, argv[2]);
        Dl_info where;
        if (!function || !dladdr((void *)function, &where)) return 2;
        dprintf(1, "base=0x%llx\\n", (unsigned long long)(size_t)where.dli_fbase);
        if (argv[3][0] == 'h') {
          struct sigaction action = {.sa_sigaction = died, .sa_flags = SA_SIGINFO | SA_ONSTACK};
          sigaction(SIGSEGV, &action, NULL);
        }
        return (int)function(0x7eadbeef0000, 1);
      }
      """;

  @TempDir private Path dir;

  @BeforeEach
  void tools() {
    CrossTools.need(Tool.ZIG);
    CrossTools.need(Tool.CARGO_ZIGBUILD);
    CrossTools.need(Tool.OBJCOPY);
  }

  private Fixture fixture() throws IOException, URISyntaxException {
    return Fixture.in(dir.resolve("fixture"))
        .variable("PATH", CrossTools.box().environment().get("PATH"))
        .targets(Fixture.HOST);
  }

  @Test
  void aCrashInRustIsSymbolized() throws Exception {
    Fixture fixture = fixture().rustOnly();
    fixture.edit(
        "rust/src/add.rs",
        "pub(crate) fn checked(",
        """
        #[inline(never)]
        pub(crate) fn peek(at: *const i64) -> i64 {
            unsafe { *std::hint::black_box(at) }
        }

        pub fn checked(\
        """);
    fixture.edit(
        "rust/src/lib.rs", "add::checked(left, right)", "add::peek(left as *const i64) + right");
    String lines = crash(fixture, "rust", "tiny_add", "handler");
    assertThat(lines).contains("peek").contains("rust/src/add.rs:3:");
  }

  @Test
  void aCrashInGoIsSymbolized() throws Exception {
    Fixture fixture = fixture().goOnly();
    String source = Files.readString(fixture.file("go/export/main.go"));
    Matcher export = Pattern.compile("//export (\\w+)\n").matcher(source);
    assertThat(export.find()).isTrue();
    int end = (int) source.substring(0, source.indexOf("func " + export.group(1))).lines().count();
    String broken =
        source.replaceFirst(
            "(func " + export.group(1) + "\\((\\w+)[^{]*\\{)",
            "$1\n\tif *(*byte)(unsafe.Pointer(uintptr($2))) == 1 {\n\t\tpanic(1)\n\t}");
    if (!source.contains("\"unsafe\"")) {
      broken = broken.replaceFirst("import \"C\"\n", "import \"C\"\nimport \"unsafe\"\n");
    }
    Files.writeString(fixture.file("go/export/main.go"), broken);
    int line = end + 2 + (source.contains("\"unsafe\"") ? 0 : 1);
    // Go itself handles the signal and prints the address.
    String lines = crash(fixture, "go", export.group(1), "none");
    assertThat(lines).contains("main." + export.group(1)).contains("main.go:" + line + ":");
  }

  /** Builds the library, lets it crash, and symbolizes the address. */
  private String crash(Fixture fixture, String binding, String function, String handler)
      throws IOException {
    fixture.build();
    Plan plan = fixture.plan(binding, Role.CORE);
    assertThat(plan.release()).isTrue();
    Path library = fixture.library(binding, Role.CORE);
    Path driver = dir.resolve("driver");
    Files.writeString(dir.resolve("driver.c"), DRIVER);
    Commands.output(dir, List.of("cc", "driver.c", "-o", "driver", "-ldl"));
    Outcome died =
        Commands.run(dir, List.of(driver.toString(), library.toString(), function, handler));
    assertThat(died.exit()).as(died.output()).isNotZero();
    long address = hex(died, "pc=0x([0-9a-f]+)") - hex(died, "base=0x([0-9a-f]+)");

    assertThat(LlvmTools.symbolize(library, address)).doesNotContain(".rs:", ".go:");
    Path debug = fixture.output().debug(Fixture.HOST, library.getFileName().toString());
    assertThat(places(debug)).isEmpty();
    return LlvmTools.symbolize(debug, address);
  }

  /**
   * Paths of this machine in a debug file. Those of zig's own runtime do not count: zig compiles it
   * once for all projects, with its own directory and the current one (docs/debugging.md).
   */
  private List<String> places(Path debug) throws IOException {
    String text = Files.readString(debug, StandardCharsets.ISO_8859_1);
    String project = dir.resolve("fixture").toString();
    List<String> found = new ArrayList<>();
    for (String word : text.split("\0", -1)) {
      boolean ours = word.startsWith(project + "/") && !word.equals(project + "/rust");
      boolean home = word.startsWith(System.getProperty("user.home")) && !word.contains("ziglang");
      if (ours || home) {
        found.add(word);
      }
    }
    return found;
  }

  private static long hex(Outcome child, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(child.output());
    assertThat(found.find()).as(child.output()).isTrue();
    return Long.parseUnsignedLong(found.group(1), 16);
  }
}
