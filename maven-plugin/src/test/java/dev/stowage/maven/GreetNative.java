package dev.stowage.maven;

final class GreetNative {
  private GreetNative() {}

  static native long count(long people);
}
