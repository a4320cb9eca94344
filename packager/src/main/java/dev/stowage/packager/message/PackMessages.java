package dev.stowage.packager.message;

import dev.stowage.packager.message.PackagerException.Kind;
import java.nio.file.Path;
import java.util.List;

/**
 * Every text of {@code package} that a user reads.
 *
 * @since 0.1.0
 */
public final class PackMessages {
  private PackMessages() {}

  /** STOW-401: packing before the waybill was written. */
  public static PackagerException noWaybill(String classifier, Path file) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-401",
        "no waybill for " + classifier,
        "nothing readable at " + file,
        "run 'package' in the module with the Java classes first, and give its output here");
  }

  /** STOW-402: bytes that are not those of the record. */
  public static PackagerException otherBytes(Path file, String recorded, String found) {
    return rule(
        "STOW-402",
        file + " has changed since it was recorded",
        "SHA-256 " + found + ", recorded " + recorded,
        "run 'build', 'verify' and 'package' again");
  }

  /** STOW-403: licence texts that are not there. */
  public static PackagerException noLicenses(String binding, Path directory) {
    return rule(
        "STOW-403",
        "no licence texts for binding '" + binding + "'",
        directory == null ? "'licenses' is not set in stowage.toml" : "nothing in " + directory,
        "commit the texts of what the binding links in, in a sub-directory named after the binding");
  }

  /** STOW-404: more libraries than there are roles. */
  public static PackagerException twoFiles(
      String binding, String role, String wanted, List<String> others) {
    return rule(
        "STOW-404",
        "more than one " + role + " of binding '" + binding + "'",
        String.join(", ", others) + " beside " + wanted,
        "delete the others; 'build' leaves one");
  }

  /** STOW-405: pins that no class file can hold. */
  public static PackagerException pinsTooLong(String classifier, int bytes) {
    return rule(
        "STOW-405",
        "the pins of " + classifier + " take " + bytes + " bytes",
        "a string constant of a class file holds 65535 (JVMS 4.4.7)",
        "use fewer bindings in one library");
  }

  /** STOW-406: bytes that verify has not seen. */
  public static PackagerException notVerified(String file) {
    return rule("STOW-406", file + " was not verified as it is now", null, "run 'package' again");
  }

  /** STOW-409: JARs that would be published elsewhere than the project file says. */
  public static PackagerException otherNatives(Path file, String artifact, String module) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-409",
        "the classifier JARs of this module would be published as " + module,
        "artifact = \"" + artifact + "\" in " + file,
        "pack them in the module "
            + artifact
            + " and only the pins here (-Dstowage.jars=false), or set artifact = \""
            + module
            + "\"");
  }

  /** STOW-407: a project without licence. */
  public static PackagerException noLicense(Path directory) {
    return rule(
        "STOW-407",
        "no LICENSE file in " + directory + " or above",
        null,
        "put the project's licence text there; it is packed as META-INF/LICENSE");
  }

  /** STOW-411: a debug file that is not that of the library. */
  public static PackagerException noDebugFile(String library, Path file) {
    return rule(
        "STOW-411",
        "no debug file of " + library,
        "nothing with its id at " + file,
        "run 'build' and 'package' again");
  }

  /** STOW-410: a development kit without one of its files. */
  public static PackagerException sdkNeeds(Path file) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-410",
        "the development kit cannot be packed",
        "no readable file " + file,
        "run 'build' again; headers are named in stowage.toml");
  }

  /** One line about the pins class. */
  public static String pinned(String classifier, String file, int libraries) {
    return ConsoleText.line("package", classifier, file, "pins " + libraries + " libraries");
  }

  /** One line about a packed JAR. */
  public static String packed(String classifier, String file, long size) {
    return ConsoleText.line("package", classifier, file, ConsoleText.size(size));
  }

  /** One line about a row whose content went into a directory of classes. */
  public static String embedded(String classifier, int entries, long size) {
    return ConsoleText.line("package", classifier, entries + " entries", ConsoleText.size(size));
  }

  private static PackagerException rule(String id, String headline, String found, String fix) {
    return new PackagerException(Kind.RULE, id, headline, found, fix);
  }
}
