package dev.stowage.packager.verify;

import dev.stowage.packager.binary.Binary;
import dev.stowage.packager.binary.Format;
import dev.stowage.packager.message.Spelling;
import java.util.Set;

/**
 * A library as the rules see it.
 *
 * @param name file name
 * @param row where it is meant to run
 * @param binary its header
 * @param content what its bytes say beside the header
 * @param own what its project has promised; null for a library of others
 * @param packed names of the files packed with it
 * @param spelling how the caller names options
 */
record Subject(
    String name,
    Row row,
    Binary binary,
    Content content,
    Own own,
    Set<String> packed,
    Spelling spelling) {
  /** True when a needed library is packed beside this one; Windows does not mind the case. */
  boolean isPacked(String library) {
    String file = library.substring(library.lastIndexOf('/') + 1);
    return row.format() == Format.PE
        ? packed.stream().anyMatch(file::equalsIgnoreCase)
        : packed.contains(file);
  }
}
