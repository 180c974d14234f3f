package io.heagent.agent.check.render;

import java.util.List;
import java.util.Map;

/** Writes maps, lists, texts, numbers, truth values and null as indented JSON (RFC 8259). */
final class JsonText {

  private static final String STEP = "  ";
  private static final int FIRST_PRINTABLE = 0x20;
  private static final int LAST_ASCII = 0x7e;

  private JsonText() {}

  static String of(Object value) {
    StringBuilder text = new StringBuilder();
    write(value, "\n", text);
    return text.toString();
  }

  private static void write(Object value, String newLine, StringBuilder text) {
    if (value instanceof Map<?, ?> map) {
      String before = "{" + newLine + STEP;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        text.append(before);
        quote(String.valueOf(entry.getKey()), text);
        text.append(": ");
        write(entry.getValue(), newLine + STEP, text);
        before = "," + newLine + STEP;
      }
      text.append(map.isEmpty() ? "{}" : newLine + "}");
    } else if (value instanceof List<?> list) {
      String before = "[" + newLine + STEP;
      for (Object element : list) {
        text.append(before);
        write(element, newLine + STEP, text);
        before = "," + newLine + STEP;
      }
      text.append(list.isEmpty() ? "[]" : newLine + "]");
    } else if (value instanceof String string) {
      quote(string, text);
    } else {
      text.append(value);
    }
  }

  /**
   * Writes a text. Characters beyond ASCII are escaped, so that no change of encoding can spoil
   * them.
   */
  private static void quote(String string, StringBuilder text) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c >= FIRST_PRINTABLE && c <= LAST_ASCII) {
        text.append(c);
      } else {
        String hex = Integer.toHexString(c);
        text.append("\\u").append("0".repeat(4 - hex.length())).append(hex);
      }
    }
    text.append('"');
  }
}
