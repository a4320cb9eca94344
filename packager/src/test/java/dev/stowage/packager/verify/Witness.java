package dev.stowage.packager.verify;

import dev.stowage.packager.fixture.LlvmTools;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Confirms findings by llvm-readobj. */
final class Witness {
  /** A program header of an ELF file. */
  private static final Pattern SEGMENT =
      Pattern.compile("ProgramHeader \\{.*?\n  }", Pattern.DOTALL);

  private static final Pattern ALIGNMENT = Pattern.compile("Alignment: (\\d+)");

  private Witness() {}

  /**
   * True if the output of llvm-readobj confirms the finding; a rule that it cannot confirm is an
   * error.
   */
  static boolean confirms(Path file, VerifyReport.Finding finding) {
    String headers = LlvmTools.readobj(file, "--file-headers", "--program-headers");
    boolean pe = headers.contains("Format: COFF");
    return switch (finding.rule()) {
      case "relro" -> !headers.contains("PT_GNU_RELRO");
      case "exec-stack" ->
          pe
              ? !headers.contains("IMAGE_DLL_CHARACTERISTICS_NX_COMPAT")
              : segments(headers, "PT_GNU_STACK").stream().allMatch(s -> s.contains("PF_X"));
      case "aslr" ->
          !headers.contains("IMAGE_DLL_CHARACTERISTICS_DYNAMIC_BASE")
              || headers.contains("IMAGE_FILE_RELOCS_STRIPPED");
      case "writable-code" ->
          segments(headers, "PT_LOAD").stream()
              .anyMatch(s -> s.contains("PF_W") && s.contains("PF_X"));
      case "page-alignment" ->
          segments(headers, "PT_LOAD").stream().anyMatch(s -> alignment(s) < 65536);
      case "needed", "crt" -> {
        String needed = LlvmTools.readobj(file, "--needed-libs");
        yield finding.symbols().stream().allMatch(name -> needed.contains("  " + name + "\n"));
      }
      case "rpath" -> {
        String dynamic = LlvmTools.readobj(file, "--dynamic-table");
        yield finding.symbols().stream().allMatch(dynamic::contains);
      }
      case "text-relocations" -> LlvmTools.readobj(file, "--dynamic-table").contains("TEXTREL");
      default -> throw new IllegalStateException("no witness for rule " + finding.rule());
    };
  }

  private static List<String> segments(String headers, String type) {
    return SEGMENT
        .matcher(headers)
        .results()
        .map(MatchResult::group)
        .filter(segment -> segment.contains("Type: " + type + " "))
        .toList();
  }

  private static long alignment(String segment) {
    return ALIGNMENT
        .matcher(segment)
        .results()
        .mapToLong(match -> Long.parseLong(match.group(1)))
        .findFirst()
        .orElseThrow();
  }
}
