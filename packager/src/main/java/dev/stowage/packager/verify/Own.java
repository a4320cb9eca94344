package dev.stowage.packager.verify;

import dev.stowage.packager.project.Language;
import dev.stowage.packager.project.Role;
import java.util.List;

/**
 * What a project has promised about a library.
 *
 * @param role core or shim
 * @param language of the binding's core
 * @param release false: above the floor is a warning
 * @param core file name of the binding's core
 * @param exports symbols it must export, sorted
 * @param exportsSource what decides them, for messages
 * @param contract the digest a shim must carry; null for a core
 */
record Own(
    Role role,
    Language language,
    boolean release,
    String core,
    List<String> exports,
    String exportsSource,
    String contract) {
  /** True for the core of a Go binding: the one kind of library that holds a Go runtime. */
  boolean isGoCore() {
    return role == Role.CORE && language == Language.GO;
  }
}
