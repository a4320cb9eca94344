package dev.stowage.it.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a child JVM is launched.
 *
 * @param classPath JARs and class directories, copied to where every user can read them
 * @param flags JVM flags of this test
 * @param cache the loader's cache root; null = a new empty one for each child
 * @param nativeAccess whether native access is enabled where the JDK knows that flag; without it
 *     JDK 24 and later warn
 */
public record Jvm(List<Path> classPath, List<String> flags, Path cache, boolean nativeAccess) {
  /** The drop-in JAR and the scenarios. */
  public static Jvm dropIn() {
    return on(Reactor.dropIn(), Reactor.scenarios());
  }

  /** API, loader and the host's natives as separate JARs, and the scenarios. */
  public static Jvm separate() {
    return separate(Reactor.classifier());
  }

  /** The same with the natives of another row. */
  public static Jvm separate(String row) {
    return on(Reactor.api(), Reactor.loader(), Reactor.natives(row), Reactor.scenarios());
  }

  /** Those JARs or directories. */
  public static Jvm on(Path... classPath) {
    return new Jvm(Arrays.stream(classPath).map(Lab::copy).toList(), List.of(), null, true);
  }

  /** The same with more flags. */
  public Jvm flags(String... more) {
    List<String> all = new ArrayList<>(flags);
    all.addAll(List.of(more));
    return new Jvm(classPath, List.copyOf(all), cache, nativeAccess);
  }

  /** The same with that cache root. */
  public Jvm cache(Path root) {
    return new Jvm(classPath, flags, root, nativeAccess);
  }

  /** The same without the flag that enables native access. */
  public Jvm withoutNativeAccess() {
    return new Jvm(classPath, flags, cache, false);
  }

  List<String> launch(Jdk jdk, Path home) {
    List<String> command = common(jdk, home);
    if (nativeAccess && jdk.feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-cp");
    command.add(jdk.paths(classPath));
    return command;
  }

  List<String> launchJar(Jdk jdk, Path home, Path jar) {
    List<String> command = common(jdk, home);
    command.addAll(List.of("-jar", jdk.path(jar)));
    return command;
  }

  private List<String> common(Jdk jdk, Path home) {
    List<String> command = new ArrayList<>();
    command.add(jdk.java().toString());
    command.add("-XX:ErrorFile=" + jdk.path(home.resolve("hs_err_%p.log")));
    command.add("-Djava.io.tmpdir=" + jdk.path(home.resolve("tmp")));
    // The JVM takes it from the user database, not from HOME.
    command.add("-Duser.home=" + jdk.path(home.resolve("home")));
    command.add("-Dstowage.cache=" + jdk.path(cache == null ? home.resolve("cache") : cache));
    if (jdk.isWindows()) {
      // Elsewhere LANG says it.
      command.add("-Dstdout.encoding=UTF-8");
      command.add("-Dstderr.encoding=UTF-8");
    }
    command.addAll(flags);
    return command;
  }
}
