package dev.stowage.wasm.tool;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes JSON (RFC 8259), indented. Values are maps, iterables, strings, numbers, booleans and
 * null.
 */
final class JsonText {
  private final StringBuilder out = new StringBuilder();

  private JsonText() {}

  /** An object with these names and values, in this order. */
  static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }

  static String text(Object value) {
    JsonText json = new JsonText();
    json.value(value, "\n");
    return json.out.toString();
  }

  private void value(Object value, String line) {
    if (value instanceof Map) {
      Iterator<? extends Map.Entry<?, ?>> entries = ((Map<?, ?>) value).entrySet().iterator();
      block('{', '}', line, entries, this::member);
    } else if (value instanceof Iterable) {
      block('[', ']', line, ((Iterable<?>) value).iterator(), this::value);
    } else if (value instanceof String) {
      string((String) value);
    } else if (value == null || value instanceof Boolean || value instanceof Number) {
      out.append(value);
    } else {
      throw new IllegalArgumentException(value.getClass().getName());
    }
  }

  private void member(Map.Entry<?, ?> entry, String line) {
    string((String) entry.getKey());
    out.append(": ");
    value(entry.getValue(), line);
  }

  private interface Writer<T> {
    void write(T item, String line);
  }

  private <T> void block(
      char begin, char end, String line, Iterator<T> items, Writer<? super T> writer) {
    out.append(begin);
    String inner = line + "  ";
    String separator = inner;
    boolean empty = !items.hasNext();
    while (items.hasNext()) {
      out.append(separator);
      writer.write(items.next(), inner);
      separator = "," + inner;
    }
    out.append(empty ? "" : line).append(end);
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        // Surrogates too: UTF-8 cannot encode a lone one.
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
