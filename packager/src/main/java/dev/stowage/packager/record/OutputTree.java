package dev.stowage.packager.record;

import dev.stowage.packager.project.Role;
import java.nio.file.Path;

/**
 * Paths of all generated files. {@code root} contains no hand-written ones.
 *
 * @param root for example {@code target/stowage}; absolute
 * @since 0.1.0
 */
public record OutputTree(Path root) {
  /** Include directory of a binding's generated headers. */
  public Path include(String binding) {
    return root.resolve("include").resolve(binding);
  }

  /** The contract header of a binding. */
  public Path contractHeader(String binding) {
    return include(binding).resolve("stowage_contract.h");
  }

  /** The shim header of a binding. */
  public Path shimHeader(String binding) {
    return include(binding).resolve("stowage_jni.h");
  }

  /** Directory of one target. */
  public Path target(String classifier) {
    return root.resolve(classifier);
  }

  /** The plan of one library. */
  public Path plan(String classifier, String binding, Role role) {
    return target(classifier).resolve("plan").resolve(binding + "." + role.label() + ".json");
  }

  /** Include directory of {@code stowage_plan.h}, which has facts of the plan for the shim. */
  public Path planInclude(String classifier, String binding) {
    return target(classifier).resolve("plan").resolve(binding);
  }

  /** The result of one library. */
  public Path result(String classifier, String binding, Role role) {
    return target(classifier).resolve("result").resolve(binding + "." + role.label() + ".json");
  }

  /** Finished libraries under their final names. */
  public Path lib(String classifier) {
    return target(classifier).resolve("lib");
  }

  /**
   * Import libraries, on platforms that have them: programs are linked against them instead of the
   * library in {@link #lib}. Classifier JARs do not contain them.
   */
  public Path implib(String classifier) {
    return target(classifier).resolve("implib");
  }

  /** The waybill of one target. */
  public Path waybill(String classifier) {
    return target(classifier).resolve("waybill.json");
  }

  /** The debug file of a library; a local build has none. */
  public Path debug(String classifier, String library) {
    return target(classifier).resolve("debug").resolve(library + ".debug");
  }

  /** Classifier JARs. */
  public Path jars() {
    return root.resolve("jars");
  }

  /** Scratch space of the build: object files, lock, version cache. */
  public Path work() {
    return root.resolve("work");
  }
}
