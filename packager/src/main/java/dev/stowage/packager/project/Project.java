package dev.stowage.packager.project;

import dev.stowage.loader.platform.Target;
import java.nio.file.Path;
import java.util.List;

/**
 * The content of {@code stowage.toml}, with absolute paths.
 *
 * @param file the project file
 * @param library id of the library, which is part of every file name
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

  /** This project without the bindings that a target cannot load. */
  public Project on(Target target) {
    List<Binding> supported =
        bindings.stream().filter(binding -> binding.language().loadsOn(target)).toList();
    return new Project(file, library, javaPackage, artifact, licenses, supported);
  }

  /** The directory of the project file; paths in it are relative to this directory. */
  public Path directory() {
    return file.getParent();
  }
}
