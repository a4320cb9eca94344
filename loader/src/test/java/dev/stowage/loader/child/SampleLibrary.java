package dev.stowage.loader.child;

import dev.stowage.testing.CCompiler;
import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.Digests;
import dev.stowage.testing.JavaSources;
import dev.stowage.testing.Jdk;
import dev.stowage.testing.SharedFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A small library as the packager would build it: native libraries, pins, API JAR and classifier
 * JAR in one directory.
 */
public final class SampleLibrary {
  public static final String CLASSIFIER = "linux-x86_64";
  public static final String CONTRACT = "c0ffee00".repeat(8);

  public final Path directory;
  public final String version;

  /** A copy, because other users cannot read a checkout in a private home directory. */
  public static final Path LOADER = SharedFiles.copy(Path.of("target/classes").toAbsolutePath());

  private final Map<String, String> pins = new TreeMap<>();

  public SampleLibrary(Path directory, String version) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.version = version;
    Files.createDirectories(natives());
  }

  /** A complete library with one binding, {@code rust}, in package {@code fake.api}. */
  public static SampleLibrary create(Path directory) throws Exception {
    SampleLibrary fake = new SampleLibrary(directory, "1.0");
    fake.compile("rust");
    fake.pin("rust");
    fake.apiJar("fake.api");
    fake.classifierJar();
    return fake;
  }

  public Path natives() {
    return directory.resolve("lib");
  }

  public Path api() {
    return directory.resolve("api.jar");
  }

  public Path classifier() {
    return directory.resolve("natives.jar");
  }

  public Path core(String binding) {
    return natives().resolve("libstowage_fake_" + binding + "-" + version + "-0badcafe.so");
  }

  public Path shim(String binding) {
    return natives().resolve("libstowage_fake_" + binding + "_jni-" + version + "-0badcafe.so");
  }

  public void compile(String binding) throws Exception {
    shared(core(binding), "core.c");
    compileShim(binding);
  }

  /** Compiles the shim against the existing core. */
  public void compileShim(String binding) {
    shared(shim(binding), "shim.c", "-DCONTRACT=\"" + CONTRACT + "\"", core(binding).toString());
  }

  /**
   * Adds a binding to the pins, with the current content of its files; "go" is a Go core, others
   * are Rust.
   */
  public void pin(String binding) throws Exception {
    pin(binding, binding.equals("go") ? "go" : "rust");
  }

  /** Adds a binding of this language, with one core and one shim. */
  public void pin(String binding, String language) throws Exception {
    Map<String, Path> roles = new LinkedHashMap<>();
    roles.put("core", core(binding));
    roles.put("shim", shim(binding));
    pin(binding, language, CONTRACT, roles);
  }

  /** Adds a binding with these libraries: role and file, in load order. */
  public void pin(String binding, String language, String contract, Map<String, Path> libraries)
      throws Exception {
    StringBuilder files = new StringBuilder();
    StringBuilder content = new StringBuilder();
    for (Map.Entry<String, Path> file : libraries.entrySet()) {
      byte[] bytes = Files.readAllBytes(file.getValue());
      CRC32 crc = new CRC32();
      crc.update(bytes);
      String name = file.getValue().getFileName().toString();
      files.append(
          "%s %s %d %08x %s\n"
              .formatted(file.getKey(), name, bytes.length, crc.getValue(), Digests.sha256(bytes)));
      content.append("%s %d %s\n".formatted(name, bytes.length, Digests.sha256(bytes)));
    }
    String digest = Digests.sha256(content.toString().getBytes(StandardCharsets.UTF_8));
    String line = "binding " + binding + " " + language + " " + digest + " " + contract + "\n";
    pins.put(binding, line + files);
  }

  /** The name of the cache entry. */
  public String content(String binding) {
    return pins.get(binding).split(" ", -1)[3];
  }

  /** The pins in their text form. */
  public String pinsText() {
    return "stowage-pins 1\nlibrary fake "
        + version
        + "\nclassifier "
        + CLASSIFIER
        + "\nanchor fake/api/\n"
        + String.join("", pins.values());
  }

  public void apiJar(String apiPackage) throws Exception {
    apiJar(apiPackage, pinsText(), CLASSIFIER);
  }

  /**
   * Compiles the API with these pins; with another package than fake.api it is a relocated copy.
   */
  public void apiJar(String apiPackage, String pinsText, String classifier) throws Exception {
    Path classes = Files.createTempDirectory(directory, "classes");
    JavaSources.compile(
        classes,
        SampleSources.of(apiPackage, pinsText, classifier),
        List.of(LOADER),
        List.of("--release", "8", "-Xlint:-options"));
    zip(api(), classes, "");
  }

  public void classifierJar() throws IOException {
    zip(classifier(), natives(), "META-INF/stowage/fake/" + version + "/" + CLASSIFIER + "/");
  }

  public static void zip(Path jar, Path root, String prefix) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream out = new ZipOutputStream(file);
        Stream<Path> walk = Files.walk(root)) {
      for (Path path : walk.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new ZipEntry(prefix + root.relativize(path)));
        Files.copy(path, out);
      }
    }
  }

  /** Compiles one source of src/test/c to a shared library, with the host's compiler. */
  public static void shared(Path output, String source, String... flags) {
    List<String> all = new ArrayList<>(CCompiler.STRICT);
    all.addAll(Jdk.current().includes());
    all.addAll(List.of("-O1", "-Wl,-rpath,$ORIGIN:$ORIGIN/.."));
    all.add("-Wl,-soname," + output.getFileName());
    all.addAll(List.of(flags));
    CCompiler.host().library(output, Path.of("src/test/c", source), all);
  }

  /** A JVM that runs this library's program with the API JAR and the classifier JAR. */
  public ChildJvm child(Path home) {
    return childWith(home, api(), classifier());
  }

  /** Like {@link #child}, without the classifier JAR. */
  public ChildJvm apiChild(Path home) {
    return childWith(home, api());
  }

  /** A JVM that runs the program of the sample library with the loader and those JARs. */
  public static ChildJvm childWith(Path home, Path... jars) {
    return loaderChild(home, LOADER, jars);
  }

  /** Like {@link #childWith}, with another copy of the loader. */
  public static ChildJvm loaderChild(Path home, Path loader, Path... jars) {
    return new ChildJvm("sample").home(home).classPath(loader).classPath(jars).main("fake.api.App");
  }
}
