package dev.stowage.packager.record;

import dev.stowage.packager.project.Coordinates;
import dev.stowage.packager.project.Role;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/**
 * What is in one classifier JAR, from what, by which toolchain. Packed into the JAR.
 *
 * @param format 1
 * @param library the library id
 * @param version the library's version
 * @param classifier the target's row
 * @param natives where the classifier JARs are published
 * @param release false: a local build, not for publication
 * @param bindings in project order
 * @param absent bindings that the row cannot load, in project order; their libraries were not built
 * @param licenses the licence texts packed with them, sorted by path
 * @since 0.1.0
 */
public record Waybill(
    int format,
    String library,
    String version,
    String classifier,
    Coordinates natives,
    boolean release,
    List<Consignment> bindings,
    List<Absent> absent,
    List<Input> licenses) {
  /** The format this class writes. */
  public static final int FORMAT = 1;

  /** Copies the lists. */
  public Waybill {
    Objects.requireNonNull(natives);
    bindings = List.copyOf(bindings);
    absent = List.copyOf(absent);
    licenses = List.copyOf(licenses);
  }

  /** The same with other bytes of some libraries: after signing. */
  public Waybill with(Map<String, byte[]> libraries) {
    List<Consignment> changed = new ArrayList<>();
    for (Consignment binding : bindings) {
      List<Item> files = new ArrayList<>();
      for (Item item : binding.files()) {
        byte[] library = libraries.get(item.name());
        files.add(library == null ? item : item.with(Digests.of(library)));
      }
      changed.add(Consignment.of(binding.name(), binding.contract(), files));
    }
    return new Waybill(
        format, library, version, classifier, natives, release, changed, absent, licenses);
  }

  /**
   * One binding that is not there.
   *
   * @param binding the binding's name
   * @param reason one word, the same as in the pins: {@code initial-exec-tls} for a Go core on musl
   *     (golang/go#54805)
   */
  public record Absent(String binding, String reason) {}

  /**
   * One binding.
   *
   * @param name the binding's name
   * @param content SHA-256 over "name size sha256\n" of its files, in order
   * @param contract the contract digest of its native signatures
   * @param files core, then shim
   */
  public record Consignment(String name, String content, String contract, List<Item> files) {
    /** Copies the list. */
    public Consignment {
      files = List.copyOf(files);
    }

    /** Makes the content digest. */
    public static Consignment of(String name, String contract, List<Item> files) {
      StringBuilder lines = new StringBuilder();
      for (Item file : files) {
        lines.append(file.name()).append(' ').append(file.size()).append(' ');
        lines.append(file.sha256()).append('\n');
      }
      String content = Digests.sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
      return new Consignment(name, content, contract, files);
    }
  }

  /**
   * One library.
   *
   * @param role core or shim
   * @param name file name
   * @param size bytes
   * @param crc32 8 hex digits
   * @param sha256 64 hex digits
   * @param plan the plan digest
   * @param debugId ELF build id, Mach-O UUID or PE GUID and age, by which its debug file is found;
   *     null for a local build, which has none
   * @param floor the floor found in the binary, for example {@code GLIBC_2.34}; null without one
   * @param floorSymbols the symbols bound to that version, sorted
   * @param needed needed libraries, in file order
   * @param exports defined dynamic symbols, sorted
   * @param toolchain tool name to version
   * @param flags as in the plan
   * @param inputs as in the plan
   */
  public record Item(
      Role role,
      String name,
      long size,
      String crc32,
      String sha256,
      String plan,
      String debugId,
      String floor,
      List<String> floorSymbols,
      List<String> needed,
      List<String> exports,
      SortedMap<String, String> toolchain,
      List<String> flags,
      List<Input> inputs) {
    private Item with(Digests.FileDigest digest) {
      return new Item(
          role,
          name,
          digest.size(),
          digest.crc32(),
          digest.sha256(),
          plan,
          debugId,
          floor,
          floorSymbols,
          needed,
          exports,
          toolchain,
          flags,
          inputs);
    }
  }
}
