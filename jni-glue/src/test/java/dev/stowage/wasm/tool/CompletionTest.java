package dev.stowage.wasm.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts, run by the shells they are for. */
class CompletionTest {
  @TempDir private Path dir;

  @Test
  void bashCompletes() throws Exception {
    assertThat(bash("pu")).containsExactly("pull", "push");
    assertThat(bash(""))
        .contains("doctor", "completion", "--version")
        .hasSize(Commands.ALL.size() + 2);
    assertThat(bash("pull", "--p"))
        .containsExactlyInAnyOrder("--platform", "--password-stdin", "--plain-http", "--proxy");
    assertThat(bash("demo", "-")).containsExactly("--help");
    assertThat(bash("completion", "")).containsExactly("bash", "zsh");
    assertThat(bash("completion", "z")).containsExactly("zsh");
  }

  @Test
  void bashIsLeftToOfferFiles() throws Exception {
    assertThat(bash("describe", "")).isEmpty();
    assertThat(bash("pull", "--ca-file", "x")).isEmpty();
    assertThat(bash("frobnicate", "--")).isEmpty();
    Path script = Files.writeString(dir.resolve("bash"), Tool.good("completion", "bash"));
    assertThat(shell("bash", "-c", "source " + script + "; complete -p stowage-wasm"))
        .isEqualTo("complete -o default -F _stowage_wasm stowage-wasm\n");
  }

  @Test
  void zshTakesIt() throws Exception {
    boolean installed = false;
    for (String place : System.getenv("PATH").split(":", -1)) {
      installed |= Files.isExecutable(Path.of(place, "zsh"));
    }
    assumeTrue(installed, "zsh is not on PATH; install it: apt-get install zsh");
    Path script = Files.writeString(dir.resolve("_stowage-wasm"), Tool.good("completion", "zsh"));
    String sourced =
        "autoload -Uz compinit; compinit -D -u; source " + script + "; print $_comps[stowage-wasm]";
    assertThat(shell("zsh", "-f", "-c", sourced)).isEqualTo("_stowage_wasm\n");
    // _arguments and _describe take their specifications apart only when called; what they get is
    // printed.
    String called =
        "_describe() { print -rl -- ${(P)2} }; _arguments() { print -rl -- \"$@\" }; compdef() { }; source "
            + script
            + "; words=(stowage-wasm pu); CURRENT=2; _stowage_wasm; "
            + "words=(stowage-wasm pull --); CURRENT=3; _stowage_wasm";
    assertThat(shell("zsh", "-f", "-c", called))
        .contains("pull:pull a module into a file\n")
        .contains("push:push a module, in the CNCF's layout\n")
        .contains("--anonymous[no credentials, not even Docker's]\n")
        .contains("*--plain-http[allow plain HTTP to host\\[\\:port\\]; may be repeated]:HOST: \n")
        .contains("--ca-file[trust the certificates in this PEM file, too]:FILE:_files\n");
  }

  /** What bash would offer for the last word. */
  private List<String> bash(String... words) throws IOException, InterruptedException {
    Path script = Files.writeString(dir.resolve("script"), Tool.good("completion", "bash"));
    List<String> command = new ArrayList<>();
    command.addAll(List.of("bash", "-c"));
    command.add(
        "source \"$0\"; COMP_WORDS=(stowage-wasm \"$@\"); COMP_CWORD=$#; _stowage_wasm;"
            + " printf '%s\\n' \"${COMPREPLY[@]}\"");
    command.add(script.toString());
    command.addAll(List.of(words));
    return shell(command.toArray(new String[0])).lines().filter(line -> !line.isEmpty()).toList();
  }

  private static String shell(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
