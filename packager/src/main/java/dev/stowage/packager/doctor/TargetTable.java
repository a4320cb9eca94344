package dev.stowage.packager.doctor;

import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import dev.stowage.packager.toolchain.HostPlatform;
import java.util.ArrayList;
import java.util.List;

/**
 * The targets table in the form for output.
 *
 * @param format 1
 * @param targets in table order
 * @since 0.1.0
 */
public record TargetTable(int format, List<Entry> targets) {
  /** The format of the JSON. */
  public static final int FORMAT = 1;

  /**
   * One target.
   *
   * @param classifier Maven classifier: os and arch, followed by musl if that is the C library
   * @param os os-maven-plugin's name of the operating system
   * @param arch os-maven-plugin's name of the processor
   * @param libc C library that its libraries are linked against
   * @param minimumVersion oldest version of C library or operating system that the libraries run on
   * @param rust rustc's target triple
   * @param go GOOS/GOARCH
   * @param supports languages whose cores a JVM can load there
   * @param host whether it is this machine
   */
  public record Entry(
      String classifier,
      String os,
      String arch,
      String libc,
      String minimumVersion,
      String rust,
      String go,
      List<String> supports,
      boolean host) {}

  /** Reads the loader's table. */
  public static TargetTable read() {
    String host = HostPlatform.classifier();
    List<Entry> entries = new ArrayList<>();
    for (Target target : Targets.all()) {
      entries.add(
          new Entry(
              target.classifier(),
              target.os(),
              target.arch(),
              target.libc().label(),
              target.minimumVersion(),
              target.rustTriple(),
              target.goos() + "/" + target.goarch(),
              target.supports(),
              target.classifier().equals(host)));
    }
    return new TargetTable(FORMAT, entries);
  }

  /** The table as lines for people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(BuildDoctorMessages.targetLine("", "classifier", "needs", "rust", "go", "cores"));
    for (Entry target : targets) {
      lines.add(
          BuildDoctorMessages.targetLine(
              target.host() ? "*" : "",
              target.classifier(),
              Targets.byClassifier(target.classifier()).libc().title()
                  + " "
                  + target.minimumVersion(),
              target.rust(),
              target.go(),
              String.join(" ", target.supports())));
    }
    lines.add(BuildDoctorMessages.hostMark());
    return lines;
  }
}
