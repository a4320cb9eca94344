package dev.stowage.loader;

import java.util.Map;

/**
 * Writes JSON (RFC 8259); the loader never parses it. The user's home directory is written as
 * {@code ~}.
 */
final class JsonWriter {
  private final String home = System.getProperty("user.home", "");
  private final String user = System.getProperty("user.name", "").trim();

  /** A string, or null. */
  String string(String text) {
    if (text == null) {
      return "null";
    }
    String shown = home.length() > 1 ? text.replace(home, "~") : text;
    if (!user.isEmpty()) {
      shown =
          shown.replace(
              "stowage-" + user, "stowage-<user>"); // As PinnedBinding.cacheRoot names it.
    }
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < shown.length(); i++) {
      char c = shown.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        String hex = Integer.toHexString(c);
        out.append("\\u").append("0000", 0, 4 - hex.length()).append(hex);
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  String object(Map<String, String> values) {
    StringBuilder out = new StringBuilder("{");
    for (Map.Entry<String, String> entry : values.entrySet()) {
      out.append(out.length() == 1 ? "" : ", ")
          .append(string(entry.getKey()))
          .append(": ")
          .append(string(entry.getValue()));
    }
    return out.append('}').toString();
  }
}
