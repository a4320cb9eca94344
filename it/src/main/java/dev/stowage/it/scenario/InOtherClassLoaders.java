package dev.stowage.it.scenario;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Uses several copies of the API in one JVM: in separate class loaders, or relocated. Each argument
 * is {@code CLASS} or {@code CLASS@CLASSPATH}: a {@link UsesBoth} on the class path, or in a new
 * class loader over those JARs.
 */
public final class InOtherClassLoaders {
  private InOtherClassLoaders() {}

  /** Uses both cores through each copy, one copy after the other, and then repeats that. */
  public static void main(String[] args) throws Exception {
    List<Class<?>> copies = new ArrayList<>();
    for (String arg : args) {
      copies.add(load(arg));
    }
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < copies.size(); i++) {
        ScenarioReport.ok("rust-" + i + "-" + round, copies.get(i).getMethod("rust").invoke(null));
        ScenarioReport.ok("go-" + i + "-" + round, copies.get(i).getMethod("go").invoke(null));
      }
    }
    ScenarioReport.ok("mapped", String.join(" ", mapped()));
  }

  private static Class<?> load(String arg) throws Exception {
    int at = arg.indexOf('@');
    if (at < 0) {
      return Class.forName(arg);
    }
    String[] jars = arg.substring(at + 1).split(File.pathSeparator, -1);
    URL[] urls = new URL[jars.length];
    for (int i = 0; i < jars.length; i++) {
      urls[i] = Paths.get(jars[i]).toUri().toURL();
    }
    // Not closed on purpose: the native libraries belong to it as long as the JVM runs.
    ClassLoader loader = new URLClassLoader(urls, ClassLoader.getSystemClassLoader().getParent());
    return Class.forName(arg.substring(0, at), true, loader);
  }

  /** The paths of our libraries in this process, without duplicates. */
  private static Set<String> mapped() throws Exception {
    Set<String> paths = new TreeSet<>();
    for (String line : Files.readAllLines(Paths.get("/proc/self/maps"))) {
      if (line.contains("libstowage_")) {
        paths.add(line.substring(line.indexOf('/')));
      }
    }
    return paths;
  }
}
