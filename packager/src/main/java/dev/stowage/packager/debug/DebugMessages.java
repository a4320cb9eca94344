package dev.stowage.packager.debug;

import dev.stowage.packager.message.PackagerException;
import dev.stowage.packager.message.PackagerException.Kind;

/** All texts about debug symbols that a user reads. */
final class DebugMessages {
  private DebugMessages() {}

  /** STOW-143: a tool that cannot split a library. */
  static PackagerException notSplit(String library, String tool, String output) {
    return new PackagerException(
        Kind.BUILD,
        "STOW-143",
        tool + " cannot split off the debug symbols of " + library,
        output,
        "correct what the tool reports; 'doctor' prints which version of it was found");
  }

  /** STOW-144: a library that was linked without the place for its id. */
  static PackagerException noId(String library) {
    return new PackagerException(
        Kind.BUILD,
        "STOW-144",
        library + " was linked without a build id",
        "no GNU build id note, LC_UUID or CodeView record in it",
        "remove the flag that turns it off (--build-id=none, -no_uuid, strip) from RUSTFLAGS, CGO_LDFLAGS"
            + " and the Cargo profile");
  }
}
