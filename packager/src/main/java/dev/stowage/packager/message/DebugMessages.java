package dev.stowage.packager.message;

import dev.stowage.packager.message.PackagerException.Kind;

/**
 * Every text about debug symbols that a user reads.
 *
 * @since 0.1.0
 */
public final class DebugMessages {
  private DebugMessages() {}

  /** STOW-143: a tool that cannot split a library. */
  public static PackagerException notSplit(String library, String tool, String output) {
    return new PackagerException(
        Kind.BUILD,
        "STOW-143",
        tool + " cannot take the debug symbols out of " + library,
        output,
        "see what the tool says; 'doctor' prints which version of it is used");
  }

  /** STOW-144: a library that was linked without the place for its id. */
  public static PackagerException noId(String library) {
    return new PackagerException(
        Kind.BUILD,
        "STOW-144",
        library + " was linked without a build id",
        "no GNU build id note, LC_UUID or CodeView record in it",
        "remove what switches it off (--build-id=none, -no_uuid, strip) from RUSTFLAGS, CGO_LDFLAGS"
            + " and the Cargo profile");
  }
}
