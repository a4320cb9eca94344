package dev.stowage.it.scenario;

import java.lang.reflect.Field;

/** Ends in each of the ways that the harness must report as a failure. */
public final class MisbehavingScenario {
  private MisbehavingScenario() {}

  /** Expects the way as its argument. */
  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "silent":
        break;
      case "failed":
        ScenarioReport.check("it", false, "as asked");
        break;
      case "hang":
        ScenarioReport.ok("before", "");
        Thread.sleep(600_000);
        break;
      case "noisy":
        ScenarioReport.ok("before", "");
        System.err.println("something on stderr");
        break;
      case "crash":
        ScenarioReport.ok("before", "");
        crash();
        break;
      case "exit":
        ScenarioReport.ok("before", "");
        System.exit(3);
        break;
      default:
        ScenarioReport.ok("fine", "first\nsecond");
    }
  }

  private static void crash() throws Exception {
    Class<?> type = Class.forName("sun.misc.Unsafe");
    Field field = type.getDeclaredField("theUnsafe");
    field.setAccessible(true);
    type.getMethod("putAddress", long.class, long.class).invoke(field.get(null), 8L, 1L);
  }
}
