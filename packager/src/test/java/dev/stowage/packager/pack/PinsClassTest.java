package dev.stowage.packager.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.loader.NativeLibrary;
import dev.stowage.packager.record.Json;
import dev.stowage.packager.record.Waybill;
import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.Commands;
import dev.stowage.testing.JavaSources;
import dev.stowage.testing.Jdk;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;

/** The generated class and JAR with the real loader, in child JVMs. */
class PinsClassTest {
  private static final Instant TIME = Instant.parse("2026-11-21T00:00:00Z");

  private static final String MAIN =
      "package app; public class Main { public static void main(String[] a) {"
          + " System.out.println(\"RESULT ok answer \" + demo.api.N.use()); } }";

  @TempDir Path dir;

  static List<Jdk> jdks() {
    return Jdk.from(17);
  }

  @Test
  void hasJava8sVersionAndAnswersByClassifier() throws ReflectiveOperationException {
    TreeMap<String, String> pins = new TreeMap<>(Map.of("b-1", "text b", "a-1", "text a"));
    byte[] bytes = PinsClass.of("demo/api/StowagePins", pins);
    assertThat(PinsClass.of("demo/api/StowagePins", pins)).isEqualTo(bytes);
    assertThat(new ClassReader(bytes).readShort(6)).isEqualTo((short) 52);
    Class<?> type = define(bytes);
    var constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    Object instance = constructor.newInstance();
    var ask = type.getDeclaredMethod("pins", String.class);
    ask.setAccessible(true);
    assertThat(ask.invoke(instance, "a-1")).isEqualTo("text a");
    assertThat(ask.invoke(instance, "b-1")).isEqualTo("text b");
    assertThat(ask.invoke(instance, "c-1")).isNull();
    assertThat(ask.invoke(instance, (Object) null)).isNull();
    var classifiers = type.getDeclaredMethod("classifiers");
    classifiers.setAccessible(true);
    assertThat(classifiers.invoke(instance)).isEqualTo("a-1 b-1");
  }

  @Test
  void refusesPinsThatNoConstantHolds() {
    TreeMap<String, String> pins = new TreeMap<>(Map.of("linux-x86_64", "x".repeat(65535)));
    assertThat(PinsClass.of("demo/StowagePins", pins)).isNotEmpty();
    pins.put("linux-x86_64", "x".repeat(65536));
    assertThatThrownBy(() -> PinsClass.of("demo/StowagePins", pins))
        .hasMessage(
            """
            STOW-405 the pins of linux-x86_64 need 65536 bytes
              found: a string constant in a class file has at most 65535 bytes (JVMS 4.4.7)
              fix:   use fewer bindings in one library\
            """);
  }

  @Test
  void headerSaysWhereTheJarsArePublished() throws IOException {
    DemoBuild build = packed();
    Waybill waybill = Json.read(build.output.waybill(DemoBuild.CLASSIFIER), Waybill.class);
    assertThat(PinsText.of(waybill, "demo/api/"))
        .startsWith(
            """
            stowage-pins 1
            library demo 1.2.3
            classifier linux-x86_64
            anchor demo/api/
            artifact demo:demo-natives
            binding one""");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void loadsFromTheClassPath(Jdk jdk) throws Exception {
    DemoBuild build = packed();
    JavaSources.compile(dir.resolve("app"), Map.of("app.Main", MAIN), build.classes);
    ChildJvm child = new ChildJvm("class-path").jdk(jdk).option("-Xcheck:jni").nativeAccess();
    child.classPath(build.classes, natives(build), loader(), dir.resolve("app")).main("app.Main");
    assertThat(child.run().expectOk().result("answer")).isEqualTo("5");
  }

  /**
   * META-INF is not a package, so its resources are readable for all modules without a provider
   * class.
   */
  @ParameterizedTest
  @MethodSource("jdks")
  void loadsFromTheModulePath(Jdk jdk) throws Exception {
    DemoBuild build = packed();
    Path modules = dir.resolve("modules");
    Files.createDirectories(modules);
    jar(modules.resolve("api.jar"), "demo.api", build.classes);
    jar(modules.resolve("loader.jar"), "dev.stowage.loader", loader());
    Files.copy(natives(build), modules.resolve("natives.jar"));
    Path sources = dir.resolve("source");
    DemoBuild.write(sources.resolve("module-info.java"), "module app { requires demo.api; }");
    DemoBuild.write(sources.resolve("app/Main.java"), MAIN);
    Commands.output(
        dir,
        List.of(
            Jdk.current().home().resolve("bin/javac").toString(),
            "-Xlint:-requires-automatic",
            "-p",
            modules.toString(),
            "-d",
            dir.resolve("app").toString(),
            sources.resolve("module-info.java").toString(),
            sources.resolve("app/Main.java").toString()));
    String path = modules + File.pathSeparator + dir.resolve("app");
    ChildJvm child = new ChildJvm("module-path").jdk(jdk).option("-Xcheck:jni", "-p", path);
    child.option("--enable-native-access=demo.api").module("app/app.Main");
    assertThat(child.run().expectOk().result("answer")).isEqualTo("5");
  }

  private DemoBuild packed() throws IOException {
    DemoBuild build = new DemoBuild(dir);
    build.packer().pins(build.contracts, List.of(build.verify()), build.classes);
    return build;
  }

  private static Path natives(DemoBuild build) {
    return build.packer().jars(TIME).values().iterator().next();
  }

  private static Path loader() throws URISyntaxException {
    return Path.of(NativeLibrary.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static void jar(Path jar, String module, Path classes) throws IOException {
    if (Files.isRegularFile(classes)) {
      Files.copy(classes, jar);
      return;
    }
    ClassifierJar content = new ClassifierJar(module);
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        content.add(classes.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    Files.write(jar, content.bytes(TIME));
  }

  private static Class<?> define(byte[] bytes) throws ClassNotFoundException {
    return new ClassLoader(PinsClassTest.class.getClassLoader()) {
      @Override
      protected Class<?> findClass(String name) {
        return defineClass(name, bytes, 0, bytes.length);
      }
    }.loadClass("demo.api.StowagePins");
  }
}
