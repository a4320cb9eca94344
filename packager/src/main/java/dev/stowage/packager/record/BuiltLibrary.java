package dev.stowage.packager.record;

import dev.stowage.loader.platform.Target;
import dev.stowage.packager.project.Binding;
import dev.stowage.packager.project.Role;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One library of the output tree with its records.
 *
 * @param binding the binding it belongs to
 * @param role core or shim
 * @param plan the inputs of its build
 * @param result the output of its build
 * @param file the library itself
 * @since 0.1.0
 */
public record BuiltLibrary(Binding binding, Role role, Plan plan, Result result, Path file) {
  /**
   * All libraries of one target, in project order, core before shim. Bindings that the target does
   * not support are left out.
   *
   * @throws dev.stowage.packager.message.PackagerException STOW-201 when one is missing, STOW-204
   *     when one is of another version
   */
  public static List<BuiltLibrary> all(BuildOutput output, Target target) {
    List<BuiltLibrary> libraries = new ArrayList<>();
    OutputTree tree = output.tree();
    String classifier = target.classifier();
    for (Binding binding : output.project().on(target).bindings()) {
      for (Role role : binding.roles()) {
        Plan plan =
            read(
                classifier, binding, role, tree.plan(classifier, binding.name(), role), Plan.class);
        Result result =
            read(
                classifier,
                binding,
                role,
                tree.result(classifier, binding.name(), role),
                Result.class);
        Path file = tree.lib(classifier).resolve(result.library().file());
        if (!Files.isRegularFile(file)) {
          throw RecordMessages.notBuilt(classifier, binding.name(), role.label(), file);
        }
        if (!plan.version().equals(output.version())) {
          throw RecordMessages.otherVersion(
              result.library().file(), plan.version(), output.version());
        }
        libraries.add(new BuiltLibrary(binding, role, plan, result, file));
      }
    }
    return libraries;
  }

  private static <T> T read(
      String classifier, Binding binding, Role role, Path file, Class<T> type) {
    try {
      return Json.read(file, type);
    } catch (UncheckedIOException e) {
      throw RecordMessages.notBuilt(classifier, binding.name(), role.label(), file);
    }
  }
}
