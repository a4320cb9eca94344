package dev.stowage.loader.child;

import java.io.InputStream;
import java.lang.ref.WeakReference;

/**
 * A program that first uses a library that cannot be loaded from a separate class loader, and then
 * drops that class loader.
 */
public final class UndeployedMain {
  private UndeployedMain() {}

  public static void main(String[] args) throws Exception {
    WeakReference<ClassLoader> application = fail();
    for (int i = 0; i < 50 && application.get() != null; i++) {
      System.gc();
      Thread.sleep(20);
    }
    System.out.println(
        "RESULT ok application " + (application.get() == null ? "collected" : "kept"));
  }

  private static WeakReference<ClassLoader> fail() throws Exception {
    ClassLoader loader = new Application();
    Runnable caller =
        (Runnable) loader.loadClass(Caller.class.getName()).getDeclaredConstructor().newInstance();
    if (caller.getClass().getClassLoader() != loader) {
      throw new AssertionError("the caller is not in its own class loader");
    }
    try {
      caller.run();
      throw new AssertionError("the library was loaded");
    } catch (UnsatisfiedLinkError e) {
      return new WeakReference<>(loader);
    }
  }

  /** The code of the application. */
  public static final class Caller implements Runnable {
    @Override
    public void run() {
      try {
        Class.forName("fake.api.App").getMethod("use", String.class).invoke(null, "rust");
      } catch (java.lang.reflect.InvocationTargetException e) {
        throw (UnsatisfiedLinkError) e.getCause();
      } catch (ReflectiveOperationException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static final class Application extends ClassLoader {
    Application() {
      super(UndeployedMain.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.equals(Caller.class.getName()) || findLoadedClass(name) != null) {
        return super.loadClass(name, resolve);
      }
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (java.io.IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
