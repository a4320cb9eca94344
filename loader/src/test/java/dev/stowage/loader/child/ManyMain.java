package dev.stowage.loader.child;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;

/**
 * A program for a child JVM. Each argument "jar,jar:class:binding" is used in a new class loader,
 * and the result is printed. Without JARs the application's class loader is used; "-D:name:value"
 * sets a system property in between.
 */
public final class ManyMain {
  private ManyMain() {}

  public static void main(String[] args) throws Exception {
    StringBuilder result = new StringBuilder();
    for (String arg : args) {
      String[] parts = arg.split(":", -1);
      if (parts[0].equals("-D")) {
        System.setProperty(parts[1], parts[2]);
      } else {
        result.append(" [").append(use(parts)).append("]");
      }
    }
    System.out.println("RESULT ok uses" + result);
  }

  private static String use(String[] parts) throws Exception {
    ClassLoader loader = ManyMain.class.getClassLoader();
    if (!parts[0].isEmpty()) {
      String[] jars = parts[0].split(",", -1);
      URL[] urls = new URL[jars.length];
      for (int i = 0; i < jars.length; i++) {
        urls[i] = new File(jars[i]).toURI().toURL();
      }
      loader = new URLClassLoader(urls, loader);
    }
    try {
      Class<?> app = Class.forName(parts[1], true, loader);
      return (String) app.getMethod("use", String.class).invoke(null, parts[2]);
    } catch (InvocationTargetException e) {
      e.getCause().printStackTrace();
      return e.getCause().getMessage().substring(0, 7);
    }
  }
}
