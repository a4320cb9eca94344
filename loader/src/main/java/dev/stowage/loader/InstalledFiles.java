package dev.stowage.loader;

import dev.stowage.loader.platform.Target;
import java.io.File;
import java.util.ArrayList;
import java.util.List;

/**
 * Step 1: a directory that the user names. It is never written to, and when it is named nothing
 * else is tried.
 */
final class InstalledFiles {
  final String source;
  final File directory;

  private InstalledFiles(String source, String path) {
    this.source = source;
    this.directory = new File(path).getAbsoluteFile();
  }

  /** The directory in force for a library, or null. */
  static InstalledFiles of(String library) {
    String[] properties = {"stowage." + library + ".path", "stowage.library.path"};
    for (String name : properties) {
      String path = PinnedBinding.property(name);
      if (path != null) {
        return new InstalledFiles("-D" + name, path);
      }
    }
    String path = PinnedBinding.environment("STOWAGE_LIBRARY_PATH");
    return path == null ? null : new InstalledFiles("STOWAGE_LIBRARY_PATH", path);
  }

  /** The binding with the names it has in this directory, or null when the files are not there. */
  PinnedBinding find(PinnedBinding pinned, Target target) {
    return pinned.isPresent(directory) ? pinned : other(pinned, target);
  }

  /** The error when {@link #find} finds nothing. */
  LoadError missing(PinnedBinding pinned, Target target) {
    String found =
        directory.isDirectory()
            ? LoaderMessages.emptyDirectory(target.libraryName(prefix(pinned) + "*"))
            : LoaderMessages.missingDirectory(directory);
    return LoaderMessages.override(source, directory, found, pinned);
  }

  /** The files whose content is not that of the pins. */
  List<String> unpinned(PinnedBinding pinned, PinnedBinding found) {
    List<String> names = new ArrayList<>();
    for (int role = 0; role < found.names.length; role++) {
      if (!pinned.isIntact(role, new File(directory, found.names[role]))) {
        names.add(found.names[role]);
      }
    }
    return names;
  }

  private static String prefix(PinnedBinding pinned) {
    return "stowage_" + pinned.library + "_" + pinned.binding;
  }

  private PinnedBinding other(PinnedBinding pinned, Target target) {
    String pattern = target.libraryName("*");
    String head = pattern.substring(0, pattern.indexOf('*')) + prefix(pinned);
    String tail = pattern.substring(pattern.indexOf('*') + 1);
    String core = null;
    String shim = null;
    String[] names = directory.list();
    for (String name : names == null ? new String[0] : names) {
      if (!name.startsWith(head) || !name.endsWith(tail)) {
        continue;
      }
      String rest = name.substring(head.length());
      if (rest.startsWith("_jni")) {
        if (shim != null) {
          return null;
        }
        shim = name;
      } else if (!rest.startsWith("_")) {
        if (core != null) {
          return null;
        }
        core = name;
      }
    }
    return core == null || shim == null ? null : pinned.unpinned(core, shim);
  }
}
