package dev.stowage.packager.linking;

import dev.stowage.packager.message.PackagerException;
import dev.stowage.packager.message.PackagerException.Kind;
import java.nio.file.Path;
import java.util.Collection;

/** All texts about linking. */
final class LinkingMessages {
  private LinkingMessages() {}

  /** STOW-132: Go needs symbols of macOS that the list of stubs does not have. */
  static PackagerException appleSymbols(Collection<String> symbols, Path goRoot) {
    return new PackagerException(
        Kind.ENVIRONMENT,
        "STOW-132",
        "this version of Go uses symbols of macOS for which Stowage has no stub: "
            + String.join(", ", symbols),
        "go:cgo_import_dynamic in " + goRoot.resolve("src"),
        "use an older version of Go, or a version of Stowage that has them in macos-symbols.txt");
  }
}
