package dev.stowage.loader.platform;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * One entry of the targets table: a platform to build for. Entries come from {@code
 * src/main/targets/targets.toml} through the generated {@link Targets}; that file documents the
 * meaning and the source of every column. A name that another project does not have is an empty
 * string.
 *
 * @since 0.1.0
 */
public final class Target {
  /** The columns in the order of {@link #Target}; the generator writes them, tests compare them. */
  static final List<String> COLUMNS =
      Collections.unmodifiableList(
          Arrays.asList(
              "classifier",
              "os",
              "arch",
              "jvm-os",
              "jvm-arch",
              "bits",
              "rust",
              "goos",
              "goarch",
              "zig",
              "libc",
              "minimum-version",
              "format",
              "library",
              "executable",
              "jni",
              "javacpp",
              "native-lib-loader",
              "jna",
              "gradle",
              "oci",
              "supports",
              "proven"));

  private final String[] values;

  Target(String... values) {
    if (values.length != COLUMNS.size()) {
      throw new IllegalArgumentException(
          values.length + " values for " + COLUMNS.size() + " columns");
    }
    this.values = values;
  }

  /** The value of a column by its name in the data file; lists are joined by one space. */
  public String column(String name) {
    int index = COLUMNS.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("no column '" + name + "'; columns are " + COLUMNS);
    }
    return values[index];
  }

  /** The Maven classifier, e.g. {@code linux-x86_64-musl}. */
  public String classifier() {
    return column("classifier");
  }

  /** The operating system as in the classifier: {@code linux}, {@code osx} or {@code windows}. */
  public String os() {
    return column("os");
  }

  /**
   * The CPU as in the classifier: {@code x86_64} or {@code aarch_64}; also the ELF reader's name of
   * the machine.
   */
  public String arch() {
    return column("arch");
  }

  /** The beginning of {@code os.name} on this platform. */
  public String jvmOs() {
    return column("jvm-os");
  }

  /** The values of {@code os.arch} on this platform. */
  public List<String> jvmArchs() {
    return list("jvm-arch");
  }

  /** rustc's target triple. */
  public String rustTriple() {
    return column("rust");
  }

  /** Go's GOOS. */
  public String goos() {
    return column("goos");
  }

  /** Go's GOARCH. */
  public String goarch() {
    return column("goarch");
  }

  /** zig's target, with the minimum version if zig can express it. */
  public String zigTarget() {
    return column("zig");
  }

  /** The C library that its libraries are linked against. */
  public Libc libc() {
    return Libc.of(column("libc"));
  }

  /**
   * The version of C library or operating system that every supported host has: a library may need
   * this version and no newer one.
   */
  public String minimumVersion() {
    return column("minimum-version");
  }

  /** The executable format of its libraries. */
  public Format format() {
    return libc().format();
  }

  /** File name of a shared library, e.g. {@code libname.so}. */
  public String libraryName(String name) {
    return column("library").replace("*", name);
  }

  /** File name of a program, e.g. {@code name.exe}. */
  public String executableName(String name) {
    return column("executable").replace("*", name);
  }

  /** The directory of {@code jni_md.h} inside {@code $JAVA_HOME/include}. */
  public String jniHeaders() {
    return column("jni");
  }

  /** The languages whose cores a JVM of this platform can load: {@code rust}, {@code go}. */
  public List<String> supports() {
    return list("supports");
  }

  /**
   * How a build for it is tested on another platform: {@code native}, {@code qemu}, {@code wine} or
   * {@code structure}.
   */
  public String provenBy() {
    return column("proven");
  }

  /** The classifier. */
  @Override
  public String toString() {
    return classifier();
  }

  private List<String> list(String column) {
    return Collections.unmodifiableList(Arrays.asList(column(column).split(" ")));
  }
}
