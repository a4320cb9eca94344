package dev.stowage.packager.resign;

import dev.stowage.packager.message.Console;
import dev.stowage.packager.message.Messages;
import dev.stowage.packager.message.ResignMessages;
import dev.stowage.packager.pack.PinsText;
import dev.stowage.packager.record.Digests;
import dev.stowage.packager.record.Json;
import dev.stowage.packager.record.Waybill;
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
 * Signs the macOS libraries of a set of JARs, and writes the set anew with the waybills and pins
 * that fit. Everything else in the JARs stays as it is, byte for byte.
 *
 * @param tools where rcodesign is looked for
 * @param console receives one line per library and JAR
 * @since 0.1.0
 */
public record Resigner(ToolBox tools, Console console) {
  private static final Pattern WAYBILL =
      Pattern.compile("(META-INF/stowage/[^/]+/[^/]+/[^/]+/)waybill\\.json");

  /** A row whose libraries get signatures, before and after. */
  private record Row(Shipment shipment, Waybill before, Waybill after) {
    String name() {
      return before.library() + " " + before.version() + " " + before.classifier();
    }
  }

  /**
   * Signs.
   *
   * @param jars API and macOS classifier JARs of one build, drop-in JARs, or all of them; they are
   *     not changed
   * @param signer with what
   * @param into receives JARs of the same names; must not exist or be empty, and appears at once
   *     when all is done
   * @return the new JARs, in the order given
   * @throws dev.stowage.packager.message.PackagerException STOW-5nn, STOW-120 without rcodesign;
   *     nothing is written then
   */
  public List<Path> resign(List<Path> jars, Signer signer, Path into) {
    Path target = into.toAbsolutePath().normalize();
    requireEmpty(target);
    List<Shipment> shipments = jars.stream().map(Shipment::new).toList();
    Set<String> names = new HashSet<>();
    for (Shipment shipment : shipments) {
      if (!names.add(shipment.name())) {
        throw ResignMessages.sameName(shipment.name());
      }
    }
    try {
      Path scratch = Files.createTempDirectory("stowage-resign-");
      try {
        sign(shipments, new CodeSign(tools, signer, scratch));
      } finally {
        DirectoryTree.delete(scratch);
      }
      write(shipments, target);
    } catch (IOException e) {
      throw Messages.cannotWrite(target, e);
    }
    return shipments.stream().map(shipment -> target.resolve(shipment.name())).toList();
  }

  private static void requireEmpty(Path directory) {
    if (Files.exists(directory) && !empty(directory)) {
      throw ResignMessages.outputExists(directory);
    }
  }

  private static boolean empty(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  private void sign(List<Shipment> shipments, CodeSign codeSign) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (Shipment shipment : shipments) {
      for (String entry : shipment.entries()) {
        Matcher waybill = WAYBILL.matcher(entry);
        if (waybill.matches()) {
          sign(shipment, waybill.group(1), entry, codeSign, rows);
        }
      }
    }
    Set<String> pinned = new HashSet<>();
    shipments.forEach(shipment -> pin(shipment, rows, pinned));
    for (Row row : rows) {
      if (!pinned.contains(row.name())) {
        throw ResignMessages.noPins(row.shipment().file(), row.name());
      }
    }
    for (Shipment shipment : shipments) {
      if (shipment.changes() == 0) {
        throw ResignMessages.nothingToSign(shipment.file());
      }
    }
  }

  private void sign(Shipment in, String root, String entry, CodeSign codeSign, List<Row> rows)
      throws IOException {
    Waybill before = waybill(in, entry);
    Map<String, byte[]> signed = new HashMap<>();
    for (WaybillEntry binding : before.bindings()) {
      for (WaybillFile item : binding.libraries()) {
        byte[] library = library(in, root + item.file(), item);
        if (CodeSign.takes(library)) {
          byte[] made = codeSign.sign(item.file(), library);
          signed.put(item.file(), made);
          in.change(root + item.file(), made);
          console.step(ResignMessages.signed(before.classifier(), item.file(), made.length));
        }
      }
    }
    if (!signed.isEmpty()) {
      Waybill after = before.with(signed);
      in.change(entry, Json.indented(after));
      rows.add(new Row(in, before, after));
    }
  }

  private static Waybill waybill(Shipment in, String entry) {
    try {
      return Json.read(in.content(entry), Waybill.class);
    } catch (UncheckedIOException e) {
      throw ResignMessages.otherBuild(in.file(), entry);
    }
  }

  private static byte[] library(Shipment in, String entry, WaybillFile item) {
    byte[] library = in.has(entry) ? in.content(entry) : new byte[0];
    if (!Digests.sha256(library).equals(item.sha256())) {
      throw ResignMessages.otherBuild(in.file(), entry);
    }
    return library;
  }

  /** Gives the pins in a JAR their new text; they must be those of the rows as they were. */
  private static void pin(Shipment in, List<Row> rows, Set<String> pinned) {
    for (String entry : in.entries()) {
      if (!entry.endsWith("/" + PinsFile.NAME)) {
        continue;
      }
      byte[] classFile = in.content(entry);
      Map<String, String> pins = PinsFile.read(classFile);
      Map<String, String> changed = new HashMap<>();
      for (Row row : rows) {
        String text = pins.getOrDefault(row.before().classifier(), "");
        String library = "\nlibrary " + row.before().library() + " ";
        if (!text.contains(library)) {
          continue;
        }
        String anchor =
            text.substring(text.indexOf("\nanchor ") + 8).lines().findFirst().orElse("");
        if (!text.equals(PinsText.of(row.before(), anchor))) {
          throw ResignMessages.otherBuild(in.file(), entry);
        }
        changed.put(text, PinsText.of(row.after(), anchor));
        pinned.add(row.name());
      }
      if (!changed.isEmpty()) {
        in.change(entry, PinsFile.with(classFile, changed));
      }
    }
  }

  /** All JARs or none: a directory beside the target gets its name when it is complete. */
  private void write(List<Shipment> shipments, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    Path temp = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    Files.createDirectory(temp);
    try {
      for (Shipment shipment : shipments) {
        Files.write(temp.resolve(shipment.name()), shipment.bytes());
      }
      Files.deleteIfExists(target);
      Files.move(temp, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      DirectoryTree.delete(temp);
    }
    for (Shipment shipment : shipments) {
      console.step(ResignMessages.written(shipment.name(), shipment.changes()));
    }
  }
}
