package dev.stowage.packager.compile;

import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import dev.stowage.packager.message.CliMessages;
import java.util.ArrayList;
import java.util.List;

/**
 * The targets table for output.
 *
 * @param format 1
 * @param targets the rows in table order
 * @since 0.1.0
 */
public record TargetTable(int format, List<Row> targets) {
  /** The format of the JSON. */
  public static final int FORMAT = 1;

  /**
   * One row.
   *
   * @param classifier Maven classifier
   * @param libc C library or operating system that the floor counts
   * @param floor oldest version of it that the binaries run on
   * @param rust rustc's target triple
   * @param go GOOS/GOARCH
   * @param carries what runs there: rust, go, sidecar
   * @param host whether it is this machine
   */
  public record Row(
      String classifier,
      String libc,
      String floor,
      String rust,
      String go,
      List<String> carries,
      boolean host) {}

  /** The table as the loader knows it. */
  public static TargetTable read() {
    String host = Builder.host();
    List<Row> rows = new ArrayList<>();
    for (Target target : Targets.all()) {
      rows.add(
          new Row(
              target.classifier(),
              target.libc(),
              target.floor(),
              target.rustTriple(),
              target.goos() + "/" + target.goarch(),
              target.carries(),
              target.classifier().equals(host)));
    }
    return new TargetTable(FORMAT, rows);
  }

  /** The table for people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(CliMessages.targetRow("", "classifier", "floor", "rust", "go", "carries"));
    for (Row row : targets) {
      lines.add(
          CliMessages.targetRow(
              row.host() ? "*" : "",
              row.classifier(),
              row.libc() + " " + row.floor(),
              row.rust(),
              row.go(),
              String.join(" ", row.carries())));
    }
    lines.add(CliMessages.hostMark());
    return lines;
  }
}
