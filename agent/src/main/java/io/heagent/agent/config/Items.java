package io.heagent.agent.config;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

/** Finds where one setting, one name or one pattern ends and the next begins. */
final class Items {

  private Items() {}

  /**
   * The end of a setting inside a text that holds several: a separator before a known name and an
   * equals sign. Of all values only the path of a file may contain such a text.
   *
   * @return -1 if there is none
   */
  static int nextCut(String text, int from) {
    int end = endOfName(text.substring(from));
    if (end < 0) {
      return -1;
    }
    int begin = from + end + 1;
    boolean path = Words.lower(text.substring(from, from + end)).endsWith("config");
    for (int i = begin; i < text.length(); i++) {
      if (isSeparator(text.charAt(i)) && isNamed(text, i + 1)) {
        return path && !isPathBefore(i, text, begin) ? -1 : i;
      }
    }
    return -1;
  }

  /**
   * Whether the path of a file ends at a separator before another setting, so that an {@code
   * except=} behind it is not lost. It does not if there is a file of the whole name, or if the
   * separator is white space, as many paths have it, and there is no file of the shorter name.
   */
  private static boolean isPathBefore(int separator, String text, int begin) {
    if (isFile(text.substring(begin))) {
      return false;
    }
    return !Character.isWhitespace(text.charAt(separator))
        || isFile(text.substring(begin, separator));
  }

  private static boolean isFile(String path) {
    return new File(Words.bare(path)).isFile();
  }

  private static boolean isNamed(String text, int from) {
    int equals = text.indexOf('=', from);
    if (equals < 0 || equals - from > 40) {
      return false;
    }
    return isSetting(text.substring(from, equals));
  }

  private static boolean isSetting(String name) {
    return Setting.of(Words.lower(Words.bare(name))) != null;
  }

  /**
   * The end of the name in {@code name=value}. {@code name: value} and {@code name value}, as other
   * files write it, are accepted too if the name is known.
   *
   * @return -1 if there is no name
   */
  static int endOfName(String text) {
    int equals = text.indexOf('=');
    if (equals >= 0) {
      return equals;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ':' || Character.isWhitespace(c)) {
        return isSetting(text.substring(0, i)) ? i : -1;
      }
    }
    return -1;
  }

  /** The patterns of one value, without empty ones. */
  static List<String> patterns(String value) {
    List<String> patterns = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i <= value.length(); i++) {
      char c = i == value.length() ? ';' : value.charAt(i);
      if (c == ';' || c == '|' || c == ',') {
        String pattern = Words.bare(value.substring(begin, i));
        if (!pattern.isEmpty()) {
          patterns.add(pattern);
        }
        begin = i + 1;
      }
    }
    return patterns;
  }

  /**
   * The end of the first word of a value, if anything follows that word.
   *
   * @return -1 if nothing follows
   */
  static int firstSeparator(String value) {
    for (int i = 1; i < value.length(); i++) {
      char c = value.charAt(i);
      if (isSeparator(c)) {
        String rest = Words.bare(value.substring(i + 1));
        boolean more = endOfName(rest) >= 0 || Words.isNo(rest);
        return more || !Character.isWhitespace(c) ? i : -1;
      }
    }
    return -1;
  }

  private static boolean isSeparator(char c) {
    return c == ';' || c == '|' || c == ',' || c == '&' || Character.isWhitespace(c);
  }
}
