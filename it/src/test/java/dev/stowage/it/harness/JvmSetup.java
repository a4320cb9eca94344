package dev.stowage.it.harness;

import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.Jdk;
import dev.stowage.testing.SharedFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How child JVMs are launched.
 *
 * @param classPath JARs and class directories; copies that every user can read are used
 * @param flags JVM flags of this test
 * @param cache the loader's cache root; null = a new empty one for each child
 * @param nativeAccess whether native access is enabled, if the JDK has that flag; without it JDK 24
 *     and later print a warning
 */
public record JvmSetup(List<Path> classPath, List<String> flags, Path cache, boolean nativeAccess) {
  /** The drop-in JAR and the scenarios. */
  public static JvmSetup dropIn() {
    return on(Reactor.dropIn(), Reactor.scenarios());
  }

  /** API, loader and the host's native libraries as separate JARs, and the scenarios. */
  public static JvmSetup separate() {
    return separate(Reactor.classifier());
  }

  /** Like {@link #separate()}, with the native libraries of another target. */
  public static JvmSetup separate(String classifier) {
    return on(Reactor.api(), Reactor.loader(), Reactor.natives(classifier), Reactor.scenarios());
  }

  /** The given JARs or directories. */
  public static JvmSetup on(Path... classPath) {
    return new JvmSetup(
        Arrays.stream(classPath).map(SharedFiles::copy).toList(), List.of(), null, true);
  }

  /** This setup with more flags. */
  public JvmSetup flags(String... more) {
    List<String> all = new ArrayList<>(flags);
    all.addAll(List.of(more));
    return new JvmSetup(classPath, List.copyOf(all), cache, nativeAccess);
  }

  /** This setup with that cache root. */
  public JvmSetup cache(Path root) {
    return new JvmSetup(classPath, flags, root, nativeAccess);
  }

  /** This setup without the flag that enables native access. */
  public JvmSetup withoutNativeAccess() {
    return new JvmSetup(classPath, flags, cache, false);
  }

  /** A child that runs one of this module's scenarios. */
  public ChildJvm child(Jdk jdk, Class<?> main) {
    return child(jdk, main.getName());
  }

  /** A child that runs any main class of the class path. */
  public ChildJvm child(Jdk jdk, String main) {
    return start(jdk, main.substring(main.lastIndexOf('.') + 1)).classPath(classPath).main(main);
  }

  /** A child that runs {@code java -jar} with the drop-in JAR. */
  public ChildJvm tool(Jdk jdk, String... arguments) {
    return new JvmSetup(classPath, flags, cache, false)
        .start(jdk, "tool")
        .jar(SharedFiles.copy(Reactor.dropIn()))
        .arguments((Object[]) arguments);
  }

  private ChildJvm start(Jdk jdk, String name) {
    ChildJvm child = new ChildJvm(name).jdk(jdk).option(flags.toArray(new String[0]));
    if (cache != null) {
      child.cache(cache);
    }
    return nativeAccess ? child.nativeAccess() : child;
  }
}
