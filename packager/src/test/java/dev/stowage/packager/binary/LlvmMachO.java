package dev.stowage.packager.binary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The facts about a Mach-O file as LLVM and our reader report them. llvm-readobj prints only the
 * load commands of segments; llvm-objdump of the same package prints all, and the export trie.
 */
final class LlvmMachO {
  static final List<String> OPTIONS =
      List.of("--file-headers", "--macho-segment", "--sections", "--syms", "--needed-libs");

  static final List<String> OBJDUMP_OPTIONS =
      List.of("--macho", "--private-headers", "--exports-trie");

  private static final Map<String, String> MACHINES =
      Map.of("X86-64", "x86_64", "Arm64", "aarch_64");

  private static final Map<String, String> LINKS =
      Map.of(
          "LC_LOAD_DYLIB", "NORMAL",
          "LC_LOAD_WEAK_DYLIB", "WEAK",
          "LC_REEXPORT_DYLIB", "REEXPORT",
          "LC_LOAD_UPWARD_DYLIB", "UPWARD");

  private static final long WEAK = 0x40;

  private LlvmMachO() {}

  static Map<String, Object> ours(MachOBinary file) {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("machine", file.machine());
    fields.put("type", (long) file.type());
    fields.put("flags", file.flags() & 0xffffffffL);
    fields.put("name", String.valueOf(file.name()));
    fields.put("dylibs", file.dylibs().stream().map(LlvmMachO::text).toList());
    TreeSet<String> needed = new TreeSet<>(file.needed());
    if (file.name() != null) {
      needed.add(file.name());
    }
    fields.put("needed and name", needed);
    fields.put("rpaths", file.rpaths());
    fields.put("uuid", file.debugId().orElse(""));
    fields.put("minimum", file.platform() + " " + file.minimumOs().orElse(""));
    fields.put("sdk", file.sdk().orElse("n/a"));
    fields.put("exported", new TreeSet<>(file.exported()));
    fields.put("symbol table exports", new TreeSet<>(file.symbolTableExports()));
    fields.put("imported", new TreeSet<>(file.imported()));
    fields.put("weak imports", new TreeSet<>(file.weakImports()));
    fields.put("signed", file.signature().kind() != Signature.Kind.NONE);
    fields.put("writable code", file.writableCode());
    fields.put("sections", file.sections().stream().map(s -> s.name() + " " + s.offset()).toList());
    return fields;
  }

  private static String text(MachOBinary.Dylib dylib) {
    return dylib.name() + " " + dylib.link() + " " + dylib.current() + " " + dylib.compatible();
  }

  static Map<String, Object> theirs(Node file, List<String> commands) {
    Map<String, Object> fields = new TreeMap<>();
    Node header = file.one("MachHeader");
    fields.put("machine", MACHINES.get(header.word("CpuType")));
    fields.put("type", header.number("FileType"));
    fields.put("flags", Node.headNumber(header.all("Flags")));
    fields.put("needed and name", new TreeSet<>(file.one("NeededLibraries").lines));
    fields.put(
        "writable code",
        file.all("Segment")
            .map(segment -> segment.value("initprot"))
            .anyMatch(protection -> protection.contains("w") && protection.contains("x")));
    List<String> sections = new ArrayList<>();
    file.one("Sections")
        .all("Section")
        .forEach(
            s -> sections.add(s.word("Segment") + "," + s.word("Name") + " " + s.number("Offset")));
    fields.put("sections", sections);
    symbols(file, fields);
    commands(commands, fields);
    return fields;
  }

  private static void symbols(Node file, Map<String, Object> fields) {
    TreeSet<String> exported = new TreeSet<>();
    TreeSet<String> imported = new TreeSet<>();
    TreeSet<String> weak = new TreeSet<>();
    file.one("Symbols")
        .all("Symbol")
        .filter(symbol -> symbol.lines.contains("Extern"))
        .filter(symbol -> !symbol.word("Type").startsWith("Sym"))
        .forEach(
            symbol -> {
              String name = plain(symbol.word("Name"));
              if (symbol.word("Type").equals("Undef")) {
                imported.add(name);
                if ((Node.headNumber(symbol.all("Flags")) & WEAK) != 0) {
                  weak.add(name);
                }
              } else if (!symbol.lines.contains("PrivateExtern")) {
                exported.add(name);
              }
            });
    fields.put("symbol table exports", exported);
    fields.put("imported", imported);
    fields.put("weak imports", weak);
  }

  private static String plain(String name) {
    return name.startsWith("_") ? name.substring(1) : name;
  }

  private static void commands(List<String> lines, Map<String, Object> fields) {
    List<String> dylibs = new ArrayList<>();
    List<String> rpaths = new ArrayList<>();
    TreeSet<String> exported = new TreeSet<>();
    fields.put("name", "null");
    fields.put("uuid", "");
    fields.put("minimum", " ");
    fields.put("sdk", "n/a");
    fields.put("signed", false);
    Map<String, String> command = new TreeMap<>();
    for (String line : lines) {
      if (line.startsWith("Load command ") || line.startsWith("Exports trie")) {
        command(command, dylibs, rpaths, fields);
        command.clear();
      } else if (line.startsWith("0x") || line.startsWith("[re-export] ")) {
        String[] words = line.replace("[re-export] ", "0 ").split(" +", -1);
        exported.add(plain(words[1]));
      } else {
        String[] words =
            line.strip().replaceFirst("^(current|compatibility) version", "$1").split(" +", 2);
        command.putIfAbsent(words[0], words.length > 1 ? words[1] : "");
      }
    }
    fields.put("dylibs", dylibs);
    fields.put("rpaths", rpaths);
    // LLVM 14 prints only the trie of LC_DYLD_INFO, not that of the newer command.
    boolean printed = lines.stream().anyMatch(line -> line.contains("cmd LC_DYLD_INFO"));
    fields.put("exported", printed ? exported : fields.get("symbol table exports"));
  }

  private static void command(
      Map<String, String> command,
      List<String> dylibs,
      List<String> rpaths,
      Map<String, Object> fields) {
    String kind = command.getOrDefault("cmd", "");
    String name = command.getOrDefault("name", "").replaceFirst(" \\(offset.*", "");
    switch (kind) {
      case "LC_ID_DYLIB" -> fields.put("name", name);
      case "LC_RPATH" -> rpaths.add(command.get("path").replaceFirst(" \\(offset.*", ""));
      case "LC_UUID" ->
          fields.put("uuid", command.get("uuid").replace("-", "").toLowerCase(Locale.ROOT));
      case "LC_CODE_SIGNATURE" -> fields.put("signed", true);
      case "LC_BUILD_VERSION" -> {
        fields.put(
            "minimum",
            command.get("platform").replace("macos", "macOS") + " " + command.get("minos"));
        fields.put("sdk", command.get("sdk"));
      }
      case "LC_VERSION_MIN_MACOSX" -> {
        fields.put("minimum", "macOS " + command.get("version"));
        fields.put("sdk", command.get("sdk"));
      }
      default -> {
        if (LINKS.containsKey(kind)) {
          dylibs.add(
              name
                  + " "
                  + LINKS.get(kind)
                  + " "
                  + command.get("current")
                  + " "
                  + command.get("compatibility"));
        }
      }
    }
  }
}
