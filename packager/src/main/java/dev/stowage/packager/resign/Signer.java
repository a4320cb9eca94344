package dev.stowage.packager.resign;

import dev.stowage.packager.message.ResignMessages;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;

/**
 * With what libraries are signed.
 *
 * @since 0.1.0
 */
public sealed interface Signer {
  /** Nobody's name: enough for arm64, which loads no unsigned code. */
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
      // Not on the command line, which every user of the machine can read.
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
        throw ResignMessages.noKey(file, e.getMessage());
      }
    }

    /** Without the password. */
    @Override
    public String toString() {
      return "Pkcs12[" + file + "]";
    }
  }

  /**
   * A key and its certificates as PEM.
   *
   * @param files hold them together, for example one each
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
          throw ResignMessages.noKey(file, "cannot be read");
        }
        line.addAll(List.of("--pem-file", file.toAbsolutePath().toString()));
      }
      line.addAll(timestamp(timestampUrl));
      return line;
    }
  }

  /** Whether a certificate's name goes into the signature. */
  default boolean named() {
    return !(this instanceof AdHoc);
  }

  /**
   * The options of rcodesign.
   *
   * @param scratch a directory that nobody else reads, for secrets
   */
  List<String> arguments(Path scratch) throws IOException;

  private static List<String> timestamp(String url) {
    return url == null ? List.of() : List.of("--timestamp-url", url);
  }
}
