package dev.stowage.packager.binary;

import dev.stowage.loader.header.VersionNeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** The facts about an ELF file as llvm-readobj and our reader report them. */
final class LlvmElf {
  static final List<String> OPTIONS =
      List.of(
          "--file-headers",
          "--program-headers",
          "--sections",
          "--dynamic-table",
          "--dyn-syms",
          "--notes",
          "--version-info");

  private static final Map<String, String> MACHINES =
      Map.of(
          "EM_X86_64", "x86_64",
          "EM_AARCH64", "aarch_64",
          "EM_386", "x86_32",
          "EM_ARM", "arm_32",
          "EM_PPC64", "ppc_64",
          "EM_S390", "s390",
          "EM_RISCV", "riscv",
          "EM_MIPS", "mips",
          "EM_PPC", "ppc_32");

  private static final Pattern DYNAMIC = Pattern.compile("0x[0-9A-F]+ (\\S+) +(.*)");

  private LlvmElf() {}

  static Map<String, Object> ours(ElfBinary elf) {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("machine", elf.machine());
    fields.put("wide", elf.is64Bit());
    fields.put("little", elf.isLittleEndian());
    fields.put("type", (long) elf.type());
    fields.put("name", String.valueOf(elf.name()));
    fields.put("needed", elf.needed());
    fields.put("rpaths", elf.rpaths());
    fields.put("exported", new TreeSet<>(elf.exported()));
    fields.put("imported", new TreeSet<>(elf.imported()));
    fields.put("build id", elf.debugId().orElse(""));
    fields.put("properties", new TreeSet<>(elf.properties()));
    fields.put("page alignment", elf.pageAlignment());
    fields.put("writable code", elf.writableCode());
    fields.put("executable stack", elf.executableStack());
    fields.put("relro", elf.relro());
    fields.put("bind now", elf.bindNow());
    fields.put("no delete", elf.noDelete());
    fields.put("static TLS", elf.staticTls());
    fields.put("text relocations", elf.textRelocations());
    fields.put("interpreter", elf.interpreter().isPresent());
    TreeSet<String> needs = new TreeSet<>();
    for (VersionNeed need : elf.versionNeeds()) {
      needs.add(need.library() + " " + need.version());
      need.symbols().forEach(symbol -> needs.add(symbol + "@" + need.version()));
    }
    fields.put("version needs", needs);
    // No target is big-endian; sections of big-endian files are not read.
    fields.put(
        "sections",
        elf.isLittleEndian() ? elf.sections().stream().map(LlvmElf::text).toList() : List.of());
    return fields;
  }

  private static String text(Section section) {
    return String.format(
        "%s %d %d %s", section.name(), section.offset(), section.size(), section.executable());
  }

  static Map<String, Object> theirs(Node file) {
    Map<String, Object> fields = new TreeMap<>();
    Node header = file.one("ElfHeader");
    Node ident = header.one("Ident");
    String machine = header.word("Machine");
    fields.put(
        "machine",
        MACHINES.getOrDefault(
            machine,
            // LLVM 14 does not know this machine.
            header.number("Machine") == 258 ? "loongarch" : "machine " + header.number("Machine")));
    fields.put("wide", ident.word("Class").equals("64-bit"));
    fields.put("little", ident.word("DataEncoding").equals("LittleEndian"));
    fields.put("type", header.number("Type"));
    dynamic(file.one("DynamicSection"), fields);
    segments(file.one("ProgramHeaders"), fields);
    symbols(file, fields);
    notes(file, fields);
    List<String> sections = new ArrayList<>();
    if (ident.word("DataEncoding").equals("LittleEndian")) {
      file.one("Sections")
          .all("Section")
          .skip(1)
          .forEach(section -> sections.add(section(section)));
    }
    fields.put("sections", sections);
    return fields;
  }

  private static String section(Node section) {
    boolean inFile = !section.word("Type").equals("SHT_NOBITS");
    boolean executable = (Node.headNumber(section.all("Flags")) & 4) != 0;
    return String.format(
        "%s %d %d %s",
        section.word("Name"),
        section.number("Offset"),
        inFile ? section.number("Size") : 0,
        executable);
  }

