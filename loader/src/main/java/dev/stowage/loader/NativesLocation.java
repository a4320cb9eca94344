package dev.stowage.loader;

import dev.stowage.loader.platform.Targets;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A place that holds a binding's files: a classifier JAR, a directory, or anything else the API's
 * class loader can name. A JAR on disk is opened by its own path, because the JVM's shared {@code
 * JarFile} can be closed under a reader (JDK-8205976).
 */
final class NativesLocation {
  private final URL first;
  private final String entry;
  private final File zip;

  NativesLocation(URL first, String entry) {
    this(first, entry, zipOf(first));
  }

  private NativesLocation(URL first, String entry, File zip) {
    this.first = first;
    this.entry = entry;
    this.zip = zip;
  }

  /**
   * A JAR of the class path whose file name ends in the classifier, as Maven and Gradle name it;
   * null when there is none or it has not this binding. The answer is the same as {@link #locate}'s
   * would be, because content decides, but in a fresh JVM that search takes 4 (JDK 17) to 10 ms
   * (JDK 25), most of it for URLs.
   */
  static NativesLocation likely(Class<?> api, PinnedBinding binding) {
    if (api.getClassLoader() != ClassLoader.getSystemClassLoader()) {
      return null;
    }
    String path = System.getProperty("java.class.path", "");
    String end = binding.classifier + ".jar";
    for (int from = 0, to; from < path.length(); from = to + 1) {
      to = path.indexOf(File.pathSeparatorChar, from);
      to = to < 0 ? path.length() : to;
      if (path.startsWith(end, to - end.length()) && to - from > end.length()) {
        File jar = new File(path.substring(from, to));
        String name = directory(binding) + binding.names[0];
        if (has(jar, name)) {
          return new NativesLocation(null, name, jar);
        }
      }
    }
    return null;
  }

  private static boolean has(File jar, String name) {
    try (ZipFile zip = new ZipFile(jar)) {
      return zip.getEntry(name) != null;
    } catch (Exception e) {
      return false; // The full search tells why.
    }
  }

  static String directory(PinnedBinding binding) {
    return "META-INF/stowage/"
        + binding.library
        + "/"
        + binding.version
        + "/"
        + binding.classifier
        + "/";
  }

  /**
   * Every place on the class path that has this binding's first library, in class path order and
   * the other layouts last; more than one is legal.
   */
  static List<NativesLocation> locate(
      Class<?> api, PinnedBinding binding, List<NativeLayout> layouts) throws IOException {
    List<NativesLocation> jars = new ArrayList<>();
    add(jars, api, directory(binding) + binding.names[0]);
    for (NativeLayout layout : layouts) {
      String directory = layout.directory(Targets.byClassifier(binding.classifier));
      if (directory != null) {
        add(jars, api, directory + binding.names[0]);
      }
    }
    return jars;
  }

  /** The error when {@link #locate} finds nothing. */
  static LoadError missing(PinnedBinding binding, List<NativeLayout> layouts) {
    StringBuilder found = new StringBuilder();
    found.append(LoaderMessages.noResource(directory(binding) + binding.names[0]));
    for (NativeLayout layout : layouts) {
      String directory = layout.directory(Targets.byClassifier(binding.classifier));
      found.append(
          directory == null
              ? LoaderMessages.noName(layout, binding.classifier)
              : LoaderMessages.norIn(directory, layout));
    }
    return LoaderMessages.noClassifierJar(
        binding.library, binding.version, binding.classifier, binding.artifact(), found.toString());
  }

  private static void add(List<NativesLocation> jars, Class<?> api, String name)
      throws IOException {
    ClassLoader loader = api.getClassLoader();
    for (URL url :
        Collections.list(
            loader == null ? ClassLoader.getSystemResources(name) : loader.getResources(name))) {
      jars.add(new NativesLocation(url, name));
    }
  }

  /** The JAR when it is one on disk, which the caller closes; else null. */
  ZipFile openZip() throws IOException {
    return zip == null ? null : new ZipFile(zip);
  }

  /** Opens one of the libraries; {@code open} is what {@link #openZip} has given. */
  InputStream open(ZipFile open, String library) throws IOException {
    String name = entry.substring(0, entry.lastIndexOf('/') + 1) + library;
    if (open != null) {
      ZipEntry found = open.getEntry(name);
      if (found == null) {
        throw new IOException(LoaderMessages.noEntry(zip, name));
      }
      return open.getInputStream(found);
    }
    String url = first.toString();
    // With the first one as context, so that a class loader's own URL handler is kept.
    URL sibling = new URL(first, url.substring(0, url.length() - entry.length()) + name);
    URLConnection connection = sibling.openConnection();
    connection.setUseCaches(false);
    return connection.getInputStream();
  }

  private static File zipOf(URL url) {
    String text = url.toString();
    int bang = text.indexOf("!/");
    if (!text.startsWith("jar:file:") || bang < 0 || text.indexOf("!/", bang + 1) >= 0) {
      // A directory, or a JAR inside a JAR (Spring Boot), which only its own URL handler can read.
      return null;
    }
    try {
      File file = new File(URI.create(text.substring("jar:".length(), bang)));
      return file.isFile() ? file : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The JAR's path, or the resource's URL. */
  @Override
  public String toString() {
    return zip != null ? zip.getPath() : first.toString();
  }
}
