package dev.stowage.packager.kit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles Java sources held in strings. */
public final class Javac {
  private Javac() {}

  /**
   * Compiles with the tests' own JDK against the tests' class path.
   *
   * @param classes receives the class files
   * @param sources binary class name to text
   * @param more further class path
   */
  public static void compile(Path classes, Map<String, String> sources, Path... more) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<? extends JavaFileObject> bindings =
        sources.entrySet().stream().map(e -> binding(e.getKey(), e.getValue())).toList();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      Files.createDirectories(classes);
      StringBuilder path = new StringBuilder(System.getProperty("java.class.path"));
      for (Path element : more) {
        path.append(File.pathSeparatorChar).append(element);
      }
      List<String> options =
          List.of("-d", classes.toString(), "-proc:none", "-cp", path.toString());
      if (!compiler.getTask(null, files, null, options, null, bindings).call()) {
        throw new IllegalArgumentException("does not compile: " + sources.keySet());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JavaFileObject binding(String name, String text) {
    URI uri = URI.create("string:///" + name.replace('.', '/') + ".java");
    return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }
}
