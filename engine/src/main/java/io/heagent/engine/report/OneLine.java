package io.heagent.engine.report;

/**
 * Makes one visible line out of text from outside (host names, messages of resolvers, settings). A
 * person who chooses a host name must not be able to forge a line of a log with it, nor to reverse
 * the order of its characters on the screen. Pure and thread-safe.
 */
public final class OneLine {

  private OneLine() {}

  /**
   * The text with each control character (C0, DEL, C1), line and paragraph separator, format
   * character (those for both directions of writing, zero-width ones, byte order marks) and lone
   * surrogate as <code>&#92;u202e</code>, or {@code \t}, {@code \n}, {@code \r}. All other
   * characters stay as they are, backslashes too.
   *
   * @param text not null
   */
  public static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return escaped(text, i);
      }
    }
    return text;
  }

  private static String escaped(String text, int from) {
    StringBuilder line = new StringBuilder(text.length() + 16).append(text, 0, from);
    for (int i = from; i < text.length(); ) {
      int c = text.codePointAt(i);
      int end = i + Character.charCount(c);
      if (isVisible(c)) {
        line.appendCodePoint(c);
      } else {
        for (; i < end; i++) {
          append(line, text.charAt(i));
        }
      }
      i = end;
    }
    return line.toString();
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }

  private static void append(StringBuilder line, char c) {
    switch (c) {
      case '\t' -> line.append("\\t");
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      default -> {
        line.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          line.append(Character.forDigit((c >> shift) & 0xf, 16));
        }
      }
    }
  }
}
