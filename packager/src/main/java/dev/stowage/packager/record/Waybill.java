package dev.stowage.packager.record;

import dev.stowage.packager.project.Coordinates;
import dev.stowage.packager.project.Language;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The record inside a classifier JAR: its libraries, their inputs and the toolchain.
 *
 * @param format 1
 * @param library the library id
 * @param version the library's version
 * @param classifier the target
 * @param artifact where the classifier JARs are published
 * @param release false: a local build, not for publication
 * @param bindings in project order
 * @param unsupported bindings that the platform cannot load, in project order; their libraries were
 *     not built
 * @param licenses the licence texts packed with them, sorted by path
 * @since 0.1.0
 */
public record Waybill(
    int format,
    String library,
    String version,
    String classifier,
    Coordinates artifact,
    boolean release,
    List<WaybillEntry> bindings,
    List<Unsupported> unsupported,
    List<Input> licenses) {
  /** The format this class writes. */
  public static final int FORMAT = 1;

  /** Copies the lists. */
  public Waybill {
    Json.requireFormat(format, FORMAT);
    Objects.requireNonNull(artifact);
    bindings = List.copyOf(bindings);
    unsupported = List.copyOf(unsupported);
    licenses = List.copyOf(licenses);
  }

  /** The same waybill with changed libraries, by file name, as after signing. */
  public Waybill with(Map<String, byte[]> libraries) {
    List<WaybillEntry> changed = bindings.stream().map(binding -> binding.with(libraries)).toList();
    return new Waybill(
        format, library, version, classifier, artifact, release, changed, unsupported, licenses);
  }

  /**
   * One binding that the target cannot load.
   *
   * @param binding its name
   * @param language of its core
   * @param reason one word, the same as in the pins: {@code initial-exec-tls} for a Go core on musl
   *     (golang/go#54805)
   */
  public record Unsupported(String binding, Language language, String reason) {}
}
