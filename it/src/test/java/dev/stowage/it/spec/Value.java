package dev.stowage.it.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A number of the tests in the form of wast2json: integers in signed, floats as their bits in
 * unsigned decimal; an expected float may be a class of NaNs.
 */
record Value(String type, String text) {
  private static final String REFERENCES = "references do not cross the API";

  private static final long LOW = 0xffff_ffffL;

  static List<Value> list(JsonNode values) throws Skipped {
    List<Value> list = new ArrayList<>();
    for (JsonNode value : values) {
      list.add(of(value.get("type").textValue(), value.path("value").asText()));
    }
    return list;
  }

  private static Value of(String type, String text) throws Skipped {
    return switch (type) {
      case "i32", "i64", "f32", "f64" -> new Value(type, text);
      case "v128" -> throw new Skipped("vectors do not cross the API");
      default -> throw new Skipped(REFERENCES);
    };
  }

  /** Skips types in text form that contain other types than numbers. */
  static void mustBeNumbers(String type) throws Skipped {
    if (type.contains("ref")) {
      throw new Skipped(REFERENCES);
    }
  }

  /** The slot for an argument. */
  long slot() {
    return switch (type) {
      case "i32" -> Integer.parseInt(text) & LOW;
      case "i64" -> Long.parseLong(text);
      case "f32" -> Integer.parseUnsignedInt(text) & LOW;
      default -> Long.parseUnsignedLong(text);
    };
  }

  /** Whether a result is the expected one, with all 64 bits of the slot, also for 32-bit types. */
  boolean matches(long slot) {
    boolean single = type.equals("f32");
    return switch (text) {
      // The payload of a canonical NaN has only the highest bit, that of an arithmetic NaN at least
      // this bit.
      case "nan:canonical" ->
          single
              ? (slot & ~0x8000_0000L) == 0x7fc0_0000L
              : (slot & Long.MAX_VALUE) == 0x7ff8_0000_0000_0000L;
      case "nan:arithmetic" ->
          single
              ? (slot & ~0x803f_ffffL) == 0x7fc0_0000L
              : (slot & 0x7ff8_0000_0000_0000L) == 0x7ff8_0000_0000_0000L;
      default -> slot == slot();
    };
  }

  @Override
  public String toString() {
    return type + " " + text;
  }
}
