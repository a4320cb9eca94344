package dev.stowage.loader.platform;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The facts about the running JVM that can be read without starting a process, as text by fixed
 * names. Detection depends only on this value, so platforms that tests cannot run on are tested
 * with recorded facts.
 *
 * <p>Names: {@code os.name}, {@code os.arch}, {@code os.version}, {@code sun.arch.data.model},
 * {@code java.vm.name}, {@code java.version} (system properties); {@code exe.head} (the C library
 * named in the first page of {@code /proc/self/exe}, where linkers put the interpreter); {@code
 * maps} (the C libraries mapped into the process, from {@code /proc/self/maps}); {@code rosetta}
 * (present when macOS has the Rosetta runtime, so the machine is Apple silicon); {@code
 * PROCESSOR_IDENTIFIER}, {@code PROCESSOR_ARCHITEW6432} (Windows' environment).
 *
 * @since 0.1.0
 */
public final class Facts {
  private static final String[] PROPERTIES = {
    "java.version", "java.vm.name", "os.arch", "os.name", "os.version", "sun.arch.data.model",
  };
  private static final String[] VARIABLES = {"PROCESSOR_ARCHITEW6432", "PROCESSOR_IDENTIFIER"};

  private final Map<String, String> values;

  private Facts(Map<String, String> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /** Facts that were recorded on another machine; unknown names are kept. */
  public static Facts of(Map<String, String> values) {
    return new Facts(new TreeMap<>(values));
  }

  /** Reads the facts of this JVM. It never fails; facts that cannot be read are absent. */
  public static Facts gather() {
    Map<String, String> values = new TreeMap<>();
    for (String name : PROPERTIES) {
      put(values, name, System.getProperty(name));
    }
    for (String name : VARIABLES) {
      put(values, name, System.getenv(name));
    }
    if (new File("/proc/self/exe").exists()) {
      put(values, "exe.head", Detector.libcNamedIn(Detector.exeHead()));
      put(values, "maps", mapped());
    }
    if (new File("/Library/Apple/usr/libexec/oah/libRosettaRuntime").exists()) {
      values.put("rosetta", "installed");
    }
    return new Facts(values);
  }

  /** The value of a fact, or an empty string. */
  public String get(String name) {
    String value = values.get(name);
    return value == null ? "" : value;
  }

  /** All facts by name, sorted. */
  public Map<String, String> asMap() {
    return values;
  }

  private static void put(Map<String, String> values, String name, String value) {
    if (value != null && !value.isEmpty()) {
      values.put(name, value);
    }
  }

  private static String mapped() {
    StringBuilder found = new StringBuilder();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new FileInputStream("/proc/self/maps"), StandardCharsets.ISO_8859_1))) {
      for (String line; (line = in.readLine()) != null; ) {
        String libc = Detector.libcNamedIn(line);
        if (!libc.isEmpty() && found.indexOf(libc) < 0) {
          found.append(found.length() == 0 ? "" : " ").append(libc);
        }
      }
    } catch (IOException e) {
      return "";
    }
    return found.toString();
  }
}
