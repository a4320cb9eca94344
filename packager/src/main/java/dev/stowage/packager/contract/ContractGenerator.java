package dev.stowage.packager.contract;

import dev.stowage.packager.project.Binding;
import dev.stowage.packager.project.Project;
import dev.stowage.packager.tool.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads the contracts between Java classes and shims, and writes their C headers.
 *
 * @since 0.1.0
 */
public final class ContractGenerator {
  private ContractGenerator() {}

  /**
   * Reads the contracts of all bindings and writes {@code stowage_contract.h} and the shim header
   * {@code stowage_jni.h} into {@code <includeDir>/<binding>}. Unchanged headers keep their
   * modification time.
   *
   * @param project the project
   * @param classesDir directory of compiled classes
   * @param includeDir directory for generated headers
   * @return one contract per binding, in project order
   * @throws dev.stowage.packager.message.PackagerException STOW-3nn when a class breaks the rules
   */
  public static List<Contract> generate(Project project, Path classesDir, Path includeDir) {
    List<Contract> contracts = read(project, classesDir);
    for (Contract contract : contracts) {
      Path directory = includeDir.resolve(contract.binding());
      write(directory.resolve("stowage_contract.h"), new ContractHeader(contract).text());
      write(directory.resolve("stowage_jni.h"), ContractHeader.resource("stowage_jni.h"));
    }
    return contracts;
  }

  private static void write(Path file, String text) {
    AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads the contracts of all bindings without writing.
   *
   * @return one contract per binding, in project order
   */
  public static List<Contract> read(Project project, Path classesDir) {
    Set<String> listed = new HashSet<>();
    List<Contract> contracts = new ArrayList<>();
    for (Binding binding : project.bindings()) {
      for (String className : binding.shim().classes()) {
        if (!listed.add(className)) {
          throw ContractMessages.listedTwice(className);
        }
      }
      contracts.add(
          new ContractReader(binding.name(), project.javaPackage(), classesDir)
              .read(binding.shim().classes()));
    }
    refuseUnlisted(project.javaPackage(), classesDir, listed);
    return contracts;
  }

  /** Without this, a native method that no shim registers would fail at its first call only. */
  private static void refuseUnlisted(String javaPackage, Path classesDir, Set<String> listed) {
    Path root = classesDir.resolve(javaPackage.replace('.', '/'));
    if (!Files.isDirectory(root)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root)) {
      files = walk.filter(f -> f.toString().endsWith(".class")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (Path file : files) {
      String path = classesDir.relativize(file).toString().replace('\\', '/');
      String className = path.substring(0, path.length() - ".class".length()).replace('/', '.');
      if (!listed.contains(className) && ContractReader.declaresNatives(file)) {
        throw ContractMessages.notListed(className);
      }
    }
  }
}
