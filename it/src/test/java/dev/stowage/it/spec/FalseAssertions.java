package dev.stowage.it.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes each assertion false. None of them may pass, which proves that the assertions are really
 * checked.
 */
final class FalseAssertions {
  private static final String EMPTY_MODULE = "empty.wasm";
  private static final byte[] EMPTY = {0, 'a', 's', 'm', 1, 0, 0, 0};

  private FalseAssertions() {}

  /** Writes the files that false assertions need. */
  static void prepare(Path directory) throws IOException {
    Files.write(directory.resolve(EMPTY_MODULE), EMPTY);
  }

  /** Returns the opposite of an assertion, and other commands unchanged. */
  static JsonNode of(JsonNode command) {
    ObjectNode lie = command.deepCopy();
    switch (command.get("type").textValue()) {
      case "assert_return" -> results((ArrayNode) lie.get("expected"));
      case "assert_trap", "assert_uninstantiable" -> lie.put("text", "something else");
      case "assert_exhaustion" -> lie.put("type", "assert_trap");
      case "assert_invalid", "assert_malformed", "assert_unlinkable" ->
          lie.put("filename", EMPTY_MODULE);
      default -> {}
    }
    return lie;
  }

  private static void results(ArrayNode expected) {
    if (expected.isEmpty()) {
      expected.addObject().put("type", "i32").put("value", "0");
      return;
    }
    ObjectNode last = (ObjectNode) expected.get(expected.size() - 1);
    String text = last.path("value").asText();
    boolean number = text.matches("-?[0-9]+");
    // The smallest possible change: the lowest bit, or for a NaN that the value is a NaN.
    last.put("value", number ? flipped(text) : "0");
  }

  private static String flipped(String decimal) {
    return new BigInteger(decimal).flipBit(0).toString();
  }
}
