package dev.stowage.loader.child;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/**
 * A small library as the packager would build it: natives, pins, API JAR and classifier JAR in one
 * directory.
 */
public final class Fake {
  public static final String CLASSIFIER = "linux-x86_64";
  public static final String CONTRACT = "c0ffee00".repeat(8);

  public final Path directory;
  public final String version;
  private final Map<String, String> pins = new TreeMap<>();

  public Fake(Path directory, String version) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.version = version;
    Files.createDirectories(natives());
  }

  /** A complete library with one binding, {@code rust}, in package {@code fake.api}. */
  public static Fake create(Path directory) throws Exception {
    Fake fake = new Fake(directory, "1.0");
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
    Cc.shared(core(binding), "core.c");
    Cc.shared(shim(binding), "shim.c", "-DCONTRACT=\"" + CONTRACT + "\"", core(binding).toString());
  }

  /** Adds a binding to the pins from the files as they are now. */
  public void pin(String binding) throws Exception {
    StringBuilder files = new StringBuilder();
    StringBuilder content = new StringBuilder();
    for (Map.Entry<String, Path> file : roles(binding).entrySet()) {
      byte[] bytes = Files.readAllBytes(file.getValue());
      CRC32 crc = new CRC32();
      crc.update(bytes);
      String name = file.getValue().getFileName().toString();
      files.append(
          "%s %s %d %08x %s\n"
              .formatted(file.getKey(), name, bytes.length, crc.getValue(), sha256(bytes)));
      content.append("%s %d %s\n".formatted(name, bytes.length, sha256(bytes)));
    }
    String digest = sha256(content.toString().getBytes(StandardCharsets.UTF_8));
    pins.put(binding, "binding " + binding + " " + digest + " " + CONTRACT + "\n" + files);
  }

  /** The cache entry's name. */
  public String content(String binding) {
    return pins.get(binding).split(" ", -1)[2];
  }

  private Map<String, Path> roles(String binding) {
    Map<String, Path> roles = new LinkedHashMap<>();
    roles.put("core", core(binding));
    roles.put("shim", shim(binding));
    return roles;
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

  /** Compiles the API with these pins; other packages than fake.api play the relocated copy. */
  public void apiJar(String apiPackage, String pinsText, String classifier) throws Exception {
    Path sources = Files.createTempDirectory(directory, "src");
    Path classes = Files.createTempDirectory(directory, "classes");
    Map<String, String> texts = Sources.of(apiPackage, pinsText, classifier);
    for (Map.Entry<String, String> text : texts.entrySet()) {
      Files.writeString(sources.resolve(text.getKey() + ".java"), text.getValue());
    }
    Stream<String> files =
        texts.keySet().stream().map(name -> sources.resolve(name + ".java").toString());
    List<String> options =
        List.of(
            "--release", "8", "-Xlint:-options", "-cp", "target/classes", "-d", classes.toString());
    String[] arguments = Stream.concat(options.stream(), files).toArray(String[]::new);
    if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments) != 0) {
      throw new AssertionError("javac failed in " + sources);
    }
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

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
