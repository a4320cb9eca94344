package dev.stowage.packager.message;

import dev.stowage.packager.message.PackagerException.Kind;
import java.io.IOException;
import java.nio.file.Path;

/**
 * All texts that several packages use.
 *
 * @since 0.1.0
 */
public final class SharedMessages {
  private SharedMessages() {}

  /** STOW-102: not TOML. */
  public static PackagerException badToml(Path file, int line, String why) {
    return usage("STOW-102", file + ":" + line + ": not valid TOML", why, "correct that line");
  }

  /** STOW-124: a file cannot be written. */
  public static PackagerException cannotWrite(Path file, IOException e) {
    return new PackagerException(
        Kind.ENVIRONMENT,
        "STOW-124",
        "cannot write " + file,
        reason(e),
        "check permissions and free space of that directory");
  }

  /** STOW-125: a file cannot be read. */
  public static PackagerException cannotRead(Path file, IOException e) {
    return new PackagerException(
        Kind.ENVIRONMENT, "STOW-125", "cannot read " + file, reason(e), "check its permissions");
  }

  /** STOW-126: interrupted. */
  public static PackagerException interrupted(String what) {
    return new PackagerException(
        Kind.ENVIRONMENT, "STOW-126", "interrupted while waiting for " + what, null, "run again");
  }

  /** STOW-121: a tool does not start. */
  public static PackagerException toolNotStarted(String program, String why) {
    return new PackagerException(
        Kind.ENVIRONMENT, "STOW-121", "cannot start " + program, why, "reinstall it");
  }

  private static PackagerException usage(String id, String headline, String found, String fix) {
    return new PackagerException(Kind.USAGE, id, headline, found, fix);
  }

  /** The JDK's file exceptions often contain only the path. */
  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
