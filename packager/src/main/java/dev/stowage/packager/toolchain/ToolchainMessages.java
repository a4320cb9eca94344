package dev.stowage.packager.toolchain;

import dev.stowage.packager.message.PackagerException;
import dev.stowage.packager.message.PackagerException.Kind;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** All texts about compilers and their manifests. */
final class ToolchainMessages {
  private ToolchainMessages() {}

  /** STOW-109: no Cargo.toml or go.mod where the project file points. */
  static PackagerException noManifest(Path directory, String manifest, String key) {
    return usage(
        "STOW-109",
        "no " + manifest + " in " + directory,
        null,
        "correct the key '" + key + "' in stowage.toml, or create " + manifest + " there");
  }

  /** STOW-110: the Cargo workspace has no such package. */
  static PackagerException noCrate(
      Path directory, String crate, String nearest, Collection<String> found) {
    return usage(
        "STOW-110",
        "no crate '" + crate + "' in " + directory,
        found.isEmpty() ? "no package at all" : String.join(", ", found),
        "set the key 'crate' in stowage.toml" + (nearest == null ? "" : " to \"" + nearest + "\""));
  }

  /** STOW-111: Cargo.lock is not there. */
  static PackagerException noLockFile(Path directory) {
    return usage(
        "STOW-111",
        "no Cargo.lock in " + directory + ": cargo would choose versions itself",
        null,
        "run 'cargo generate-lockfile' there and commit the file");
  }

  /** STOW-112: panics would abort the JVM. */
  static PackagerException panicNotUnwind(String where, String panic) {
    return usage(
        "STOW-112",
        where + ": the release profile has panic = \"" + panic + "\"",
        "a panic would end the JVM; it becomes a Java exception only when it unwinds",
        "set panic = \"unwind\" under [profile.release]");
  }

  /** STOW-123: the module wants a newer Go. */
  static PackagerException goTooOld(Path module, String wanted, String installed, String install) {
    return new PackagerException(
        Kind.ENVIRONMENT,
        "STOW-123",
        module.resolve("go.mod") + " needs Go " + wanted,
        installed,
        install);
  }

  /** Standard libraries of other targets; with their source cargo builds them itself. */
  static String installStd(String triples) {
    return "rustup target add "
        + triples
        + "; without rustup: a rustc with the source of its standard library, apt-get install"
        + " rustc-web cargo-web rust-web-src (Debian)";
  }

  /** STOW-131: no Rust compiler for these targets. */
  static PackagerException noStd(List<String> targets, String install, List<String> tried) {
    return new PackagerException(
        Kind.ENVIRONMENT,
        "STOW-131",
        "no rustc here has Rust's standard library for " + String.join(", ", targets),
        null,
        install,
        tried);
  }

  /** The targets that one rustc does not support; part of STOW-131. */
  static String lacks(String program, String version, String targets) {
    return program + " " + version + " has none for " + targets;
  }

  /** STOW-133: cargo of one Rust installation, rustc of another. */
  static PackagerException mixedRust(String found) {
    return new PackagerException(
        Kind.ENVIRONMENT,
        "STOW-133",
        "cargo and rustc are from two Rust installations with different versions",
        found,
        useOneRust());
  }

  /** Two programs and their versions. */
  static String mixed(String cargo, String ofCargo, String rustc, String ofRustc) {
    return cargo + " is " + ofCargo + ", " + rustc + " is " + ofRustc;
  }

  /** The fix for it. */
  static String useOneRust() {
    return "set both CARGO and RUSTC to one installation, or neither, and put a directory that contains both programs first on the PATH";
  }

  /** STOW-118: this platform is not a target. */
  static PackagerException unknownHost(String found) {
    return new PackagerException(
        Kind.ENVIRONMENT,
        "STOW-118",
        "this platform is not a supported target",
        found,
        "run the build on a platform that 'targets' lists");
  }

  /** STOW-127: a Java runtime without headers. */
  static PackagerException noJniHeader(Path include) {
    return new PackagerException(
        Kind.ENVIRONMENT,
        "STOW-127",
        "no jni.h in " + include,
        "the build runs on a Java runtime without development files",
        "run it on a JDK: set JAVA_HOME to one");
  }

  private static PackagerException usage(String id, String headline, String found, String fix) {
    return new PackagerException(Kind.USAGE, id, headline, found, fix);
  }
}
