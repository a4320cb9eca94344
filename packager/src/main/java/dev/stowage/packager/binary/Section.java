package dev.stowage.packager.binary;

/**
 * A named part of a file.
 *
 * @param name as in the file; Mach-O: {@code __TEXT,__cstring}
 * @param offset of its first byte in the file
 * @param size bytes in the file; 0 when it exists in memory only
 * @param writable whether it is writable when loaded
 * @param executable whether it is executable when loaded
 * @since 0.1.0
 */
public record Section(String name, long offset, long size, boolean writable, boolean executable) {}
