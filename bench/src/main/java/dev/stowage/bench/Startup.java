package dev.stowage.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures the first call of each core in new JVMs, the baseline and the bare load, and prints one
 * Markdown table. All ways are measured in turns, so that a drift of the machine affects all of
 * them.
 *
 * <p>Usage: {@code Startup rounds benchJar dropInJar separateJars jdkHome...}, where {@code
 * separateJars} are API, loader and classifier JAR, separated by the path separator.
 */
public final class Startup {
  private static final Pattern LOADED =
      Pattern.compile("\\[class,load *\\] (dev\\.stowage\\.(?!bench)[\\w.$]+) source: ");
  private static final Pattern CONTRACT = Pattern.compile("stowage-contract:([0-9a-f]{64})");

  private final int rounds;

  /**
   * The application. It is in a JAR, too, so that the JDK's first opening of a JAR is not measured.
   */
  private final String benchJar;

  private Startup(int rounds, String benchJar) {
    this.rounds = rounds;
    this.benchJar = benchJar;
  }

  public static void main(String[] args) throws Exception {
    Startup startup = new Startup(Integer.parseInt(args[0]), args[1]);
    Map<String, String> layouts = new LinkedHashMap<>();
    layouts.put("separate JARs", args[3]);
    layouts.put("drop-in JAR", args[2]);
    System.out.println(
        "| JDK | JARs | core | cold | **warm** | goal | baseline | warm / baseline | goal | bare load |");
    System.out.println("| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (MeasuredJvm jdk : MeasuredJvm.of(Arrays.asList(args).subList(4, args.length))) {
      for (Map.Entry<String, String> layout : layouts.entrySet()) {
        for (String core : List.of("rust", "go")) {
          startup.tableLine(jdk, layout.getKey(), layout.getValue(), core);
        }
      }
    }
    System.out.println();
    System.out.println(
        "Milliseconds, median of "
            + args[0]
            + " fresh JVMs each, taken in turns; warm / baseline is the median of the rounds' ratios.");
  }

  private void tableLine(MeasuredJvm jdk, String layout, String jars, String core)
      throws Exception {
    Path cache = newCache();
    try {
      List<String> touch = arguments(cache, jars, FirstTouch.class, core);
      jdk.run(touch);
      List<String> verbose = new ArrayList<>(touch);
      verbose.add(0, "-Xlog:class+load");
      String classes = classesIn(jdk.run(verbose));
      List<Path> files = filesIn(cache);
      String list = files.stream().map(Path::toString).collect(joined());
      String key = "stowage.onload." + contract(files).substring(0, 16);
      List<String> baseline =
          arguments(cache, jars, StartBaseline.class, key, "dev/stowage/wasm/", classes, list);
      List<String> bare =
          arguments(cache, jars, StartBaseline.class, "-", "-", "-", "" + files.get(0));

      double[][] millis = new double[4][rounds];
      for (int round = 0; round < rounds; round++) {
        millis[0][round] = cold(jdk, jars, core);
        millis[1][round] = millis(jdk.run(touch));
        millis[2][round] = millis(jdk.run(baseline));
        millis[3][round] = millis(jdk.run(bare));
      }
      double[] ratios = new double[rounds];
      Arrays.setAll(ratios, round -> millis[1][round] / millis[2][round]);
      boolean rust = core.equals("rust");
      System.out.printf(
          "| %s | %s | %s | %.1f | **%.2f** | %s | %.2f | %.2fx | %s | %.2f |%n",
          jdk.name(),
          layout,
          core,
          median(millis[0]),
          median(millis[1]),
          rust ? goal(jdk, layout) : "",
          median(millis[2]),
          median(ratios),
          rust ? "1.3x" : "",
          median(millis[3]));
    } finally {
      delete(cache);
    }
  }

  /** The goal of the Rust core's warm start in milliseconds, for the older and the newer JDK. */
  private static String goal(MeasuredJvm jdk, String layout) {
    boolean old = jdk.name().startsWith("JDK 17");
    return layout.startsWith("separate") ? (old ? "4" : "6") : (old ? "3" : "4.5");
  }

  private double cold(MeasuredJvm jdk, String jars, String core) throws Exception {
    Path cache = newCache();
    try {
      return millis(jdk.run(arguments(cache, jars, FirstTouch.class, core)));
    } finally {
      delete(cache);
    }
  }

  /** In the home directory like real caches: only there the short check is enough for root, too. */
  private static Path newCache() throws IOException {
    Path caches = Path.of(System.getProperty("user.home"), ".cache");
    return Files.createTempDirectory(Files.createDirectories(caches), "stowage-bench");
  }

  private List<String> arguments(Path cache, String jars, Class<?> program, String... args) {
    List<String> all = new ArrayList<>();
    all.add("-Dstowage.cache=" + cache);
    // Every JDK since 17 has this option; without it JDK 24+ needs time to print a warning.
    all.add("--enable-native-access=ALL-UNNAMED");
    all.add("-cp");
    all.add(benchJar + File.pathSeparator + jars);
    all.add(program.getName());
    all.addAll(Arrays.asList(args));
    return all;
  }

  private static String classesIn(String log) {
    return LOADED.matcher(log).results().map(match -> match.group(1)).collect(joined());
  }

  /** The cached files of one core in load order: the core, then its shim. */
  private static List<Path> filesIn(Path cache) throws IOException {
    try (Stream<Path> tree = Files.walk(cache)) {
      return tree.filter(Files::isRegularFile)
          .sorted(Comparator.comparing(path -> path.getFileName().toString().contains("_jni-")))
          .toList();
    }
  }

  private static String contract(List<Path> files) throws IOException {
    Path shim = files.get(files.size() - 1);
    Matcher matcher =
        CONTRACT.matcher(new String(Files.readAllBytes(shim), StandardCharsets.ISO_8859_1));
    if (!matcher.find()) {
      throw new IOException("no contract digest in " + shim);
    }
    return matcher.group(1);
  }

  private static double millis(String output) {
    int at = output.indexOf("NANOS ");
    return Long.parseLong(output.substring(at + 6).trim()) / 1e6;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static java.util.stream.Collector<CharSequence, ?, String> joined() {
    return Collectors.joining(File.pathSeparator);
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> tree = Files.walk(root)) {
      tree.sorted(Comparator.reverseOrder()).forEach(Startup::deleteOne);
    }
  }

  private static void deleteOne(Path path) {
    try {
      // A published cache entry is not writable, so its files cannot be deleted before this.
      path.getParent().toFile().setWritable(true, true);
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
