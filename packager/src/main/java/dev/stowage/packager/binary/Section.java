package dev.stowage.packager.binary;

/**
 * A named piece of a file.
 *
 * @param name as the file spells it; Mach-O: {@code __TEXT,__cstring}
 * @param offset of its first byte in the file
 * @param size bytes in the file, 0 when it only exists in memory
 * @param writable whether it is writable when loaded
 * @param executable whether it is executable when loaded
 * @since 0.1.0
 */
public record Section(String name, long offset, long size, boolean writable, boolean executable) {}