  private static void dynamic(Node section, Map<String, Object> fields) {
    List<String> needed = new ArrayList<>();
    List<String> rpaths = new ArrayList<>();
    String name = "null";
    TreeSet<String> flags = new TreeSet<>();
    for (String line : section.lines) {
      Matcher entry = DYNAMIC.matcher(line);
      if (!entry.matches()) {
        continue;
      }
      String text = entry.group(2).replaceFirst("^.*: \\[(.*)\\]$", "$1");
      switch (entry.group(1)) {
        case "NEEDED" -> needed.add(text);
        case "SONAME" -> name = text;
        case "RPATH", "RUNPATH" -> rpaths.addAll(List.of(text.split(":")));
        case "FLAGS", "FLAGS_1" -> flags.addAll(List.of(entry.group(2).strip().split(" ")));
        case "TEXTREL", "BIND_NOW" -> flags.add(entry.group(1));
        default -> {}
      }
    }
    fields.put("needed", needed);
    fields.put("rpaths", rpaths);
    fields.put("name", name);
    fields.put("bind now", flags.contains("BIND_NOW") || flags.contains("NOW"));
    fields.put("no delete", flags.contains("NODELETE"));
    fields.put("static TLS", flags.contains("STATIC_TLS"));
    fields.put("text relocations", flags.contains("TEXTREL"));
  }

  private static void segments(Node headers, Map<String, Object> fields) {
    List<Node> loads = of(headers, "PT_LOAD");
    fields.put(
        "page alignment",
        loads.stream().flatMapToLong(n -> LongStream.of(n.number("Alignment"))).min().orElse(0));
    fields.put("writable code", loads.stream().anyMatch(load -> (flags(load) & 3) == 3));
    List<Node> stack = of(headers, "PT_GNU_STACK");
    fields.put("executable stack", stack.isEmpty() || (flags(stack.get(0)) & 1) != 0);
    fields.put("relro", !of(headers, "PT_GNU_RELRO").isEmpty());
    fields.put("interpreter", !of(headers, "PT_INTERP").isEmpty());
  }

  private static long flags(Node segment) {
    return Node.headNumber(segment.all("Flags"));
  }

  private static List<Node> of(Node headers, String type) {
    return headers.all("ProgramHeader").filter(n -> n.word("Type").equals(type)).toList();
  }

  private static void symbols(Node file, Map<String, Object> fields) {
    TreeSet<String> exported = new TreeSet<>();
    TreeSet<String> imported = new TreeSet<>();
    TreeSet<String> needs = new TreeSet<>();
    file.one("VersionRequirements")
        .all("Dependency")
        .forEach(
            dependency ->
                dependency
                    .one("Entries")
                    .all("Entry")
                    .forEach(e -> needs.add(dependency.value("FileName") + " " + e.value("Name"))));
    file.one("DynamicSymbols")
        .all("Symbol")
        .filter(symbol -> !symbol.word("Binding").equals("Local"))
        .forEach(
            symbol -> {
              String versioned = symbol.word("Name");
              String name = versioned.replaceFirst("@.*", "");
              long visibility =
                  symbol.value("Other").isEmpty()
                      ? Node.headNumber(symbol.all("Other")) & 3
                      : symbol.number("Other") & 3;
              if (symbol.word("Section").equals("Undefined")) {
                imported.add(name);
                if (versioned.contains("@") && versioned(file)) {
                  needs.add(versioned);
                }
              } else if (visibility == 0 || visibility == 3) {
                exported.add(name);
              }
            });
    fields.put("exported", exported);
    fields.put("imported", imported);
    fields.put("version needs", needs);
  }

  /**
   * On Solaris the versions of symbols are in a section only, and its linker does not read them.
   */
  private static boolean versioned(Node file) {
    return file.one("DynamicSection").lines.stream().anyMatch(line -> line.contains(" VERSYM "));
  }

  private static void notes(Node file, Map<String, Object> fields) {
    String buildId = "";
    TreeSet<String> properties = new TreeSet<>();
    for (Node section : file.one("Notes").all("NoteSection").toList()) {
      for (Node note : section.all("Note").toList()) {
        buildId = note.value("Build ID").isEmpty() ? buildId : note.value("Build ID");
        for (String line : note.one("Property").lines) {
          Matcher property =
              Pattern.compile("(x86 feature|x86 ISA needed|aarch64 feature): (.*)").matcher(line);
          if (property.matches() && !property.group(2).equals("<None>")) {
            properties.addAll(List.of(property.group(2).split(", ")));
          }
        }
      }
    }
    fields.put("build id", buildId);
    fields.put("properties", properties);
  }
}
