package dev.stowage.testing;

import java.lang.reflect.Field;

/** Ends in each of the ways that the test of a child JVM must detect. */
final class MisbehavingMain {
  private MisbehavingMain() {}

  /** Expects the way as its argument. */
  public static void main(String[] args) throws Exception {
    if (!args[0].equals("silent") && !args[0].startsWith("failed")) {
      System.out.println("RESULT ok before first\\nsecond");
    }
    switch (args[0]) {
      case "failed" -> System.out.println("RESULT FAILED it as asked");
      case "failed3" -> {
        System.out.println("RESULT FAILED it as asked");
        System.exit(3);
      }
      case "hang" -> Thread.sleep(600_000);
      case "noisy" -> System.err.println("something on stderr");
      case "warned" -> System.out.println("WARNING in native method: as the JVM prints it");
      case "crash" -> crash();
      case "exit" -> System.exit(3);
      default -> {}
    }
  }

  private static void crash() throws Exception {
    Class<?> type = Class.forName("sun.misc.Unsafe");
    Field field = type.getDeclaredField("theUnsafe");
    field.setAccessible(true);
    type.getMethod("putAddress", long.class, long.class).invoke(field.get(null), 8L, 1L);
  }
}
