package dev.stowage.maven;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.MavenProjectHelper;

/** Runs goals on a copy of the project {@code greet}, with parameters set as Maven sets them. */
final class Goals {
  private final Path directory;
  private final Map<String, Object> parameters = new HashMap<>();
  private final List<String> log = new ArrayList<>();
  private final List<String> attached = new ArrayList<>();

  Goals(Path directory) throws IOException {
    this.directory = directory;
    copy(Path.of("src/test/projects/greet"), directory);
    Files.copy(Path.of("../LICENSE"), directory.resolve("LICENSE"));
    Path classes = Files.createDirectories(directory.resolve("classes/dev/stowage/maven"));
    for (String name : List.of("GreetNative.class", "GreetMain.class")) {
      Path own = Path.of("target/test-classes/dev/stowage/maven", name);
      Files.copy(own, classes.resolve(name));
    }
    set("projectFile", directory.resolve("stowage.toml").toFile());
    set("output", directory.resolve("target/stowage").toFile());
    set("classes", directory.resolve("classes").toFile());
    set("version", "1.0");
    set("offline", true);
    set("pins", true);
    set("jars", true);
    module("greet-natives");
  }

  /** Sets the artifact id of the module that runs the goals. */
  Goals module(String artifactId) {
    MavenProject project = new MavenProject();
    project.setGroupId("org.test");
    project.setArtifactId(artifactId);
    return set("project", project);
  }

  /** Sets a parameter of all goals; goals without it ignore it. */
  Goals set(String name, Object value) {
    parameters.put(name, value);
    return this;
  }

  /** Runs one goal. */
  void run(Class<? extends AbstractStowageMojo> goal)
      throws MojoFailureException, MojoExecutionException, ReflectiveOperationException {
    AbstractMojo mojo = mojo(goal);
    for (Class<?> type = goal; type != AbstractMojo.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (parameters.containsKey(field.getName())) {
          field.setAccessible(true);
          field.set(mojo, parameters.get(field.getName()));
        }
      }
    }
    mojo.setLog(
        (Log)
            proxy(
                Log.class,
                (name, arguments) -> {
                  log.add(name + " " + arguments[0]);
                }));
    mojo.execute();
  }

  private AbstractMojo mojo(Class<? extends AbstractStowageMojo> goal)
      throws ReflectiveOperationException {
    Constructor<?> constructor = goal.getDeclaredConstructors()[0];
    MavenProjectHelper helper =
        (MavenProjectHelper)
            proxy(
                MavenProjectHelper.class,
                (name, arguments) -> attached.add(arguments[1] + " " + arguments[2]));
    return (AbstractMojo)
        (constructor.getParameterCount() == 0
            ? constructor.newInstance()
            : constructor.newInstance(helper));
  }

  private interface Call {
    void of(String name, Object[] arguments);
  }

  private static Object proxy(Class<?> type, Call call) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (self, method, arguments) -> {
          call.of(method.getName(), arguments);
          return null;
        });
  }

  /** The log: level and text of each line. */
  List<String> log() {
    return log;
  }

  /** The attached artifacts: type and classifier of each. */
  List<String> attached() {
    return attached;
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      files.filter(Files::isRegularFile).forEach(file -> copyOne(from, file, to));
    }
  }

  private static void copyOne(Path from, Path file, Path to) {
    try {
      Path copy = to.resolve(from.relativize(file).toString());
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
