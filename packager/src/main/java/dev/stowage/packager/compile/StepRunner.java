package dev.stowage.packager.compile;

import dev.stowage.packager.debug.DebugSymbols;
import dev.stowage.packager.message.SharedMessages;
import dev.stowage.packager.project.Role;
import dev.stowage.packager.record.FileDigests;
import dev.stowage.packager.record.Json;
import dev.stowage.packager.record.LibraryName;
import dev.stowage.packager.record.OutputTree;
import dev.stowage.packager.record.Plan;
import dev.stowage.packager.record.Result;
import dev.stowage.packager.tool.AtomicFile;
import dev.stowage.packager.tool.DirectoryTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs a step if its plan or its output has changed, and writes the records. */
final class StepRunner {
  private static final long PATIENCE_SECONDS = 5;

  /** Digits of a digest in console lines, enough to compare by eye. */
  private static final int SHOWN_DIGITS = 12;

  private final BuildContext context;

  StepRunner(BuildContext context) {
    this.context = context;
  }

  /** Builds one library unless it is up to date. */
  CompiledLibrary run(Step step) {
    Plan plan = step.plan();
    Optional<Result> kept = upToDate(step, plan);
    if (kept.isPresent()) {
      report(BuildMessages.upToDate(), plan, kept.get());
      return built(step, true, kept.get());
    }
    Path planFile = planFile(step);
    AtomicFile.write(planFile, Json.indented(plan));
    forget(step);
    long start = System.nanoTime();
    Result result = build(step, plan);
    AtomicFile.write(resultFile(step), Json.indented(result));
    report(BuildMessages.built((System.nanoTime() - start) / 1_000_000), plan, result);
    return built(step, false, result);
  }

  /**
   * Deletes the record of the result: the library counts as not built until one matches the new
   * plan.
   */
  private void forget(Step step) {
    try {
      Files.deleteIfExists(resultFile(step));
    } catch (IOException e) {
      throw SharedMessages.cannotWrite(resultFile(step), e);
    }
  }

  private CompiledLibrary built(Step step, boolean upToDate, Result result) {
    return new CompiledLibrary(
        context.classifier(), step.binding().name(), step.role(), upToDate, result);
  }

  private Optional<Result> upToDate(Step step, Plan plan) {
    try {
      Result result = Json.read(resultFile(step), Result.class);
      Result.Library made = result.library();
      Path file = library(made.file());
      boolean same =
          result.plan().equals(plan.digest())
              && made.file().equals(LibraryName.of(plan))
              && Files.isRegularFile(file)
              && (step.role() == Role.SHIM || Files.isRegularFile(context.linked(made.file())))
              && (!plan.release() || Files.isRegularFile(debug(made.file())))
              && Files.size(file) == made.size()
              && FileDigests.of(file).sha256().equals(made.sha256());
      return Optional.of(result).filter(r -> same);
    } catch (IOException
        | UncheckedIOException
        | NullPointerException
        | IndexOutOfBoundsException e) {
      // The record is missing, damaged or of another release: build again.
      return Optional.empty();
    }
  }

  private Result build(Step step, Plan plan) {
    String name = LibraryName.of(plan);
    Path target = library(name);
    try {
      Path work = context.output().work();
      Files.createDirectories(work);
      Files.createDirectories(target.getParent());
      Path scratch = Files.createTempDirectory(work, "step-");
      try {
        Path made = compile(step, plan, name, scratch);
        context.toolchain().linking().finish(made, step.exports());
        publishLinked(step, made, name);
        Path finished = plan.release() ? split(made, name, scratch) : made;
        FileDigests.FileDigest digest = FileDigests.of(finished);
        Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
        Result.Library library =
            new Result.Library(step.role(), name, digest.size(), digest.sha256(), digest.crc32());
        return new Result(Result.FORMAT, plan.digest(), List.of(library));
      } finally {
        DirectoryTree.delete(scratch);
      }
    } catch (IOException e) {
      throw SharedMessages.cannotWrite(target, e);
    }
  }

  /**
   * Splits off the debug file and publishes it before the library, so that a published library
   * always has one.
   */
  private Path split(Path made, String name, Path scratch) throws IOException {
    Path stripped = Files.createDirectory(scratch.resolve("stripped")).resolve(name);
    Path debug = scratch.resolve(name + ".debug");
    new DebugSymbols(context.tools()).split(made, context.target(), stripped, debug);
    Path target = debug(name);
    Files.createDirectories(target.getParent());
    Files.move(debug, target, StandardCopyOption.ATOMIC_MOVE);
    return stripped;
  }

  private Path debug(String name) {
    return context.output().debug(context.classifier(), name);
  }

  /**
   * Publishes the import library before the library, so that a published library always has one.
   */
  private void publishLinked(Step step, Path made, String name) throws IOException {
    Path linked = context.toolchain().linking().linked(made);
    if (step.role() == Role.CORE && !linked.equals(made)) {
      Path target = context.linked(name);
      Files.createDirectories(target.getParent());
      Files.move(linked, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /**
   * Compiles. If that takes long, a line names the library; a short build has one line per step.
   */
  private Path compile(Step step, Plan plan, String name, Path scratch) {
    String line = BuildMessages.building(plan.target(), plan.binding(), plan.role().label());
    Executor later = CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    Future<?> notice = CompletableFuture.runAsync(() -> context.console().step(line), later);
    try {
      return step.compile(plan, name, scratch);
    } finally {
      notice.cancel(false);
    }
  }

  private Path library(String name) {
    return context.output().lib(context.classifier()).resolve(name);
  }

  private Path planFile(Step step) {
    return context.output().plan(context.classifier(), step.binding().name(), step.role());
  }

  private Path resultFile(Step step) {
    OutputTree output = context.output();
    return output.result(context.classifier(), step.binding().name(), step.role());
  }

  private void report(String state, Plan plan, Result result) {
    String version = plan.minimumVersion();
    String minimum = plan.release() ? context.target().libc().title() + " " + version : version;
    Result.Library made = result.library();
    String digest = made.sha256().substring(0, SHOWN_DIGITS);
    context
        .console()
        .step(
            BuildMessages.library(
                context.classifier(), made.file(), state, made.size(), minimum, digest));
  }
}
