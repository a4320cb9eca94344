package dev.stowage.it.scenario;

import java.lang.reflect.Field;

/** Ends in each of the ways that the harness must call a failure. */
public final class Misbehaves {
  private Misbehaves() {}

  /** Argument: the way. */
  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "silent":
        break;
      case "failed":
        Report.check("it", false, "as asked");
        break;
      case "hang":
        Report.ok("before", "");
        Thread.sleep(600_000);
        break;
      case "noisy":
        Report.ok("before", "");
        System.err.println("something on stderr");
        break;
      case "crash":
        Report.ok("before", "");
        crash();
        break;
      case "exit":
        Report.ok("before", "");
        System.exit(3);
        break;
      default:
        Report.ok("fine", "first\nsecond");
    }
  }

  private static void crash() throws Exception {
    Class<?> type = Class.forName("sun.misc.Unsafe");
    Field field = type.getDeclaredField("theUnsafe");
    field.setAccessible(true);
    type.getMethod("putAddress", long.class, long.class).invoke(field.get(null), 8L, 1L);
  }
}
