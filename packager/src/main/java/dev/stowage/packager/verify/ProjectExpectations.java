package dev.stowage.packager.verify;

import dev.stowage.packager.project.Language;
import dev.stowage.packager.project.Role;
import java.util.List;

/**
 * What a project expects of a library that it built.
 *
 * @param role core or shim
 * @param language of the binding's core
 * @param release false for a local build, which may need a newer system: that is a warning only
 * @param core file name of the binding's core
 * @param exports symbols that it must export, sorted
 * @param exportsSource what determines them, for messages
 * @param contract the digest that a shim must contain; null for a core
 */
record ProjectExpectations(
    Role role,
    Language language,
    boolean release,
    String core,
    List<String> exports,
    String exportsSource,
    String contract) {
  /** True for the core of a Go binding, the only kind of library that contains a Go runtime. */
  boolean isGoCore() {
    return role == Role.CORE && language == Language.GO;
  }
}
