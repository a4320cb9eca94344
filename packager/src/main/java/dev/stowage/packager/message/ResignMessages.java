package dev.stowage.packager.message;

import dev.stowage.packager.message.PackagerException.Kind;
import java.nio.file.Path;
import java.util.List;

/**
 * Every text of {@code resign} that a user reads.
 *
 * @since 0.1.0
 */
public final class ResignMessages {
  private ResignMessages() {}

  /** STOW-501: a file that is no JAR. */
  public static PackagerException notAJar(Path file, String reason) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-501",
        file + " cannot be read as a JAR",
        reason,
        "give JARs as 'package' and the shade plugin write them");
  }

  /** STOW-502: a JAR whose own signature would no longer hold. */
  public static PackagerException signedJar(Path file, String entry) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-502",
        file + " is a signed JAR; new libraries would break its signature",
        entry,
        "run 'resign' first, jarsigner afterwards");
  }

  /** STOW-503: a JAR that has nothing to do with it. */
  public static PackagerException nothingToSign(Path file) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-503",
        "nothing to change in " + file,
        "no Mach-O library with a waybill in it, and no pins of one",
        "give the macOS classifier JARs with the API's JAR, or the drop-in JAR");
  }

  /** STOW-504: libraries whose pins are elsewhere. */
  public static PackagerException noPins(Path file, String row) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-504",
        "no JAR given holds the pins of " + row,
        "its libraries are in " + file,
        "give the API's JAR, which has the class StowagePins, too: without new pins the loader"
            + " refuses the signed libraries");
  }

  /** STOW-505: JARs that are not of one build. */
  public static PackagerException otherBuild(Path file, String what) {
    return new PackagerException(
        Kind.RULE,
        "STOW-505",
        "the JARs are not of one build",
        what + " in " + file + " does not fit the waybill",
        "give the JARs that were packed together, to the Stowage that packed them");
  }

  /** STOW-506: the output is there already. */
  public static PackagerException outputExists(Path directory) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-506",
        directory + " is not empty",
        null,
        "name a directory that does not exist; it appears when every JAR in it is complete");
  }

  /** STOW-507: rcodesign failed. */
  public static PackagerException notSigned(String library, String output) {
    return new PackagerException(
        Kind.ENVIRONMENT,
        "STOW-507",
        "rcodesign did not sign " + library,
        output,
        "see what it says; a time stamp needs the network, --timestamp-url none does without");
  }

  /** STOW-508: a key that cannot be used. */
  public static PackagerException noKey(Path file, String reason) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-508",
        "the key in " + file + " cannot be opened",
        reason,
        "give the file of --p12 its password by --password-file or the variable "
            + PASSWORD
            + "; --pem files hold key and certificate");
  }

  /** STOW-509: a signature that does not hold. */
  public static PackagerException badSignature(String library, String found, List<String> damage) {
    return new PackagerException(
        Kind.RULE,
        "STOW-509",
        "the signature that rcodesign made for " + library + " does not hold",
        found,
        "use another version of rcodesign; 'doctor' prints which one is used",
        damage);
  }

  /** STOW-510: two JARs of one name. */
  public static PackagerException sameName(String name) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-510",
        "two JARs are called " + name,
        null,
        "give each JAR once; all go to one directory under their own names");
  }

  /** The variable of a password. */
  public static final String PASSWORD = "STOWAGE_P12_PASSWORD";

  /** One line about a signed library. */
  public static String signed(String classifier, String library, long size) {
    return ConsoleText.line("resign", classifier, library, ConsoleText.size(size));
  }

  /** One line about a JAR. */
  public static String written(String jar, int changed) {
    return ConsoleText.line("resign", "", jar, changed + " entries changed");
  }
}
