package dev.stowage.packager.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code jni}. */
@Command(name = "jni", description = CliMessages.JNI, sortOptions = false)
final class JniCommand implements Callable<Integer> {
  @Mixin private ProjectOptions project;

  @Override
  public Integer call() {
    project.packager("", List.of(), true).jni();
    return 0;
  }
}
