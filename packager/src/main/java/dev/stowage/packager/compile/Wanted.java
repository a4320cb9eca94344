package dev.stowage.packager.compile;

import dev.stowage.packager.message.PackagerException;
import dev.stowage.packager.project.Core;
import dev.stowage.packager.project.Language;

/** The tool chain versions that cores ask for. */
final class Wanted {
  private Wanted() {}

  /** The oldest version a core's manifest allows, or null when it names none. */
  static String of(Core core) {
    try {
      return core.language() == Language.GO
          ? GoModule.read(core.directory()).version()
          : CargoManifest.rustVersion(core.directory(), core.artifact());
    } catch (PackagerException e) {
      // The manifest itself is wrong, which the build says when it has the tool.
      return null;
    }
  }
}
