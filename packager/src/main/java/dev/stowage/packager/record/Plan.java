package dev.stowage.packager.record;

import dev.stowage.packager.project.Language;
import dev.stowage.packager.project.Role;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The record written before a compile. It contains no path of a machine, so two machines that build
 * the same sources write the same plan.
 *
 * @param format 1
 * @param library the library id
 * @param version the version the caller gave
 * @param binding the binding's name
 * @param language of the binding's core
 * @param role what the library is in its binding
 * @param target the classifier
 * @param minimumVersion the lowest version of C library or operating system that it must run on, or
 *     {@code host} for a local build
 * @param release false for a local build, which is not for publication
 * @param toolchain the tools by name
 * @param flags the flags of the tools, with {@code {name}} in place of the file name
 * @param inputs sorted by path
 * @since 0.1.0
 */
public record Plan(
    int format,
    String library,
    String version,
    String binding,
    Language language,
    Role role,
    String target,
    String minimumVersion,
    boolean release,
    SortedMap<String, ToolVersion> toolchain,
    List<String> flags,
    List<Input> inputs) {
  /** The format this class writes. */
  public static final int FORMAT = 1;

  /** Copies the collections. */
  public Plan {
    Json.requireFormat(format, FORMAT);
    toolchain = Collections.unmodifiableSortedMap(new TreeMap<>(toolchain));
    flags = List.copyOf(flags);
    inputs = List.copyOf(inputs);
  }

  /** SHA-256 over the canonical JSON of this plan, 64 hex digits. */
  public String digest() {
    return FileDigests.sha256(Json.canonical(this));
  }

  /** The first eight digits of {@link #digest()}: part of the library's name. */
  public String tag() {
    return digest().substring(0, 8);
  }

  /** Variables for the tools with the facts of this record, for build scripts. */
  public Map<String, String> environment(String planFile) {
    return Map.of("STOWAGE_VERSION", version, "STOWAGE_PLAN", planFile, "STOWAGE_TARGET", target);
  }
}
