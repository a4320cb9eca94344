package dev.stowage.packager.binary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The facts about a PE file as LLVM and our reader report them. Only llvm-objdump prints the DLL's
 * own name.
 */
final class LlvmPe {
  static final List<String> OPTIONS =
      List.of(
          "--file-headers",
          "--sections",
          "--coff-exports",
          "--coff-imports",
          "--coff-tls-directory",
          "--coff-debug-directory");

  static final List<String> OBJDUMP_OPTIONS = List.of("--private-headers");

  private static final Map<String, String> MACHINES =
      Map.of(
          "IMAGE_FILE_MACHINE_AMD64", "x86_64",
          "IMAGE_FILE_MACHINE_ARM64", "aarch_64",
          "IMAGE_FILE_MACHINE_I386", "x86_32",
          "IMAGE_FILE_MACHINE_ARMNT", "arm_32");

  /** An ordinal, a name and its forwarder. An export without a name cannot be imported by name. */
  private static final Pattern FORWARDER =
      Pattern.compile("^ +[0-9]+ +\\S+ \\(forwarded to (.*)\\)$");

  private LlvmPe() {}

  static Map<String, Object> ours(PeBinary file) {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("machine", file.machine());
    fields.put("wide", file.is64Bit());
    fields.put("characteristics", (long) file.characteristics());
    fields.put("dll characteristics", (long) file.dllCharacteristics());
    fields.put("subsystem", (long) file.subsystem());
    fields.put("subsystem version", file.minimumOs().orElseThrow());
    fields.put("os version", file.osVersion());
    fields.put("section alignment", file.pageAlignment());
    fields.put("name", String.valueOf(file.name()));
    fields.put("needed", file.needed());
    fields.put("imported", new TreeSet<>(file.imported()));
    fields.put("exported", new TreeSet<>(file.exported()));
    fields.put("forwarders", new TreeSet<>(file.forwarders().values()));
    fields.put("tls", file.tls());
    fields.put("signed", file.signed());
    fields.put("base relocations", file.relocatable());
    fields.put("debug id", file.debugId().orElse(""));
    fields.put("pdb", file.pdb().orElse(""));
    fields.put("sections", file.sections().stream().map(LlvmPe::text).toList());
    return fields;
  }

  private static String text(Section section) {
    return String.format(
        "%s %d %d %s %s",
        section.name(), section.offset(), section.size(), section.writable(), section.executable());
  }

  static Map<String, Object> theirs(Node file, List<String> headers) {
    Map<String, Object> fields = new TreeMap<>();
    Node image = file.one("ImageFileHeader");
    Node optional = file.one("ImageOptionalHeader");
    Node directories = optional.one("DataDirectory");
    long characteristics = Node.headNumber(image.all("Characteristics"));
    fields.put("machine", MACHINES.get(image.word("Machine")));
    fields.put("wide", optional.number("Magic") == 0x20b);
    fields.put("characteristics", characteristics);
    fields.put("dll characteristics", Node.headNumber(optional.all("Characteristics")));
    fields.put("subsystem", optional.number("Subsystem"));
    fields.put("subsystem version", version(optional, "Subsystem"));
    fields.put("os version", version(optional, "OperatingSystem"));
    fields.put("section alignment", optional.number("SectionAlignment"));
    fields.put("tls", directories.number("TLSTableRVA") != 0);
    fields.put("signed", directories.number("CertificateTableSize") != 0);
    fields.put(
        "base relocations",
        directories.number("BaseRelocationTableSize") != 0 && (characteristics & 1) == 0);
    imports(file, fields);
    exports(file, headers, fields);
    debug(file, fields);
    fields.put("sections", file.one("Sections").all("Section").map(LlvmPe::section).toList());
    return fields;
  }

  private static String version(Node optional, String what) {
    return optional.value("Major" + what + "Version")
        + "."
        + optional.value("Minor" + what + "Version");
  }

  private static String section(Node section) {
    long flags = Node.headNumber(section.all("Characteristics"));
    return String.format(
        "%s %d %d %s %s",
        section.word("Name"),
        section.number("PointerToRawData"),
        section.number("RawDataSize"),
        (flags & 0x80000000L) != 0,
        (flags & 0x20000000L) != 0);
  }

  private static void imports(Node file, Map<String, Object> fields) {
    List<String> needed = new ArrayList<>();
    TreeSet<String> imported = new TreeSet<>();
    Stream.concat(file.all("Import"), file.all("DelayImport"))
        .forEach(
            dll -> {
              String name = dll.value("Name");
              if (!needed.contains(name)) {
                needed.add(name);
              }
              Stream.concat(
                      dll.lines.stream(), dll.all("Import").flatMap(each -> each.lines.stream()))
                  .filter(line -> line.startsWith("Symbol: "))
                  .forEach(line -> imported.add(name + "!" + symbol(line.substring(8))));
            });
    fields.put("needed", needed);
    fields.put("imported", imported);
  }

  /** {@code name (hint)}, or only {@code (ordinal)}. */
  private static String symbol(String text) {
    int open = text.lastIndexOf('(');
    String name = text.substring(0, open).strip();
    return name.isEmpty() ? "#" + text.substring(open + 1, text.length() - 1) : name;
  }

  private static void exports(Node file, List<String> headers, Map<String, Object> fields) {
    TreeSet<String> exported = new TreeSet<>();
    TreeSet<String> forwarders = new TreeSet<>();
    file.all("Export")
        .map(export -> export.value("Name"))
        .filter(name -> !name.isEmpty())
        .forEach(exported::add);
    for (String line : headers) {
      Matcher forwarder = FORWARDER.matcher(line);
      if (forwarder.find()) {
        forwarders.add(forwarder.group(1));
      }
    }
    fields.put("exported", exported);
    fields.put("forwarders", forwarders);
    fields.put(
        "name",
        headers.stream()
            .filter(line -> line.startsWith(" DLL name: "))
            .map(line -> line.substring(11))
            .findFirst()
            .orElse("null"));
  }

  private static void debug(Node file, Map<String, Object> fields) {
    fields.put("debug id", "");
    fields.put("pdb", "");
    file.one("DebugDirectory")
        .all("DebugEntry")
        .map(entry -> entry.one("PDBInfo"))
        .filter(info -> !info.value("PDBGUID").isEmpty())
        .forEach(
            info -> {
              String[] b =
                  info.value("PDBGUID").replaceAll("[()]", "").toLowerCase(Locale.ROOT).split(" ");
              String guid =
                  b[3]
                      + b[2]
                      + b[1]
                      + b[0]
                      + b[5]
                      + b[4]
                      + b[7]
                      + b[6]
                      + String.join("", List.of(b).subList(8, 16));
              fields.put("debug id", guid + Long.toHexString(Long.decode(info.value("PDBAge"))));
              fields.put("pdb", info.value("PDBFileName"));
            });
  }
}
