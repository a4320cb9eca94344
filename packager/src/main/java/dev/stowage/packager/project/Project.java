package dev.stowage.packager.project;

import dev.stowage.loader.platform.Target;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code stowage.toml} says, with every path made absolute.
 *
 * @param file the project file
 * @param library id of the library, part of every file name
 * @param javaPackage package that receives {@code StowagePins}; every native class is in it or
 *     below
 * @param artifact where the classifier JARs are published
 * @param licenses directory of the committed licence texts, one sub-directory per binding; may be
 *     null
 * @param bindings in file order
 * @since 0.1.0
 */
public record Project(
    Path file,
    String library,
    String javaPackage,
    Coordinates artifact,
    Path licenses,
    List<Binding> bindings) {
  /** Copies the list. */
  public Project {
    bindings = List.copyOf(bindings);
  }

  /** This project with the bindings that a target can load; the others are absent there. */
  public Project on(Target target) {
    List<Binding> supported =
        bindings.stream().filter(binding -> binding.language().loadsOn(target)).toList();
    return new Project(file, library, javaPackage, artifact, licenses, supported);
  }

  /** The directory that relative paths of the file start from. */
  public Path directory() {
    return file.getParent();
  }
}
