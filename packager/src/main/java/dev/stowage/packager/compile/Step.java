package dev.stowage.packager.compile;

import dev.stowage.packager.project.Binding;
import dev.stowage.packager.project.Role;
import dev.stowage.packager.record.Plan;
import java.nio.file.Path;
import java.util.List;

/** Builds one library. */
interface Step {
  Binding binding();

  Role role();

  /** The symbols that the library exports; it exports no others. */
  List<String> exports();

  /** Describes the build from inputs and tools, without starting a compiler. */
  Plan plan();

  /**
   * Compiles.
   *
   * @param plan the result of {@link #plan()}
   * @param name the library's final file name
   * @param scratch an empty directory for this step alone
   * @return the library in {@code scratch}
   */
  Path compile(Plan plan, String name, Path scratch);
}
