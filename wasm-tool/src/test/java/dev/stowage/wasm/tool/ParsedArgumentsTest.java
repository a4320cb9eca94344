package dev.stowage.wasm.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ParsedArgumentsTest {
  @Test
  void optionsStandAnywhere() {
    ParsedArguments arguments =
        parse(
            "pull",
            "--json",
            "ref",
            "--timeout",
            "7",
            "file",
            "--plain-http=a",
            "--plain-http",
            "b");
    assertThat(arguments.operandsFrom(0)).containsExactly("ref", "file");
    assertThat(arguments.has(ToolOptions.JSON)).isTrue();
    assertThat(arguments.has(ToolOptions.PROXY)).isFalse();
    assertThat(arguments.number(ToolOptions.TIMEOUT, 1, 10)).isEqualTo(7);
    assertThat(arguments.values(ToolOptions.PLAIN_HTTP)).containsExactly("a", "b");
    assertThat(arguments.values(ToolOptions.PROXY)).isEmpty();
  }

  @Test
  void valuesMayLookLikeAnything() {
    assertThat(parse("pull", "r", "f", "--username", "--json").value(ToolOptions.USERNAME))
        .isEqualTo("--json");
    assertThat(parse("pull", "r", "f", "--username=a=b").value(ToolOptions.USERNAME))
        .isEqualTo("a=b");
    assertThat(parse("pull", "r", "f", "--username=").value(ToolOptions.USERNAME)).isEmpty();
  }

  @Test
  void negativeNumbersAreOperands() {
    String[] numbers = {"-5", "-.5", "-inf", "-nan", "-0x1", "-"};
    for (String number : numbers) {
      assertThat(parse("run", "f", "e", number).operandsFrom(2)).containsExactly(number);
    }
    wrong("error: run has no option '-x'", "run", "f", "e", "-x");
  }

  @Test
  void afterTwoDashesNothingIsAnOption() {
    ParsedArguments arguments = parse("run", "f", "--json", "--", "--json", "-h", "--");
    assertThat(arguments.operandsFrom(0)).containsExactly("f");
    assertThat(arguments.rest()).containsExactly("--json", "-h", "--");
    assertThat(arguments.has(ToolOptions.JSON)).isTrue();
  }

  @Test
  void theNumberOfOperandsIsTheCommands() {
    wrong("error: usage: pull REF FILE", "pull", "ref");
    wrong("error: usage: pull REF FILE", "pull", "a", "b", "c");
    wrong("error: usage: demo", "demo", "x");
    wrong("error: usage: run FILE [EXPORT [ARGS...]]", "run");
    assertThat(parse("run", "f").count()).isEqualTo(1);
    assertThat(parse("run", "f", "e", "1", "2", "3").count()).isEqualTo(5);
    wrong("error: usage: completion bash|zsh", "completion");
    assertThat(ToolRun.bad(2, "completion", "fish"))
        .startsWith("error: usage: completion bash|zsh\n");
  }

  @Test
  void mistypedOptions() {
    wrong(
        "error: pull has no option '--usernme'; did you mean '--username'?", "pull", "--usernme=x");
    wrong("error: pull has no option '--frob'", "pull", "--frob", "a", "b");
    wrong("error: --json may be given once only", "pull", "--json", "--json", "a", "b");
    wrong("error: usage: pull --json", "pull", "--json=yes", "a", "b");
    wrong("error: usage: pull --timeout SECONDS", "pull", "a", "b", "--timeout");
  }

  @Test
  void numbersOutOfRange() {
    for (String bad : new String[] {"0", "-1", "11", "x", "", "1.5", "99999999999999999999"}) {
      ParsedArguments arguments = parse("pull", "a", "b", "--timeout=" + bad);
      assertThatThrownBy(() -> arguments.number(ToolOptions.TIMEOUT, 1, 10))
          .isInstanceOf(UsageException.class)
          .hasMessage(
              "error: --timeout SECONDS is a whole number from 1 to 10, found '"
                  + bad
                  + "'\n  pull --help lists the options");
    }
  }

  @Test
  void helpAlwaysFits() {
    assertThat(parse("pull", "--help").helpRequested()).isTrue();
    assertThat(parse("pull", "-h", "a", "b", "c").helpRequested()).isTrue();
    assertThat(parse("pull", "-h", "--frob").helpRequested()).isTrue();
  }

  private static ParsedArguments parse(String command, String... words) {
    ToolCommand named = ToolCommand.named(command);
    return ParsedArguments.parse(named, CommandModel.of(named), List.of(words));
  }

  private static void wrong(String firstLine, String command, String... words) {
    assertThatThrownBy(() -> parse(command, words))
        .isInstanceOf(UsageException.class)
        .hasMessage(firstLine + "\n  " + command + " --help lists the options");
  }
}
