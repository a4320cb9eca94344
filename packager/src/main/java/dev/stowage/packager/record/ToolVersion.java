package dev.stowage.packager.record;

/**
 * A tool as the records name it.
 *
 * @param version its version line
 * @since 0.1.0
 */
public record ToolVersion(String version) {}
