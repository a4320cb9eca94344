package dev.stowage.maven;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stowage.loader.Upcall;
import java.util.function.LongConsumer;

/** The Java side of the project {@code greet}: one native method per kind of conversion. */
final class GreetNative {
  private GreetNative() {}

  static native byte[] reversed(byte[] bytes);

  static native String hello(String name);

  /** Stores how many greetings 0, 1, ... people exchange. */
  static native void table(long[] greetings);

  /** How many greetings people exchange; fails for a negative number. */
  static native long count(long people);

  /** Calls the listener, a {@code LongConsumer}, with each person. */
  static native void each(long people, Object listener);

  /** How many different bytes a password has. */
  static native int strength(byte[] password);

  @Upcall
  static void fail(int status, byte[] utf8) {
    throw new IllegalArgumentException("status " + status + ": " + new String(utf8, UTF_8));
  }

  @Upcall
  static void met(Object listener, long person) {
    ((LongConsumer) listener).accept(person);
  }
}
