package dev.stowage.packager.record;

/**
 * What is recorded of a tool.
 *
 * @param version its version line
 * @since 0.1.0
 */
public record ToolVersion(String version) {}
