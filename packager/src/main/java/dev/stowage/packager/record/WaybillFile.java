package dev.stowage.packager.record;

import dev.stowage.packager.project.Role;
import java.util.List;
import java.util.SortedMap;

/**
 * One library in a waybill.
 *
 * @param role what it is in its binding
 * @param file name
 * @param size bytes
 * @param crc32 8 hex digits
 * @param sha256 64 hex digits
 * @param plan the plan digest
 * @param debugId ELF build id, Mach-O UUID or PE GUID and age, by which its debug file is found;
 *     null for a local build, which has none
 * @param minimumVersion the newest version of C library or operating system that the file needs,
 *     for example {@code GLIBC_2.34}; null without one
 * @param minimumVersionSymbols the symbols bound to that version, sorted
 * @param needed needed libraries, in file order
 * @param exports defined dynamic symbols, sorted
 * @param toolchain as in the plan
 * @param flags as in the plan
 * @param inputs as in the plan
 * @since 0.1.0
 */
public record WaybillFile(
    Role role,
    String file,
    long size,
    String crc32,
    String sha256,
    String plan,
    String debugId,
    String minimumVersion,
    List<String> minimumVersionSymbols,
    List<String> needed,
    List<String> exports,
    SortedMap<String, ToolVersion> toolchain,
    List<String> flags,
    List<Input> inputs) {
  WaybillFile with(FileDigests.FileDigest digest) {
    return new WaybillFile(
        role,
        file,
        digest.size(),
        digest.crc32(),
        digest.sha256(),
        plan,
        debugId,
        minimumVersion,
        minimumVersionSymbols,
        needed,
        exports,
        toolchain,
        flags,
        inputs);
  }
}
