package dev.stowage.packager.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Directories of small scripts that answer as tools do. */
public record Bin(Path directory) {
  /** Puts a shell script there. */
  public Bin tool(String name, String script) throws IOException {
    Path file = Files.createDirectories(directory).resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return this;
  }

  /** A rustc with its cargo; the sysroot is {@code sysroot} beside the scripts. */
  public Bin rust(String version) throws IOException {
    tool(
        "rustc",
        "if [ \"$1\" = --print ]; then echo '"
            + sysroot()
            + "'; else echo 'rustc "
            + version
            + "'; fi");
    return tool("cargo", "echo 'cargo " + version + "'");
  }

  /** Adds the standard library of a triple. */
  public Bin std(String triple) throws IOException {
    return file("lib/rustlib/" + triple + "/lib/libstd-0123.rlib");
  }

  /** Adds the source of the standard library. */
  public Bin stdSource() throws IOException {
    return file("lib/rustlib/src/rust/library/Cargo.lock");
  }

  private Bin file(String name) throws IOException {
    Path file = sysroot().resolve(name);
    Files.createDirectories(file.getParent());
    Files.createFile(file);
    return this;
  }

  private Path sysroot() {
    return directory.resolve("sysroot");
  }
}
