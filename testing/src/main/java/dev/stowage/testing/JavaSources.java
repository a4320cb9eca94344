package dev.stowage.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles Java sources in strings with the JDK that runs the tests. */
public final class JavaSources {
  private JavaSources() {}

  /**
   * Compiles against the tests' class path.
   *
   * @param classes receives the class files
   * @param sources texts by binary class name
   * @param more further class path
   */
  public static void compile(Path classes, Map<String, String> sources, Path... more) {
    Stream<Path> own =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(Path::of);
    compile(classes, sources, Stream.concat(own, Stream.of(more)).toList(), List.of());
  }

  /**
   * Compiles with the given class path and options.
   *
   * @param options {@code --release 8} and the like
   */
  public static void compile(
      Path classes, Map<String, String> sources, List<Path> classPath, List<String> options) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<? extends JavaFileObject> files =
        sources.entrySet().stream().map(e -> file(e.getKey(), e.getValue())).toList();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      Files.createDirectories(classes);
      List<String> all = new ArrayList<>(List.of("-d", classes.toString(), "-proc:none", "-cp"));
      all.add(
          classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
      all.addAll(options);
      if (!compiler.getTask(null, manager, null, all, null, files).call()) {
        throw new IllegalArgumentException("does not compile: " + sources.keySet());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JavaFileObject file(String name, String text) {
    URI uri = URI.create("string:///" + name.replace('.', '/') + ".java");
    return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }
}
