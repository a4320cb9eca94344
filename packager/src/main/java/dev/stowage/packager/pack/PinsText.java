package dev.stowage.packager.pack;

import dev.stowage.packager.record.Waybill;
import dev.stowage.packager.record.WaybillEntry;
import dev.stowage.packager.record.WaybillFile;
import java.util.Objects;

/** The pins text, format 1: what the loader reads. {@code docs/formats.md} describes it. */
public final class PinsText {
  private PinsText() {}

  /**
   * The text of one row.
   *
   * @param anchor package prefix of the contract, with slashes
   */
  public static String of(Waybill waybill, String anchor) {
    StringBuilder out = new StringBuilder("stowage-pins 1\n");
    out.append("library ").append(waybill.library()).append(' ').append(waybill.version());
    out.append("\nclassifier ").append(waybill.classifier());
    out.append("\nanchor ").append(anchor);
    out.append("\nartifact ").append(waybill.artifact()).append('\n');
    for (Waybill.Unsupported one : waybill.unsupported()) {
      line(out, "unsupported", one.binding(), one.language().label(), one.reason());
    }
    for (WaybillEntry binding : waybill.bindings()) {
      String contract = Objects.requireNonNullElse(binding.contract(), "-");
      String language = binding.language().label();
      line(out, "binding", binding.name(), language, binding.content(), contract);
      for (WaybillFile library : binding.libraries()) {
        String size = Long.toString(library.size());
        String role = library.role().label();
        line(out, role, library.file(), size, library.crc32(), library.sha256());
      }
    }
    return out.toString();
  }

  private static void line(StringBuilder out, String... words) {
    out.append(String.join(" ", words)).append('\n');
  }
}
