package dev.stowage.loader;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The loader JAR as a program: {@code doctor [--json] [JAR...]}.
 *
 * @since 0.1.0
 */
public final class LoaderMain {
  private static final String PINS = "StowagePins.class";

  private LoaderMain() {}

  /**
   * Runs the loader doctor; exit code 0 without errors, 1 with errors, 2 for wrong arguments.
   *
   * @param args as in the class's description
   */
  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  static int run(String[] args, PrintStream out, PrintStream err) {
    List<String> words = new ArrayList<>(Arrays.asList(args));
    if (words.isEmpty() || !words.remove(0).equals("doctor")) {
      err.println(LoaderMessages.usage());
      return 2;
    }
    boolean json = words.remove("--json");
    LoaderDoctor doctor = new LoaderDoctor();
    try {
      for (NativeLibrary library : libraries(words)) {
        doctor.examine(library);
      }
    } catch (IOException | ReflectiveOperationException | LinkageError e) {
      err.println(LoaderMessages.ioReason(e));
      return 2;
    }
    return doctor.print(json, out);
  }

  private static List<NativeLibrary> libraries(List<String> jars)
      throws IOException, ReflectiveOperationException {
    ClassLoader loader = LoaderMain.class.getClassLoader();
    List<String> paths = jars;
    if (jars.isEmpty()) {
      String classPath = System.getProperty("java.class.path", "");
      paths = new ArrayList<>(Arrays.asList(classPath.split(File.pathSeparator)));
      paths.removeIf(path -> !new File(path).exists()); // Legal on a class path.
    } else {
      URL[] urls = new URL[jars.size()];
      for (int i = 0; i < urls.length; i++) {
        urls[i] = new File(jars.get(i)).toURI().toURL();
      }
      loader = new URLClassLoader(urls, loader);
    }
    List<NativeLibrary> libraries = new ArrayList<>();
    for (String path : paths) {
      for (String name : pinsClasses(new File(path))) {
        libraries.add(NativeLibrary.of(Class.forName(name, true, loader)));
      }
    }
    return libraries;
  }

  /** Names of the pins classes in a JAR or in a directory of classes. */
  private static List<String> pinsClasses(File place) throws IOException {
    List<String> names = new ArrayList<>();
    for (String path : place.isDirectory() ? filesIn(place.toPath()) : entriesOf(place)) {
      if (path.endsWith("/" + PINS)) {
        names.add(path.substring(0, path.length() - ".class".length()).replace('/', '.'));
      }
    }
    return names;
  }

  private static List<String> filesIn(Path directory) throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      return tree.map(
              path -> directory.relativize(path).toString().replace(File.separatorChar, '/'))
          .collect(Collectors.toList());
    }
  }

  private static List<String> entriesOf(File jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar)) {
      return zip.stream().map(ZipEntry::getName).collect(Collectors.toList());
    }
  }
}
