package dev.stowage.packager.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/**
 * Updates a packed waybill for changed libraries. Keys that this version does not know stay,
 * because a later version may have packed the JAR.
 *
 * @since 0.1.0
 */
public final class WaybillEdit {
  private WaybillEdit() {}

  /**
   * Returns the JSON with the sizes and digests of another waybill; everything else stays.
   *
   * @param json the packed waybill
   * @param after the same waybill {@link Waybill#with other libraries}
   */
  public static byte[] of(byte[] json, Waybill after) {
    JsonNode tree = Json.tree(new String(json, StandardCharsets.UTF_8));
    for (int b = 0; b < after.bindings().size(); b++) {
      WaybillEntry binding = after.bindings().get(b);
      ObjectNode entry = (ObjectNode) tree.get("bindings").get(b);
      entry.put("content", binding.content());
      for (int i = 0; i < binding.libraries().size(); i++) {
        WaybillFile library = binding.libraries().get(i);
        ((ObjectNode) entry.get("libraries").get(i))
            .put("size", library.size())
            .put("crc32", library.crc32())
            .put("sha256", library.sha256());
      }
    }
    return Json.indented(tree);
  }
}
