package dev.stowage.wasm.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.testing.ToolPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the completion script in its shells, in a directory with two files. */
class CompletionCommandTest {
  /** Types a line and the tab key into an interactive zsh, and prints the completed line. */
  private static final String ZSH =
      """
      zmodload zsh/zpty
      zpty shell zsh -f -i
      zpty -w shell "autoload -Uz compinit; compinit -D -u; source $1
        show() { print -r -- \\"<\\$BUFFER>\\" }; zle -N show; bindkey '^X' show; print READ''Y"
      zpty -r -m shell unused '*READY*'
      zpty -w -n shell "$2"$'\\t\\x18'
      zpty -r -m shell found '*<*>*'
      print -r -- "${${found##*<}%%>*}"
      zpty -d shell
      """;

  @TempDir private Path dir;
  private Path script;

  @BeforeEach
  void write() throws IOException {
    script = Files.writeString(dir.resolve("script"), ToolRun.good("completion", "bash"));
    Files.createFile(dir.resolve("module.wasm"));
  }

  @Test
  void bashCompletes() throws Exception {
    assertThat(bash("pu")).containsExactly("pull", "push");
    assertThat(bash(""))
        .containsExactly(
            Stream.of(ToolCommand.values()).map(ToolCommand::toString).toArray(String[]::new));
    assertThat(bash("--v")).containsExactly("--version");
    assertThat(bash("pull", "--p"))
        .containsExactlyInAnyOrder("--platform", "--password-stdin", "--plain-http", "--proxy");
    assertThat(bash("demo", "-")).containsExactly("--help", "-h");
    assertThat(bash("completion", "")).containsExactly("bash", "zsh");
    assertThat(bash("completion", "z")).containsExactly("zsh");
  }

  @Test
  void bashOffersFiles() throws Exception {
    assertThat(bash("describe", "")).containsExactlyInAnyOrder("module.wasm", "script");
    assertThat(bash("pull", "ref", "mo")).containsExactly("module.wasm");
    assertThat(bash("pull", "--ca-file", "mo")).containsExactly("module.wasm");
    assertThat(bash("pull", "--proxy", "")).isEmpty();
    assertThat(shell("bash", "-c", "source " + script + "; complete -p stowage-wasm"))
        .isEqualTo("complete -o default -F _complete_stowage-wasm stowage-wasm\n");
  }

  @Test
  void zshCompletes() throws Exception {
    boolean installed = ToolPath.find("zsh").isPresent();
    assumeTrue(installed, "zsh is not on PATH; install it: apt-get install zsh");
    assertThat(ToolRun.good("completion", "zsh")).isEqualTo(Files.readString(script));
    assertThat(zsh("pus")).isEqualTo("push ");
    assertThat(zsh("pull --an")).isEqualTo("pull --anonymous ");
    assertThat(zsh("completion z")).isEqualTo("completion zsh ");
    assertThat(zsh("pull ref mod")).isEqualTo("pull ref module.wasm ");
    assertThat(zsh("pull --ca-file mod")).isEqualTo("pull --ca-file module.wasm ");
  }

  /** The completions that bash offers for the last word. */
  private List<String> bash(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", "-c"));
    // compopt works only during a completion by readline.
    command.add(
        "source \"$0\"; compopt() { :; }; COMP_WORDS=(stowage-wasm \"$@\"); COMP_CWORD=$#;"
            + " _complete_stowage-wasm; printf '%s\\n' \"${COMPREPLY[@]}\"");
    command.add(script.toString());
    command.addAll(List.of(words));
    return shell(command.toArray(new String[0])).lines().filter(line -> !line.isEmpty()).toList();
  }

  /** The line as zsh completes it. */
  private String zsh(String words) throws IOException, InterruptedException {
    String line = shell("zsh", "-f", "-c", ZSH, "zsh", script.toString(), "stowage-wasm " + words);
    assertThat(line).startsWith("stowage-wasm ").endsWith("\n");
    return line.substring("stowage-wasm ".length(), line.length() - 1);
  }

  private String shell(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(dir.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
