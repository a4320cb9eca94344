package dev.stowage.packager.compile;

import dev.stowage.packager.project.Binding;
import dev.stowage.packager.project.Role;
import dev.stowage.packager.record.Plan;
import java.nio.file.Path;
import java.util.List;

/** The making of one library. */
interface Step {
  Binding binding();

  Role role();

  /** The symbols that the library exports, and no other. */
  List<String> exports();

  /** Looks at inputs and tools only; starts no compiler. */
  Plan plan();

  /**
   * Compiles.
   *
   * @param plan what {@link #plan()} gave
   * @param name the library's final file name
   * @param scratch an empty directory of this step alone
   * @return the library in {@code scratch}
   */
  Path compile(Plan plan, String name, Path scratch);
}
