package dev.stowage.loader;

import dev.stowage.loader.platform.Targets;
import java.io.File;
import java.io.FilterInputStream;
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
    this.first = first;
    this.entry = entry;
    this.zip = zipOf(first);
  }

  private NativesLocation(File zip, String entry) {
    this.first = null;
    this.entry = entry;
    this.zip = zip;
  }

  /**
   * The first place of {@link #locate}, or null. A class loader's answer costs some milliseconds in
   * a fresh JVM, so the JARs of the class path are looked into first, which the JVM has open.
   */
  static NativesLocation first(NativeLibrary library, PinnedBinding binding) throws IOException {
    String name = directory(binding) + binding.names[0];
    if (library.getClass().getClassLoader() == ClassLoader.getSystemClassLoader()) {
      File jar = onClassPath(name);
      if (jar != null) {
        return new NativesLocation(jar, name);
      }
    }
    List<NativesLocation> all = locate(library, binding);
    return all.isEmpty() ? null : all.get(0);
  }

  private static File onClassPath(String name) throws IOException {
    String path = System.getProperty("java.class.path", "");
    for (int from = 0, to; from < path.length(); from = to + 1) {
      to = path.indexOf(File.pathSeparatorChar, from);
      to = to < 0 ? path.length() : to;
      File jar = new File(path.substring(from, to));
      if (jar.isFile()) {
        try (ZipFile zip = new ZipFile(jar)) {
          if (zip.getEntry(name) != null) {
            return jar;
          }
        }
      }
    }
    return null;
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
  static List<NativesLocation> locate(NativeLibrary library, PinnedBinding binding)
      throws IOException {
    List<NativesLocation> jars = new ArrayList<>();
    add(jars, library, directory(binding) + binding.names[0]);
    for (NativeLayout layout : library.layouts) {
      String directory = layout.directory(Targets.byClassifier(binding.classifier));
      if (directory != null) {
        add(jars, library, directory + binding.names[0]);
      }
    }
    return jars;
  }

  /** The error when there is no such place. */
  static LoadError missing(PinnedBinding binding, List<NativeLayout> layouts) {
    StringBuilder found = new StringBuilder();
    found.append(LoaderMessages.noResource(directory(binding) + binding.names[0]));
    for (NativeLayout layout : layouts) {
      String directory = layout.directory(Targets.byClassifier(binding.classifier));
      found.append(
          directory == null
              ? LoaderMessages.unnamedIn(layout, binding.classifier)
              : LoaderMessages.notIn(directory, layout));
    }
    String dependency =
        LoaderMessages.dependency(
            binding.artifact(), binding.library, binding.version, binding.classifier);
    return LoaderMessages.noClassifierJar(
        binding.library, binding.classifier, found.toString(), dependency);
  }

  private static void add(List<NativesLocation> jars, NativeLibrary library, String name)
      throws IOException {
    ClassLoader loader = library.getClass().getClassLoader();
    for (URL url :
        Collections.list(
            loader == null ? ClassLoader.getSystemResources(name) : loader.getResources(name))) {
      jars.add(new NativesLocation(url, name));
    }
  }

  /** Opens one of the libraries; closing the stream closes the archive. */
  InputStream open(PinnedBinding binding, int index) throws IOException {
    String name = entry.substring(0, entry.lastIndexOf('/') + 1) + binding.names[index];
    if (zip != null) {
      return openZip(name);
    }
    String url = first.toString();
    // With the first one as context, so that a class loader's own URL handler is kept.
    URL sibling = new URL(first, url.substring(0, url.length() - entry.length()) + name);
    URLConnection connection = sibling.openConnection();
    connection.setUseCaches(false);
    return connection.getInputStream();
  }

  private InputStream openZip(String name) throws IOException {
    ZipFile file = new ZipFile(zip);
    try {
      ZipEntry found = file.getEntry(name);
      if (found == null) {
        throw new IOException(LoaderMessages.noEntry(zip, name));
      }
      return new ZipStream(file, file.getInputStream(found));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Closes the archive with the entry. */
  private static final class ZipStream extends FilterInputStream {
    private final ZipFile file;

    ZipStream(ZipFile file, InputStream in) {
      super(in);
      this.file = file;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
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
