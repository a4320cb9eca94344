package dev.stowage.packager.record;

import dev.stowage.packager.project.Role;
import java.nio.file.Path;

/**
 * Where every generated file lies. Hand-written files are never below {@code root}.
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

  /** Include directory of {@code stowage_plan.h}: the plan's facts for the shim's compile. */
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
   * Import libraries, where the platform has such files: what a program is linked against in place
   * of the library of the same name in {@link #lib}. They are not part of a classifier JAR.
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
