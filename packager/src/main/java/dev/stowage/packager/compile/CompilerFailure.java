package dev.stowage.packager.compile;

import dev.stowage.packager.message.PackagerException;
import dev.stowage.packager.record.Plan;
import dev.stowage.packager.tool.ToolProcess;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Distinguishes compilers that reported errors from compilers that a signal ended. */
final class CompilerFailure {
  /** Printed by cargo, go and gcc when a signal ended a process that they started. */
  private static final Pattern KILLED =
      Pattern.compile("\\(signal: 9, SIGKILL|signal: killed|Killed signal terminated program");

  /** Per tool, the setting that makes it run fewer compilers at once. */
  private static final Map<String, String> FEWER =
      Map.of("cargo", "CARGO_BUILD_JOBS=1", "go", "GOMAXPROCS=1");

  private CompilerFailure() {}

  /** The error for a tool that produced no library. */
  static PackagerException of(Plan plan, String tool, ToolProcess.Outcome outcome) {
    String role = plan.role().label();
    int signal = outcome.signal();
    Matcher killed = KILLED.matcher(outcome.err());
    boolean child = signal == 0 && killed.find();
    if (signal == 0 && !child) {
      return BuildMessages.compileFailed(plan.target(), plan.binding(), role, tool, outcome.err());
    }
    return BuildMessages.compilerEnded(
        plan.target() + ": " + BuildMessages.ended(tool, child, child ? 9 : signal),
        role,
        plan.binding(),
        outcome.err(),
        FEWER.get(tool));
  }
}
