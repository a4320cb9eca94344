package dev.stowage.it.harness;

import dev.stowage.loader.platform.Target;
import dev.stowage.testing.CCompiler;
import dev.stowage.testing.ChildProcess;
import dev.stowage.testing.Jdk;
import dev.stowage.testing.Outcome;
import dev.stowage.testing.Requirement;
import dev.stowage.testing.SharedFiles;
import dev.stowage.testing.TestRuntimes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The C program in src/test/c, built for a target and run by musl's loader for it. */
public final class MuslDriver {
  private final List<String> command;

  private MuslDriver(List<String> command) {
    this.command = command;
  }

  /**
   * Builds the program: for the host's CPU with musl-gcc, for another one with zig, which needs a
   * test runtime to run it.
   */
  public static MuslDriver of(Target target) {
    Path program = SharedFiles.directory("driver").resolve("drive");
    CCompiler compiler;
    List<String> line = new ArrayList<>();
    List<String> run = new ArrayList<>();
    if (Reactor.classifier().endsWith("-" + target.arch())) {
      compiler = CCompiler.musl();
    } else {
      Path emulator =
          TestRuntimes.home("musl-" + target.zigTarget().split("-", 2)[0]).resolve("bin/run");
      Requirement.TEST_RUNTIMES.assume(
          Files.isExecutable(emulator), emulator + " is missing: run ci/setup-cross");
      compiler = CCompiler.zig(target.zigTarget());
      // Without the sanitizers of zig's debug mode, because they need a newer musl than
      // distributions have.
      line.addAll(List.of("-dynamic", "-O2"));
      line.add("-fno-sanitize=all");
      run.add(emulator.toString());
    }
    line.addAll(CCompiler.STRICT);
    line.addAll(Jdk.current().includes());
    line.addAll(List.of("-o", program.toString()));
    for (String source : new String[] {"drive.c", "fake_jvm.c"}) {
      line.add(Reactor.file("it/src/test/c/" + source).toString());
    }
    compiler.compile(line);
    run.add(program.toString());
    return new MuslDriver(run);
  }

  public Outcome run(Object... arguments) {
    return ChildProcess.program(command.toArray(new String[0])).arguments(arguments).run();
  }

  /**
   * Unpacks core and shim of one binding from a target's classifier JAR, which must have been
   * built.
   */
  public List<Path> unpack(String classifier, String binding, Path directory) throws IOException {
    Reactor.assumeBuilt(classifier);
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
