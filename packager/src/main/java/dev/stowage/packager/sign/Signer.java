package dev.stowage.packager.sign;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The key that libraries are signed with, if any.
 *
 * @since 0.1.0
 */
public sealed interface Signer {
  /** The environment variable with the password of a PKCS#12 file. */
  String PASSWORD_VARIABLE = "STOWAGE_P12_PASSWORD";

  /** No key: an ad-hoc signature, without which arm64 loads no code. */
  record AdHoc() implements Signer {
    @Override
    public List<String> arguments(Path ignoredScratch) {
      return List.of();
    }
  }

  /**
   * A key and its certificates in a PKCS#12 file.
   *
   * @param file {@code .p12}
   * @param password of the file
   * @param timestampUrl of a time stamp server, {@code none}, or null for Apple's
   */
  record Pkcs12(Path file, String password, String timestampUrl) implements Signer {
    @Override
    public List<String> arguments(Path scratch) throws IOException {
      open();
      // Every user of the machine can read a command line, so the password goes into a file.
      Path secret = scratch.resolve("password");
      Files.createFile(
          secret,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(secret, password);
      List<String> line = new ArrayList<>(List.of("--p12-file", file.toAbsolutePath().toString()));
      line.addAll(List.of("--p12-password-file", secret.toString()));
      line.addAll(timestamp(timestampUrl));
      return line;
    }

    private void open() {
      try (InputStream in = new FileInputStream(file.toFile())) {
        KeyStore.getInstance("PKCS12").load(in, password.toCharArray());
      } catch (IOException | GeneralSecurityException e) {
        throw SignMessages.noKey(file, e.getMessage());
      }
    }

    /** The file only: the password is a secret. */
    @Override
    public String toString() {
      return "Pkcs12[" + file + "]";
    }
  }

  /**
   * A key and its certificates as PEM.
   *
   * @param files that contain both together, for example one each
   * @param timestampUrl as for {@link Pkcs12}
   */
  record Pem(List<Path> files, String timestampUrl) implements Signer {
    /** Copies the list. */
    public Pem {
      files = List.copyOf(files);
    }

    @Override
    public List<String> arguments(Path ignoredScratch) {
      List<String> line = new ArrayList<>();
      for (Path file : files) {
        if (!Files.isReadable(file)) {
          throw SignMessages.noKey(file, "cannot be read");
        }
        line.addAll(List.of("--pem-file", file.toAbsolutePath().toString()));
      }
      line.addAll(timestamp(timestampUrl));
      return line;
    }
  }

  /**
   * The password in a file: its first line.
   *
   * @throws dev.stowage.packager.message.PackagerException STOW-508 for an unreadable file
   */
  static String password(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.findFirst().orElse("");
    } catch (IOException | UncheckedIOException e) {
      throw SignMessages.noKey(file, e.toString());
    }
  }

  /** Whether the signature contains the name of a certificate. */
  default boolean named() {
    return !(this instanceof AdHoc);
  }

  /**
   * The options of rcodesign.
   *
   * @param scratch a directory for secrets, which no other user can read
   */
  List<String> arguments(Path scratch) throws IOException;

  private static List<String> timestamp(String url) {
    return url == null ? List.of() : List.of("--timestamp-url", url);
  }
}
