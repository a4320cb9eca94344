package dev.stowage.it.harness;

import dev.stowage.loader.platform.Target;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The program of src/test/c, built for a row and run with that row's musl loader. */
public final class MuslDriver {
  private static final List<String> STRICT = List.of("-std=c11", "-Wall", "-Wextra", "-Werror");

  private final List<String> command;

  private MuslDriver(List<String> command) {
    this.command = command;
  }

  /**
   * Builds it. The host's CPU has musl-gcc and runs the program as it is; another one takes zig and
   * a run time.
   */
  public static MuslDriver of(Target row) {
    Path program = Lab.directory("driver").resolve("drive");
    List<String> line = new ArrayList<>();
    List<String> run = new ArrayList<>();
    if (Reactor.classifier().endsWith("-" + row.arch())) {
      RunTimes.assumeTool("musl-gcc", "apt-get install musl-tools");
      line.add("musl-gcc");
    } else {
      Path emulator = RunTimes.home("musl-" + row.zigTarget().split("-", 2)[0]).resolve("bin/run");
      RunTimes.assume(Files.isExecutable(emulator), emulator + " is missing: run ci/setup-cross");
      RunTimes.assumeTool("zig", "ci/setup-cross");
      // Without the sanitizers of zig's debug mode, which need a newer musl than distributions
      // have.
      line.addAll(List.of("zig", "cc", "-target", row.zigTarget(), "-dynamic", "-O2"));
      line.add("-fno-sanitize=all");
      run.add(emulator.toString());
    }
    line.addAll(STRICT);
    Path include = Path.of(System.getProperty("java.home"), "include");
    line.addAll(List.of("-I" + include, "-I" + include.resolve("linux"), "-o", program.toString()));
    for (String source : new String[] {"drive.c", "fake_jvm.c"}) {
      line.add(Reactor.file("it/src/test/c/" + source).toString());
    }
    RunTimes.withTools(line).run().expectExit(0);
    run.add(program.toString());
    return new MuslDriver(run);
  }

  /** Runs it. */
  public Outcome run(Object... arguments) {
    return Child.program(command.toArray(new String[0])).arguments(arguments).run();
  }

  /** Core and shim of one binding from a row's classifier JAR, which must have been built. */
  public List<Path> unpack(String classifier, String binding, Path directory) throws IOException {
    RunTimes.assume(
        Reactor.isBuilt(classifier), classifier + " was not built: add -Dstowage.targets=all");
    List<Path> files = new ArrayList<>(List.of(directory, directory));
    try (JarFile jar = new JarFile(Reactor.natives(classifier).toFile())) {
      for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (name.matches(".*_" + binding + "(_jni)?-.*\\.so")) {
          Path file = directory.resolve(name);
          try (InputStream in = jar.getInputStream(entry)) {
            Files.copy(in, file);
          }
          files.set(name.contains("_jni-") ? 1 : 0, file);
        }
      }
    }
    return files;
  }
}
