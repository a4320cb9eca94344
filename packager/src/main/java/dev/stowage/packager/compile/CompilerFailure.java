package dev.stowage.packager.compile;

import dev.stowage.packager.message.PackagerException;
import dev.stowage.packager.record.Plan;
import dev.stowage.packager.tool.ToolProcess;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells sources that a compiler refused from a compiler that was ended from outside. */
final class CompilerFailure {
  /** What cargo, go and gcc print when a process they started was killed. */
  private static final Pattern KILLED =
      Pattern.compile("\\(signal: 9, SIGKILL|signal: killed|Killed signal terminated program");

  /** The setting that makes each tool run fewer compilers at once. */
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
