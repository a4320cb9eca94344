package dev.stowage.packager.kit;

import dev.stowage.packager.project.Binding;
import dev.stowage.packager.project.Coordinates;
import dev.stowage.packager.project.Core;
import dev.stowage.packager.project.Language;
import dev.stowage.packager.project.Project;
import dev.stowage.packager.project.Shim;
import java.nio.file.Path;
import java.util.List;

/** Projects for tests. */
public final class Projects {
  private Projects() {}

  /** Library {@code demo} in package {@code demo.api} with one Rust binding {@code one}. */
  public static Project demo(Path directory, String... classes) {
    Shim shim = new Shim(directory, List.of("shim.c"), List.of(classes));
    Core core = new Core(Language.RUST, directory, "demo", directory.resolve("demo.h"));
    return new Project(
        directory.resolve("stowage.toml"),
        "demo",
        "demo.api",
        Coordinates.of("demo:demo-natives"),
        directory.resolve("licenses"),
        List.of(new Binding("one", core, shim)));
  }

  /** The same with a Go binding {@code two} of class {@code demo.api.Two}. */
  public static Project demoWithGo(Path directory, String... classes) {
    Project demo = demo(directory, classes);
    Shim shim = new Shim(directory, List.of("two.c"), List.of("demo.api.Two"));
    Core core = new Core(Language.GO, directory, "./export", directory.resolve("two.h"));
    return new Project(
        demo.file(),
        demo.library(),
        demo.javaPackage(),
        demo.natives(),
        demo.licenses(),
        List.of(new Binding("two", core, shim), demo.bindings().get(0)));
  }
}
