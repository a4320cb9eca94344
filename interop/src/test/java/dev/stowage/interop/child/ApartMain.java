package dev.stowage.interop.child;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Runs another main class like an application server: the JARs in the first argument are in a
 * shared class loader, those in the second one in the application's class loader below it.
 */
public final class ApartMain {
  private ApartMain() {}

  public static void main(String[] args) throws Throwable {
    ClassLoader shared = new URLClassLoader(urls(args[0]), ClassLoader.getPlatformClassLoader());
    ClassLoader own = new URLClassLoader(urls(args[1]), shared);
    String[] rest = Arrays.copyOfRange(args, 3, args.length);
    try {
      Class.forName(args[2], true, own)
          .getMethod("main", String[].class)
          .invoke(null, (Object) rest);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static URL[] urls(String classPath) throws MalformedURLException {
    String[] entries = classPath.split(File.pathSeparator, -1);
    URL[] urls = new URL[entries.length];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = Path.of(entries[i]).toUri().toURL();
    }
    return urls;
  }
}
