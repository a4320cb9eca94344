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
    return LoaderMessages.override(source, directory, found, pinned.names);
  }

  /** The files whose content is not that of the pins. */
  List<String> unpinned(PinnedBinding pinned, PinnedBinding found) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < found.names.length; i++) {
      if (!pinned.isIntact(i, new File(directory, found.names[i]))) {
        names.add(found.names[i]);
      }
    }
    return names;
  }

  private static String prefix(PinnedBinding pinned) {
    return "stowage_" + pinned.library + "_" + pinned.binding;
  }

  /**
   * The same libraries of another build, such as a developer's: what differs is behind the part of
   * the name that all builds share. Null when a library is missing or there are two of it.
   */
  private PinnedBinding other(PinnedBinding pinned, Target target) {
    String end = target.libraryName("");
    end = end.substring(end.indexOf('.'));
    String[] names = directory.list();
    String[] found = new String[pinned.names.length];
    for (int i = 0; i < found.length; i++) {
      String stem = stem(pinned.names[i], pinned.version);
      for (String name : names == null ? new String[0] : names) {
        if (name.equals(pinned.names[i]) || isOtherBuild(name, stem, end)) {
          if (found[i] != null) {
            return null;
          }
          found[i] = name;
        }
      }
      if (found[i] == null) {
        return null;
      }
    }
    return pinned.unpinned(found);
  }

  /** The name up to its version; null without one. */
  private static String stem(String name, String version) {
    int end = name.indexOf("-" + version + "-");
    return end < 0 ? null : name.substring(0, end);
  }

  private static boolean isOtherBuild(String name, String stem, String end) {
    return stem != null
        && name.startsWith(stem)
        && name.endsWith(end)
        && "-.".indexOf(name.charAt(stem.length())) >= 0;
  }
}
