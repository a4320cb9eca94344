package dev.stowage.bench;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/**
 * Measures how long loaders take to load the same Rust core in fresh JVMs, cold (nothing is there)
 * and warm (the same start again), and prints a Markdown table; a plot goes to a file. Each has its
 * main class in a JAR and only its own JARs. All take turns, so that a drift of the machine meets
 * them all. As root every loader runs as an ordinary user, and ours beside the lower bound as root
 * too.
 *
 * <p>Usage: {@code StartPeers rounds sources jars plot api loader natives jdkHome...}: {@code
 * sources} are the programs, {@code jars} is the directory of the other loaders' JARs.
 */
public final class StartPeers {
  private static final int NOBODY = 65534;
  private static final String CORE = "stowage_core";
  private static final String LOWER_BOUND = "lower bound";
  private static final String OURS = "stowage";
  private static final String REFERENCE = "native-lib-loader";

  /** One loader: its program, what it is given, and its JARs. */
  private record Way(String name, String program, List<String> arguments, List<Path> jars) {}

  private final int rounds;
  private final Path work;
  private final boolean root;
  private final List<Way> ways = new ArrayList<>();

  private StartPeers(int rounds) throws IOException {
    this.rounds = rounds;
    this.work = Files.createTempDirectory("stowage-bench");
    this.root = "root".equals(System.getProperty("user.name"));
    Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  public static void main(String[] args) throws Exception {
    StartPeers peers = new StartPeers(Integer.parseInt(args[0]));
    try {
      peers.prepare(Path.of(args[1]), Path.of(args[2]), Arrays.copyOfRange(args, 4, 7));
      Map<String, Map<String, double[]>> figures = new LinkedHashMap<>();
      for (String home : Arrays.asList(args).subList(7, args.length)) {
        for (MeasuredJvm jdk : MeasuredJvm.of(List.of(home))) {
          figures.put(jdk.name(), peers.measure(jdk));
        }
      }
      peers.print(figures);
      Files.writeString(Path.of(args[3]), StartPlot.svg(figures));
    } finally {
      delete(peers.work);
    }
  }

  private void prepare(Path sources, Path jars, String[] ours) throws IOException {
    List<Path> peers = new ArrayList<>();
    try (Stream<Path> list = Files.list(jars)) {
      for (Path jar : (Iterable<Path>) list::iterator) {
        peers.add(copy(jar));
      }
    }
    Path core = core(Path.of(ours[2]));
    List<Path> own =
        List.of(copy(Path.of(ours[0])), copy(Path.of(ours[1])), copy(Path.of(ours[2])));
    Path packed = pack("bound", "core.so", core);
    add(
        LOWER_BOUND,
        "LowerBoundStart",
        List.of(packed.toString(), "core.so", "%s/core.so"),
        List.of());
    add(OURS, "StowageStart", List.of("dev.stowage.wasm.Wasm", "rust"), own);
    String file = "lib" + CORE + ".so";
    peer(peers, REFERENCE, "NativeLibLoaderStart", CORE, "natives/linux_64/" + file, core);
    peer(peers, "javacpp", "JavaCppStart", "/peer/" + file, "peer/" + file, core);
    peer(peers, "netty-common", "NettyStart", CORE, "META-INF/native/" + file, core);
    peer(peers, "jna", "JnaStart", CORE, "linux-x86-64/" + file, core);
    compile(sources, peers, own);
  }

  /** A loader whose JARs are named after it, or after what it needs. */
  private void peer(
      List<Path> jars, String name, String program, String argument, String entry, Path core)
      throws IOException {
    List<Path> own = new ArrayList<>();
    for (Path jar : jars) {
      String artifact = jar.getFileName().toString().replaceFirst("-\\d.*", "");
      if (artifact.equals(name) || (name.equals(REFERENCE) && artifact.startsWith("slf4j"))) {
        own.add(jar);
      }
    }
    own.add(pack(name, entry, core));
    add(name, program, List.of(argument), own);
  }

  private void add(String name, String program, List<String> arguments, List<Path> jars) {
    ways.add(new Way(name, "dev.stowage.bench.start." + program, arguments, jars));
  }

  private Path copy(Path jar) throws IOException {
    return share(Files.copy(jar, work.resolve(jar.getFileName())));
  }

  private static Path share(Path file) throws IOException {
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private Path core(Path natives) throws IOException {
    try (ZipFile zip = new ZipFile(natives.toFile())) {
      ZipEntry entry =
          zip.stream()
              .filter(one -> one.getName().matches(".*/libstowage_wasm_rust-[^/]*\\.so"))
              .findFirst()
              .orElseThrow(() -> new IOException("no Rust core in " + natives));
      Path core = work.resolve("core");
      try (InputStream in = zip.getInputStream(entry)) {
        Files.copy(in, core);
      }
      return core;
    }
  }

  private Path pack(String name, String entry, Path file) throws IOException {
    Path jar = work.resolve(name + "-core.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(entry));
      Files.copy(file, zip);
    }
    return share(jar);
  }

  /** The programs as a JAR for Java 8. */
  private void compile(Path sources, Iterable<Path> peers, List<Path> own) throws IOException {
    List<String> command = new ArrayList<>(List.of("--release", "8", "-Xlint:-options", "-d"));
    Path classes = Files.createDirectory(work.resolve("classes"));
    StringBuilder path = new StringBuilder();
    own.forEach(jar -> path.append(jar).append(File.pathSeparator));
    peers.forEach(jar -> path.append(jar).append(File.pathSeparator));
    command.addAll(List.of(classes.toString(), "-cp", path.toString()));
    try (Stream<Path> all = Files.walk(sources)) {
      all.filter(file -> file.toString().endsWith(".java")).forEach(f -> command.add(f.toString()));
    }
    int exit =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, System.err, command.toArray(String[]::new));
    if (exit != 0) {
      throw new IOException("the programs in " + sources + " cannot be compiled");
    }
    try (OutputStream out = Files.newOutputStream(work.resolve("start.jar"));
        ZipOutputStream zip = new ZipOutputStream(out);
        Stream<Path> all = Files.walk(classes)) {
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, zip);
      }
    }
    share(work.resolve("start.jar"));
  }

  /** Medians by loader: cold and warm, in milliseconds. */
  private Map<String, double[]> measure(MeasuredJvm jdk) throws Exception {
    Map<String, double[][]> all = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Way way : ways) {
        one(jdk, way, round, false, all.computeIfAbsent(way.name, key -> new double[2][rounds]));
        if (root && (way.name.equals(LOWER_BOUND) || way.name.equals(OURS))) {
          String name = way.name + ", as root";
          one(jdk, way, round, true, all.computeIfAbsent(name, key -> new double[2][rounds]));
        }
      }
    }
    Map<String, double[]> medians = new LinkedHashMap<>();
    all.forEach((name, millis) -> medians.put(name, medians(millis)));
    return medians;
  }

  private static double[] medians(double[][] millis) {
    return Arrays.stream(millis).mapToDouble(StartPeers::median).toArray();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private void one(MeasuredJvm jdk, Way way, int round, boolean asRoot, double[][] millis)
      throws Exception {
    Path home = home(asRoot);
    try {
      millis[0][round] = run(jdk, way, home, asRoot);
      millis[1][round] = run(jdk, way, home, asRoot);
    } finally {
      delete(home);
    }
  }

  /** Where its user's caches are: for root below its home, which takes the short check. */
  private Path home(boolean asRoot) throws IOException {
    if (asRoot) {
      Path caches = Path.of(System.getProperty("user.home"), ".cache");
      return Files.createTempDirectory(Files.createDirectories(caches), "stowage-bench");
    }
    Path home = Files.createTempDirectory(work, "home");
    if (root) {
      Files.setAttribute(home, "unix:uid", NOBODY);
    }
    return home;
  }

  private double run(MeasuredJvm jdk, Way way, Path home, boolean asRoot) throws Exception {
    List<String> command = new ArrayList<>();
    String id = Integer.toString(NOBODY);
    // A test runtime is a script that must start as root; it becomes the user itself.
    boolean script = jdk.jdk().home().toString().contains("/runtimes/");
    if (root && !asRoot && !script) {
      command.addAll(List.of("setpriv", "--reuid=" + id, "--regid=" + id, "--clear-groups"));
    }
    command.add(jdk.jdk().java().toString());
    if (jdk.jdk().feature() >= 17) {
      // Without it JDK 24+ spends time on printing a warning.
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-Djava.io.tmpdir=" + home);
    command.add("-Duser.home=" + home);
    StringBuilder path = new StringBuilder(work.resolve("start.jar").toString());
    way.jars.forEach(jar -> path.append(File.pathSeparator).append(jar));
    command.addAll(List.of("-cp", path.toString(), way.program));
    way.arguments.forEach(argument -> command.add(argument.replace("%s", home.toString())));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("HOME", home.toString());
    builder.environment().put("PATH", "/usr/bin:/bin");
    if (!asRoot) {
      builder.environment().put("STOWAGE_RUNTIME_USER", id);
    }
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + "\n" + output);
    }
    int at = output.indexOf("NANOS ") + 6;
    return Long.parseLong(output.substring(at).trim()) / 1e6;
  }

  private void print(Map<String, Map<String, double[]>> figures) {
    System.out.println("| JDK | loader | cold | warm | cold / " + REFERENCE + " |");
    System.out.println("| --- | --- | ---: | ---: | ---: |");
    figures.forEach(
        (jdk, medians) ->
            medians.forEach(
                (name, millis) ->
                    System.out.printf(
                        "| %s | %s | %.1f | %.1f | %.2fx |%n",
                        jdk, name, millis[0], millis[1], millis[0] / medians.get(REFERENCE)[0])));
    System.out.println();
    System.out.println("Milliseconds, median of " + rounds + " pairs of fresh JVMs, in turns.");
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        // A published cache entry is not writable, and its files can go only when it is.
        path.getParent().toFile().setWritable(true, true);
        Files.delete(path);
      }
    }
  }
}
