package dev.stowage.packager.pack;

import dev.stowage.packager.record.Waybill;

/** The pins text, format 1: what the loader reads. Its shape never changes. */
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
    out.append("\nnatives ").append(waybill.natives()).append('\n');
    for (Waybill.Absent absent : waybill.absent()) {
      out.append("absent ")
          .append(absent.binding())
          .append(' ')
          .append(absent.reason())
          .append('\n');
    }
    for (Waybill.Consignment binding : waybill.bindings()) {
      out.append("binding ").append(binding.name()).append(' ').append(binding.content());
      out.append(' ').append(binding.contract()).append('\n');
      for (Waybill.Item file : binding.files()) {
        out.append(file.role().label()).append(' ').append(file.name());
        out.append(' ').append(file.size()).append(' ').append(file.crc32());
        out.append(' ').append(file.sha256()).append('\n');
      }
    }
    return out.toString();
  }
}
