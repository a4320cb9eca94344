package dev.stowage.packager.sign;

import dev.stowage.packager.message.ConsoleText;
import dev.stowage.packager.message.PackagerException;
import dev.stowage.packager.message.PackagerException.Kind;
import java.nio.file.Path;
import java.util.List;

/** All texts of {@code resign} that a user reads. */
final class SignMessages {
  private SignMessages() {}

  /** STOW-501: a file that is not a JAR. */
  static PackagerException notAJar(Path file, String reason) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-501",
        file + " cannot be read as a JAR",
        reason,
        "give JARs that 'package' or the shade plugin wrote");
  }

  /** STOW-502: a JAR whose own signature would no longer hold. */
  static PackagerException signedJar(Path file, String entry) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-502",
        file + " is a signed JAR, and new libraries would break its signature",
        entry,
        "run 'resign' first and jarsigner afterwards");
  }

  /** STOW-503: a JAR without libraries to sign and without their pins. */
  static PackagerException nothingToSign(Path file) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-503",
        "there is nothing to change in " + file,
        "it contains neither a macOS library with a waybill nor the pins of one",
        "give the macOS classifier JARs and the API's JAR, or the drop-in JAR");
  }

  /** STOW-504: libraries whose pins are in no given JAR. */
  static PackagerException noPins(Path file, String libraries) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-504",
        "the pins of " + libraries + " are in none of the given JARs",
        "the libraries are in " + file,
        "also give the API's JAR, which contains the class StowagePins: without new pins the loader"
            + " refuses the signed libraries");
  }

  /** STOW-505: JARs from several builds. */
  static PackagerException otherBuild(Path file, String what) {
    return new PackagerException(
        Kind.RULE,
        "STOW-505",
        "the JARs are not from one build",
        what + " in " + file + " does not match the waybill",
        "give JARs that were packed together, and use the version of Stowage that packed them");
  }

  /** STOW-506: the output directory is not empty. */
  static PackagerException outputExists(Path directory) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-506",
        directory + " is not empty",
        null,
        "name a directory that does not exist; it is created when all JARs are complete");
  }

  /** STOW-507: rcodesign failed. */
  static PackagerException notSigned(String library, String output) {
    return new PackagerException(
        Kind.ENVIRONMENT,
        "STOW-507",
        "rcodesign did not sign " + library,
        output,
        "correct what rcodesign reports; a time stamp needs the network, so without network use"
            + " --timestamp-url none");
  }

  /** STOW-508: a key that cannot be used. */
  static PackagerException noKey(Path file, String reason) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-508",
        "the key in " + file + " cannot be opened",
        reason,
        "give the file of --p12 its password by --password-file or the variable "
            + Signer.PASSWORD_VARIABLE
            + "; --pem files hold key and certificate");
  }

  /** STOW-509: an invalid signature. */
  static PackagerException badSignature(String library, String found, List<String> damage) {
    return new PackagerException(
        Kind.RULE,
        "STOW-509",
        "the signature that rcodesign made for " + library + " is invalid",
        found,
        "use another version of rcodesign; 'doctor' prints which one it found",
        damage);
  }

  /** STOW-510: two JARs with one name. */
  static PackagerException sameName(String name) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-510",
        "two JARs have the name " + name,
        null,
        "give each JAR once: all are written to one directory under their own names");
  }

  /** One line about a signed library. */
  static String signed(String classifier, String library, long size) {
    return ConsoleText.line("resign", classifier, library, ConsoleText.size(size));
  }

  /** One line about a JAR. */
  static String written(String jar, int changed) {
    return ConsoleText.line(
        "resign", "", jar, ConsoleText.count(changed, "entry", "entries") + " changed");
  }
}
