package dev.stowage.packager.pack;

import dev.stowage.packager.project.Binding;
import dev.stowage.packager.project.Project;
import dev.stowage.packager.record.FileDigests;
import dev.stowage.packager.record.Input;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The committed licence texts of a project. */
final class Licenses {
  private Licenses() {}

  /** All texts with their digests, sorted by path; every binding must have one. */
  static List<Input> of(Project project) {
    Path root = project.licenses();
    List<Input> licenses = new ArrayList<>();
    for (Binding binding : project.bindings()) {
      Path directory = root == null ? null : root.resolve(binding.name());
      List<Path> files = directory == null ? List.of() : files(directory);
      if (files.isEmpty()) {
        throw PackMessages.noLicenses(binding.name(), directory);
      }
      for (Path file : files) {
        String path = root.relativize(file).toString().replace('\\', '/');
        licenses.add(new Input(path, FileDigests.of(file).sha256()));
      }
    }
    licenses.sort(Comparator.comparing(Input::path));
    return licenses;
  }

  /** The project's own licence: the nearest file {@code LICENSE}, from its directory upwards. */
  static byte[] own(Project project) {
    for (Path at = project.directory(); at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("LICENSE"))) {
        try {
          return Files.readAllBytes(at.resolve("LICENSE"));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    throw PackMessages.noLicense(project.directory());
  }

  private static List<Path> files(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(directory)) {
      return walk.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
