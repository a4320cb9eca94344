package dev.stowage.packager.verify;

import dev.stowage.loader.header.ElfFile;
import dev.stowage.loader.target.Target;
import dev.stowage.packager.model.Language;
import dev.stowage.packager.model.Role;
import java.util.List;

/**
 * A library as the rules see it.
 *
 * @param name file name
 * @param target its row
 * @param role core or shim
 * @param language of the core
 * @param release false: above the floor is a warning
 * @param core file name of the unit's core
 * @param exports symbols it must export, sorted
 * @param exportsSource what decides them, for messages
 * @param contract the digest a shim must carry; null for a core
 * @param elf its header
 * @param marks contract digests found in its bytes
 * @param goBuildInfo true when its bytes hold Go's build information
 */
record Subject(
    String name,
    Target target,
    Role role,
    Language language,
    boolean release,
    String core,
    List<String> exports,
    String exportsSource,
    String contract,
    ElfFile elf,
    List<String> marks,
    boolean goBuildInfo) {
  /** True for the core of a Go unit: the one kind of library that holds a Go runtime. */
  boolean isGoCore() {
    return role == Role.CORE && language == Language.GO;
  }
}
