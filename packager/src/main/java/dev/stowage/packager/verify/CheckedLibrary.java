package dev.stowage.packager.verify;

import dev.stowage.loader.platform.Format;
import dev.stowage.packager.binary.Binary;
import dev.stowage.packager.message.OptionStyle;
import java.util.Set;

/**
 * One library with everything that the rules look at.
 *
 * @param name file name
 * @param platform where it is meant to run
 * @param binary its header
 * @param scan what its bytes contain outside the header; null for a third-party library
 * @param expected what its project expects; null for a third-party library
 * @param packed names of the files packed with it
 * @param optionStyle how the caller writes options
 */
record CheckedLibrary(
    String name,
    Platform platform,
    Binary binary,
    ByteScan scan,
    ProjectExpectations expected,
    Set<String> packed,
    OptionStyle optionStyle) {
  /** True for a library that this project did not build. */
  boolean isThirdParty() {
    return expected == null;
  }

  /** True when a needed library is packed beside this one. Windows ignores the case of names. */
  boolean isPacked(String needed) {
    String file = needed.substring(needed.lastIndexOf('/') + 1);
    return platform.format() == Format.PE
        ? packed.stream().anyMatch(file::equalsIgnoreCase)
        : packed.contains(file);
  }
}
