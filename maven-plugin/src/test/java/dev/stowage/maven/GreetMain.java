package dev.stowage.maven;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stowage.loader.NativeLibrary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/** Calls every native method of {@code greet}, in a JVM that has the packed library. */
public final class GreetMain {
  private GreetMain() {}

  public static void main(String[] args) {
    NativeLibrary.of(GreetNative.class).require("rust");
    ok("bytes", new String(GreetNative.reversed("abc".getBytes(UTF_8)), UTF_8));
    ok("string", GreetNative.hello("Z\u00f6e \uD83D\uDE00"));
    failing("surrogate", () -> GreetNative.hello("\uD83D"));
    failing("null", () -> GreetNative.hello(null));
    long[] table = new long[20];
    GreetNative.table(table);
    ok("long[]", table[0] + " " + table[1] + " " + table[19]);
    ok("count", GreetNative.count(5));
    failing("error", () -> GreetNative.count(-1));
    List<Long> people = new ArrayList<>();
    GreetNative.each(3, (LongConsumer) people::add);
    ok("upcall", people);
    people.clear();
    LongConsumer second =
        person -> {
          people.add(person);
          if (person == 1) {
            throw new IllegalStateException("enough");
          }
        };
    failing("upcall-throws", () -> GreetNative.each(3, second));
    ok("upcall-stops", people);
    byte[] password = "hunter2".getBytes(UTF_8);
    ok("secret", GreetNative.strength(password) + " " + Arrays.hashCode(password));
  }

  private static void ok(String name, Object text) {
    System.out.println("RESULT ok " + name + " " + text);
  }

  private static void failing(String name, Runnable call) {
    try {
      call.run();
      System.out.println("RESULT FAILED " + name + " threw nothing");
    } catch (RuntimeException e) {
      ok(name, e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }
}
