package dev.stowage.packager.sign;

import dev.stowage.packager.message.Console;
import dev.stowage.packager.message.SharedMessages;
import dev.stowage.packager.pack.PinsText;
import dev.stowage.packager.record.FileDigests;
import dev.stowage.packager.record.Json;
import dev.stowage.packager.record.Waybill;
import dev.stowage.packager.record.WaybillEdit;
import dev.stowage.packager.record.WaybillEntry;
import dev.stowage.packager.record.WaybillFile;
import dev.stowage.packager.tool.DirectoryTree;
import dev.stowage.packager.tool.ToolBox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Signs the macOS libraries of a set of JARs, and writes new JARs with matching waybills and pins.
 * Everything else in the JARs stays the same, byte for byte.
 *
 * @param tools finds rcodesign
 * @param console receives one line per library and JAR
 * @since 0.1.0
 */
public record Resigner(ToolBox tools, Console console) {
  private static final Pattern WAYBILL =
      Pattern.compile("(META-INF/stowage/[^/]+/[^/]+/[^/]+/)waybill\\.json");

  /** A target whose libraries are signed: its waybill before and after. */
  private record SignedTarget(JarEdit edit, Waybill before, Waybill after) {
    String name() {
      return before.library() + " " + before.version() + " " + before.classifier();
    }
  }

  /**
   * Signs all macOS libraries.
   *
   * @param jars API and macOS classifier JARs of one build, drop-in JARs, or all of them; they are
   *     not changed
   * @param signer the key
   * @param into receives JARs of the same names; must not exist or must be empty; it appears when
   *     all JARs are complete
   * @return the new JARs, in the order given
   * @throws dev.stowage.packager.message.PackagerException STOW-5nn, STOW-120 without rcodesign;
   *     nothing is written then
   */
  public List<Path> resign(List<Path> jars, Signer signer, Path into) {
    Path directory = into.toAbsolutePath().normalize();
    requireEmpty(directory);
    List<JarEdit> edits = jars.stream().map(JarEdit::new).toList();
    Set<String> names = new HashSet<>();
    for (JarEdit edit : edits) {
      if (!names.add(edit.name())) {
        throw SignMessages.sameName(edit.name());
      }
    }
    try {
      Path scratch = Files.createTempDirectory("stowage-resign-");
      try {
        sign(edits, new CodeSign(tools, signer, scratch));
      } finally {
        DirectoryTree.delete(scratch);
      }
      write(edits, directory);
    } catch (IOException e) {
      throw SharedMessages.cannotWrite(directory, e);
    }
    return edits.stream().map(edit -> directory.resolve(edit.name())).toList();
  }

  private static void requireEmpty(Path directory) {
    if (Files.exists(directory) && !empty(directory)) {
      throw SignMessages.outputExists(directory);
    }
  }

  private static boolean empty(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  private void sign(List<JarEdit> edits, CodeSign codeSign) throws IOException {
    List<SignedTarget> signedTargets = new ArrayList<>();
    for (JarEdit edit : edits) {
      for (String entry : edit.entries()) {
        Matcher waybill = WAYBILL.matcher(entry);
        if (waybill.matches()) {
          sign(edit, waybill.group(1), entry, codeSign, signedTargets);
        }
      }
    }
    Set<String> pinned = new HashSet<>();
    edits.forEach(edit -> pin(edit, signedTargets, pinned));
    for (SignedTarget target : signedTargets) {
      if (!pinned.contains(target.name())) {
        throw SignMessages.noPins(target.edit().file(), target.name());
      }
    }
    for (JarEdit edit : edits) {
      if (edit.changes() == 0) {
        throw SignMessages.nothingToSign(edit.file());
      }
    }
  }

  private void sign(
      JarEdit in, String root, String entry, CodeSign codeSign, List<SignedTarget> signedTargets)
      throws IOException {
    Waybill before = waybill(in, entry);
    Map<String, byte[]> signed = new HashMap<>();
    for (WaybillEntry binding : before.bindings()) {
      for (WaybillFile item : binding.libraries()) {
        byte[] library = library(in, root + item.file(), item);
        if (CodeSign.isSignable(library)) {
          byte[] made = codeSign.sign(item.file(), library);
          signed.put(item.file(), made);
          in.change(root + item.file(), made);
          console.step(SignMessages.signed(before.classifier(), item.file(), made.length));
        }
      }
    }
    if (!signed.isEmpty()) {
      Waybill after = before.with(signed);
      in.change(entry, WaybillEdit.of(in.content(entry), after));
      signedTargets.add(new SignedTarget(in, before, after));
    }
  }

  private static Waybill waybill(JarEdit in, String entry) {
    try {
      return Json.read(in.content(entry), Waybill.class);
    } catch (UncheckedIOException e) {
      throw SignMessages.otherBuild(in.file(), entry);
    }
  }

  private static byte[] library(JarEdit in, String entry, WaybillFile item) {
    byte[] library = in.has(entry) ? in.content(entry) : new byte[0];
    if (!FileDigests.sha256(library).equals(item.sha256())) {
      throw SignMessages.otherBuild(in.file(), entry);
    }
    return library;
  }

  /** Replaces the pins in a JAR; they must match the waybills before signing. */
  private static void pin(JarEdit in, List<SignedTarget> signedTargets, Set<String> pinned) {
    for (String entry : in.entries()) {
      if (!entry.endsWith("/" + PinsClassFile.NAME)) {
        continue;
      }
      byte[] classFile = in.content(entry);
      Map<String, String> pins = PinsClassFile.read(classFile);
      Map<String, String> changed = new HashMap<>();
      for (SignedTarget target : signedTargets) {
        String text = pins.getOrDefault(target.before().classifier(), "");
        String library = "\nlibrary " + target.before().library() + " ";
        if (!text.contains(library)) {
          continue;
        }
        String made = PinsText.changed(text, target.before(), target.after());
        if (made == null) {
          throw SignMessages.otherBuild(in.file(), entry);
        }
        changed.put(text, made);
        pinned.add(target.name());
      }
      if (!changed.isEmpty()) {
        in.change(entry, PinsClassFile.with(classFile, changed));
      }
    }
  }

  /** Writes all JARs or none: a temporary directory gets its final name when it is complete. */
  private void write(List<JarEdit> edits, Path directory) throws IOException {
    Files.createDirectories(directory.getParent());
    Path temp = directory.resolveSibling("." + directory.getFileName() + "." + UUID.randomUUID());
    Files.createDirectory(temp);
    try {
      for (JarEdit edit : edits) {
        Files.write(temp.resolve(edit.name()), edit.bytes());
      }
      Files.deleteIfExists(directory);
      Files.move(temp, directory, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      DirectoryTree.delete(temp);
    }
    for (JarEdit edit : edits) {
      console.step(SignMessages.written(edit.name(), edit.changes()));
    }
  }
}
