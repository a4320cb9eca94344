package dev.stowage.packager.pack;

import dev.stowage.packager.record.Waybill;
import dev.stowage.packager.record.WaybillEntry;
import dev.stowage.packager.record.WaybillFile;
import java.util.Objects;

/** The text of the pins, format 1, which the loader reads. {@code docs/formats.md} describes it. */
public final class PinsText {
  private PinsText() {}

  /**
   * The text for one target.
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
      String language = one.language().label();
      out.append(words("unsupported", one.binding(), language, one.reason())).append('\n');
    }
    for (WaybillEntry binding : waybill.bindings()) {
      out.append(binding(binding)).append('\n');
      for (WaybillFile library : binding.libraries()) {
        out.append(library(library)).append('\n');
      }
    }
    return out.toString();
  }

  /**
   * Updates the pins for changed libraries. Lines and words that this version does not know stay,
   * because a later version may have written them.
   *
   * @param before the waybill that the text was made from
   * @param after the same waybill with the changed libraries
   * @return the text, or null if it does not match the first waybill
   */
  public static String changed(String text, Waybill before, Waybill after) {
    String library = "\n" + words("library", before.library(), before.version()) + "\n";
    String changed = text.contains(library) ? text : null;
    for (int b = 0; b < before.bindings().size(); b++) {
      WaybillEntry old = before.bindings().get(b);
      WaybillEntry made = after.bindings().get(b);
      changed = replaced(changed, binding(old), binding(made));
      for (int i = 0; i < old.libraries().size(); i++) {
        changed =
            replaced(changed, library(old.libraries().get(i)), library(made.libraries().get(i)));
      }
    }
    return changed;
  }

  /**
   * Replaces a line, or its beginning up to the end of a word; returns null if it is not in the
   * text.
   */
  private static String replaced(String text, String old, String made) {
    for (String end : new String[] {"\n", " "}) {
      if (text != null && text.contains("\n" + old + end)) {
        return text.replace("\n" + old + end, "\n" + made + end);
      }
    }
    return null;
  }

  private static String binding(WaybillEntry binding) {
    String contract = Objects.requireNonNullElse(binding.contract(), "-");
    String language = binding.language().label();
    return words("binding", binding.name(), language, binding.content(), contract);
  }

  private static String library(WaybillFile library) {
    String size = Long.toString(library.size());
    return words(library.role().label(), library.file(), size, library.crc32(), library.sha256());
  }

  private static String words(String... words) {
    return String.join(" ", words);
  }
}
