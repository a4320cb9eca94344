package dev.stowage.loader.child;

import dev.stowage.loader.NativeLibrary;

/**
 * A program for a child JVM: prints from where the core of a binding of {@code fake.api} was
 * loaded.
 */
public final class CorePathMain {
  private CorePathMain() {}

  public static void main(String[] args) throws Exception {
    NativeLibrary library = NativeLibrary.of(Class.forName("fake.api.App"));
    try {
      System.out.println("RESULT ok core " + library.core(args[0]));
    } catch (LinkageError e) {
      System.out.println("RESULT ok core " + e.getMessage().replace('\n', ' '));
    }
  }
}
