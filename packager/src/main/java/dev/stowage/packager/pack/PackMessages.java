package dev.stowage.packager.pack;

import dev.stowage.packager.message.ConsoleText;
import dev.stowage.packager.message.PackagerException;
import dev.stowage.packager.message.PackagerException.Kind;
import java.nio.file.Path;
import java.util.List;

/** All texts of {@code package}. */
final class PackMessages {
  private PackMessages() {}

  /** STOW-401: packing before the waybill was written. */
  static PackagerException noWaybill(String classifier, Path file) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-401",
        "no waybill for " + classifier,
        "there is no readable file " + file,
        "run 'package' in the module with the Java classes first, and give its output here");
  }

  /** STOW-402: a file that has changed since it was recorded. */
  static PackagerException otherBytes(Path file, String recorded, String found) {
    return rule(
        "STOW-402",
        file + " has changed since it was recorded",
        "SHA-256 " + found + ", recorded " + recorded,
        "run 'build', 'verify' and 'package' again");
  }

  /** STOW-403: missing licence texts. */
  static PackagerException noLicenses(String binding, Path directory) {
    return rule(
        "STOW-403",
        "no licence texts for binding '" + binding + "'",
        directory == null
            ? "'licenses' is not set in stowage.toml"
            : "there is no file in " + directory,
        "commit the licence texts of everything that the binding links, in a sub-directory with the"
            + " name of the binding");
  }

  /** STOW-404: more libraries than there are roles. */
  static PackagerException twoFiles(
      String binding, String role, String wanted, List<String> others) {
    return rule(
        "STOW-404",
        "more than one " + role + " of binding '" + binding + "'",
        String.join(", ", others) + " beside " + wanted,
        "delete the others; 'build' creates one");
  }

  /** STOW-405: pins that are too long for a class file. */
  static PackagerException pinsTooLong(String classifier, int bytes) {
    return rule(
        "STOW-405",
        "the pins of " + classifier + " need " + bytes + " bytes",
        "a string constant in a class file has at most 65535 bytes (JVMS 4.4.7)",
        "use fewer bindings in one library");
  }

  /** STOW-406: a file that has changed since it was verified. */
  static PackagerException notVerified(String file) {
    return rule(
        "STOW-406", file + " has changed since it was verified", null, "run 'package' again");
  }

  /** STOW-409: JARs that would be published elsewhere than the project file says. */
  static PackagerException otherArtifact(Path file, String artifact, String module) {
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
  static PackagerException noLicense(Path directory) {
    return rule(
        "STOW-407",
        "no LICENSE file in " + directory + " or above",
        null,
        "put the project's licence text there; it is packed as META-INF/LICENSE");
  }

  /** STOW-411: a missing debug file, or one of another library. */
  static PackagerException noDebugFile(String library, Path file) {
    return rule(
        "STOW-411",
        "no debug file of " + library,
        "there is no file with its id at " + file,
        "run 'build' and 'package' again");
  }

  /** STOW-410: a missing file of the SDK. */
  static PackagerException sdkNeeds(Path file) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-410",
        "the SDK cannot be packed",
        "there is no readable file " + file,
        "run 'build' again; headers are named in stowage.toml");
  }

  /** One line about the pins class. */
  static String pinned(String classifier, String file, int libraries) {
    return ConsoleText.line("package", classifier, file, "pins " + libraries + " libraries");
  }

  /** One line about a packed JAR. */
  static String packed(String classifier, String file, long size) {
    return ConsoleText.line("package", classifier, file, ConsoleText.size(size));
  }

  /** One line about a target whose libraries were written into a directory of classes. */
  static String embedded(String classifier, int entries, long size) {
    return ConsoleText.line("package", classifier, entries + " entries", ConsoleText.size(size));
  }

  private static PackagerException rule(String id, String headline, String found, String fix) {
    return new PackagerException(Kind.RULE, id, headline, found, fix);
  }
}
