package dev.stowage.wasm.tool;

/** Completion scripts, made from the table of commands. */
final class Completion {
  private Completion() {}

  static int run(Arguments arguments, Output output) {
    switch (arguments.operand(0)) {
      case "bash":
        output.out.print(bash());
        return Main.OK;
      case "zsh":
        output.out.print(zsh());
        return Main.OK;
      default:
        throw new UsageException(UsageMessages.usage(arguments.command()));
    }
  }

  /** Where it offers nothing, bash offers files. For bash 3.2 too, which macOS has. */
  static String bash() {
    StringBuilder script = new StringBuilder();
    script
        .append("# Completion of stowage-wasm for bash, written by 'completion bash'.\n")
        .append("_stowage_wasm() {\n")
        .append("  local word=${COMP_WORDS[COMP_CWORD]} offered=\n")
        .append("  if [ \"$COMP_CWORD\" -eq 1 ]; then\n")
        .append("    offered='")
        .append(String.join(" ", Commands.firstWords()))
        .append("'\n  else\n")
        .append("    case ${COMP_WORDS[1]}:$word in\n");
    for (Command command : Commands.ALL) {
      offer(script, command.name + ":-*", String.join(" ", Commands.names(command.options)));
      if (command.operands.contains("|")) {
        offer(script, command.name + ":*", command.operands.replace('|', ' '));
      }
    }
    return script
        .append("    esac\n")
        .append("  fi\n")
        .append("  COMPREPLY=($(compgen -W \"$offered\" -- \"$word\"))\n")
        .append("}\n")
        .append("complete -o default -F _stowage_wasm stowage-wasm\n")
        .toString();
  }

  private static void offer(StringBuilder script, String pattern, String words) {
    script.append("      ").append(pattern).append(") offered='").append(words).append("' ;;\n");
  }

  static String zsh() {
    StringBuilder script = new StringBuilder();
    script
        .append("#compdef stowage-wasm\n")
        .append("# Completion of stowage-wasm for zsh, written by 'completion zsh'.\n")
        .append("_stowage_wasm() {\n")
        .append("  local -a commands=(\n");
    for (Command command : Commands.ALL) {
      script.append("    ").append(quoted(command.name + ":" + command.summary)).append('\n');
    }
    script
        .append("  )\n")
        .append("  if (( CURRENT == 2 )); then\n")
        .append("    _describe command commands\n")
        .append("    return\n")
        .append("  fi\n")
        .append("  local command=$words[2]\n")
        .append("  shift words\n")
        .append("  (( CURRENT-- ))\n")
        .append("  case $command in\n");
    for (Command command : Commands.ALL) {
      script.append("    ").append(command.name).append(")\n      _arguments");
      for (Option option : command.options) {
        script.append(" \\\n        ").append(quoted(specification(option)));
      }
      script.append(" \\\n        ").append(quoted(operand(command))).append(" ;;\n");
    }
    return script
        .append("  esac\n")
        .append("}\n")
        .append("if [[ $funcstack[1] == _stowage_wasm ]]; then\n")
        .append("  _stowage_wasm \"$@\"\n")
        .append("else\n")
        .append("  compdef _stowage_wasm stowage-wasm\n")
        .append("fi\n")
        .toString();
  }

  /** As _arguments of zsh wants it. */
  private static String specification(Option option) {
    String value = "";
    if (option.value != null) {
      value = ":" + option.value + ":" + (option.takesFile() ? "_files" : " ");
    }
    return (option.repeats ? "*" : "")
        + option.name
        + "["
        + option.summary.replace("[", "\\[").replace("]", "\\]").replace(":", "\\:")
        + "]"
        + value;
  }

  private static String operand(Command command) {
    return command.operands.contains("|")
        ? "*:SHELL:(" + command.operands.replace('|', ' ') + ")"
        : "*:operand:_files";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
