package dev.stowage.packager.record;

/**
 * One input of a plan.
 *
 * @param path stable name with forward slashes, never a machine path
 * @param sha256 64 hex digits of the content
 * @since 0.1.0
 */
public record Input(String path, String sha256) {}
