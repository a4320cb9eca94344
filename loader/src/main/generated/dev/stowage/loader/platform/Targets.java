// Generated from loader/src/main/targets/targets.toml by loader/src/generator; CONTRIBUTING.md has the command.
package dev.stowage.loader.platform;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The platforms Stowage builds for and loads on, generated from the targets table.
 *
 * @since 0.1.0
 */
public final class Targets {
  /** The facts that detection needs; a constant, so that detection loads no further class. */
  static final String INDEX =
      ""
          + "Linux|64|glibc| amd64 x86_64 x64 |linux-x86_64\n"
          + "Linux|64|glibc| aarch64 arm64 |linux-aarch_64\n"
          + "Linux|64|musl| amd64 x86_64 x64 |linux-x86_64-musl\n"
          + "Linux|64|musl| aarch64 arm64 |linux-aarch_64-musl\n"
          + "Mac OS X|64|| x86_64 amd64 |osx-x86_64\n"
          + "Mac OS X|64|| aarch64 arm64 |osx-aarch_64\n"
          + "Windows|64|| amd64 x86_64 x64 |windows-x86_64\n";

  private static final List<Target> ALL =
      Collections.unmodifiableList(
          Arrays.asList(
              new Target(
                  "linux-x86_64",
                  "linux",
                  "x86_64",
                  "Linux",
                  "amd64 x86_64 x64",
                  "64",
                  "x86_64-unknown-linux-gnu",
                  "linux",
                  "amd64",
                  "x86_64-linux-gnu.2.17",
                  "glibc",
                  "2.17",
                  "elf",
                  "lib*.so",
                  "*",
                  "linux",
                  "linux-x86_64",
                  "linux_64",
                  "linux-x86-64",
                  "linux/x86-64",
                  "linux/amd64",
                  "rust go",
                  "native"),
              new Target(
                  "linux-aarch_64",
                  "linux",
                  "aarch_64",
                  "Linux",
                  "aarch64 arm64",
                  "64",
                  "aarch64-unknown-linux-gnu",
                  "linux",
                  "arm64",
                  "aarch64-linux-gnu.2.17",
                  "glibc",
                  "2.17",
                  "elf",
                  "lib*.so",
                  "*",
                  "linux",
                  "linux-arm64",
                  "linux_arm64",
                  "linux-aarch64",
                  "linux/aarch64",
                  "linux/arm64",
                  "rust go",
                  "qemu"),
              new Target(
                  "linux-x86_64-musl",
                  "linux",
                  "x86_64",
                  "Linux",
                  "amd64 x86_64 x64",
                  "64",
                  "x86_64-unknown-linux-musl",
                  "linux",
                  "amd64",
                  "x86_64-linux-musl",
                  "musl",
                  "1.2",
                  "elf",
                  "lib*.so",
                  "*",
                  "linux",
                  "",
                  "",
                  "",
                  "",
                  "linux/amd64",
                  "rust",
                  "native"),
              new Target(
                  "linux-aarch_64-musl",
                  "linux",
                  "aarch_64",
                  "Linux",
                  "aarch64 arm64",
                  "64",
                  "aarch64-unknown-linux-musl",
                  "linux",
                  "arm64",
                  "aarch64-linux-musl",
                  "musl",
                  "1.2",
                  "elf",
                  "lib*.so",
                  "*",
                  "linux",
                  "",
                  "",
                  "",
                  "",
                  "linux/arm64",
                  "rust",
                  "qemu"),
              new Target(
                  "osx-x86_64",
                  "osx",
                  "x86_64",
                  "Mac OS X",
                  "x86_64 amd64",
                  "64",
                  "x86_64-apple-darwin",
                  "darwin",
                  "amd64",
                  "x86_64-macos.12.0",
                  "macos",
                  "12.0",
                  "mach-o",
                  "lib*.dylib",
                  "*",
                  "darwin",
                  "macosx-x86_64",
                  "osx_64",
                  "darwin-x86-64",
                  "osx/x86-64",
                  "darwin/amd64",
                  "rust go",
                  "structure"),
              new Target(
                  "osx-aarch_64",
                  "osx",
                  "aarch_64",
                  "Mac OS X",
                  "aarch64 arm64",
                  "64",
                  "aarch64-apple-darwin",
                  "darwin",
                  "arm64",
                  "aarch64-macos.12.0",
                  "macos",
                  "12.0",
                  "mach-o",
                  "lib*.dylib",
                  "*",
                  "darwin",
                  "macosx-arm64",
                  "osx_arm64",
                  "darwin-aarch64",
                  "osx/aarch64",
                  "darwin/arm64",
                  "rust go",
                  "structure"),
              new Target(
                  "windows-x86_64",
                  "windows",
                  "x86_64",
                  "Windows",
                  "amd64 x86_64 x64",
                  "64",
                  "x86_64-pc-windows-gnu",
                  "windows",
                  "amd64",
                  "x86_64-windows-gnu",
                  "windows",
                  "10",
                  "pe",
                  "*.dll",
                  "*.exe",
                  "win32",
                  "windows-x86_64",
                  "windows_64",
                  "win32-x86-64",
                  "windows/x86-64",
                  "windows/amd64",
                  "rust go",
                  "wine")));

  private Targets() {}

  /** All targets, in the table's order. */
  public static List<Target> all() {
    return ALL;
  }

  /** The target with this classifier, or null. */
  public static Target byClassifier(String classifier) {
    for (Target target : ALL) {
      if (target.classifier().equals(classifier)) {
        return target;
      }
    }
    return null;
  }
}
