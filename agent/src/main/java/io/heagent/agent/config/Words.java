package io.heagent.agent.config;

import java.util.Locale;

/**
 * Normalises different ways to write the same value: quotes, capital letters, words for yes and no.
 */
final class Words {

  // HeAgent has the same words for no, because it runs before any other class of the agent is
  // loaded.
  private static final String[] NO = {"false", "no", "off", "0", "n", "f", "disabled"};
  private static final String[] YES = {"true", "yes", "on", "1", "y", "t", "enabled"};
  private static final String[] HELP = {"help", "usage", "-h", "-help", "--help", "?"};

  private Words() {}

  /**
   * Removes white space and quotes at both ends. Docker's {@code --env-file}, systemd and YAML
   * inside YAML pass quotes on; no value of a setting begins or ends with one.
   */
  static String bare(String text) {
    int begin = 0;
    int end = text.length();
    while (begin < end && isAround(text.charAt(begin))) {
      begin++;
    }
    while (begin < end && isAround(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(begin, end);
  }

  private static boolean isAround(char c) {
    // The last four characters are what text processors make of straight quotes.
    return Character.isWhitespace(c) || "\"'`\u2018\u2019\u201c\u201d".indexOf(c) >= 0;
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  static boolean isNo(String word) {
    return isOneOf(NO, word);
  }

  static boolean isYes(String word) {
    return isOneOf(YES, word);
  }

  static boolean isHelp(String word) {
    return isOneOf(HELP, word);
  }

  private static boolean isOneOf(String[] words, String word) {
    String lower = lower(word);
    for (String known : words) {
      if (known.equals(lower)) {
        return true;
      }
    }
    return false;
  }

  /**
   * A value in the one form that {@link Values} reads. YAML turns {@code off} into {@code false}
   * before the agent sees it, so each word for no means {@code off} where {@code off} is allowed;
   * except {@code delay=0}, which may be meant as a time.
   */
  static String plain(Setting setting, String given) {
    if (setting == Setting.HOST
        || setting == Setting.EXCEPT
        || setting == Setting.CONFIG
        || setting == Setting.LOG_FILE) {
      return given;
    }
    String value = lower(given);
    if (setting == Setting.ENABLED && value.isEmpty()) {
      return setting.yes(); // a bare -Dheagent.enabled
    } else if (setting == Setting.DELAY) {
      value = value.replace(" ", "");
      return isNo(value) && !value.equals("0") ? "off" : value;
    } else if (setting.no() != null && isNo(value)) {
      return setting.no();
    } else if (setting.yes() != null && isYes(value)) {
      return setting.yes();
    }
    return value;
  }
}
