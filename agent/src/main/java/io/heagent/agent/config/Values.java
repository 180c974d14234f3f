package io.heagent.agent.config;

import io.heagent.agent.config.rule.HostPattern;
import io.heagent.agent.config.rule.RaceRule;
import io.heagent.agent.log.Log;
import java.util.Locale;
import java.util.Map;

/**
 * Converts the text of settings into values. Each method returns null for a text that is not
 * allowed.
 */
final class Values {

  private static final long MILLI = 1_000_000L;
  private static final long MIN_DELAY = 10 * MILLI;
  private static final long MAX_DELAY = 2000 * MILLI;

  /** RFC 8305 (section 5) allows a shorter delay, but recommends not to use one. */
  static final long RECOMMENDED_MIN_DELAY = 100 * MILLI;

  private Values() {}

  /** Whether a setting may have this value. */
  static boolean isAllowed(Setting setting, String value) {
    return switch (setting) {
      case DELAY -> delay(value) != null;
      case FIRST_FAMILY_COUNT -> count(value, 0, 8) != null;
      case MAX_IN_FLIGHT -> count(value, 1, 64) != null;
      case ORDER -> value.equals("jdk") || value.equals("rfc6724");
      case HISTORY -> value.equals("on") || value.equals("off");
      case MESSAGES -> value.equals("full") || value.equals("jdk");
      case RESOLVE -> value.equals("jdk") || value.equals("fast");
      case NAT64 -> value.equals("auto") || value.equals("off");
      case UNRESOLVED -> value.equals("race") || value.equals("off");
      case MODE -> value.equals("race") || value.equals("observe") || value.equals("off");
      case SCOPE -> constant(RaceRule.Scope.class, value) != null;
      case LOG -> constant(Log.Level.class, value) != null;
      case ADOPTION -> constant(Settings.Adoption.class, value) != null;
      case NATIVE -> constant(Settings.Native.class, value) != null;
      case ENABLED -> value.equals("true") || value.equals("false");
      case HOST, EXCEPT -> HostPattern.parse(value) != null;
      case CONFIG -> !value.isEmpty();
      case LOG_FILE -> true;
    };
  }

  /** The rule that these values, which must be allowed ones, make. */
  static RaceRule rule(Map<Setting, String> values) {
    return new RaceRule(
        delay(get(values, Setting.DELAY)),
        count(get(values, Setting.FIRST_FAMILY_COUNT), 0, 8),
        count(get(values, Setting.MAX_IN_FLIGHT), 1, 64),
        !get(values, Setting.MODE).equals("off"),
        get(values, Setting.MODE).equals("observe"),
        get(values, Setting.UNRESOLVED).equals("race"),
        get(values, Setting.ORDER).equals("rfc6724"),
        get(values, Setting.HISTORY).equals("on"),
        constant(RaceRule.Scope.class, get(values, Setting.SCOPE)));
  }

  static String get(Map<Setting, String> values, Setting setting) {
    return values.getOrDefault(setting, setting.defaultValue());
  }

  /** The nanoseconds of {@code 250ms}, {@code 1s} or {@code off}. */
  static Long delay(String value) {
    if (value.equals("off")) {
      return RaceRule.DELAY_OFF;
    }
    boolean millis = value.endsWith("ms");
    if (!millis && !value.endsWith("s")) {
      return null;
    }
    Long number = number(value.substring(0, value.length() - (millis ? 2 : 1)));
    if (number == null) {
      return null;
    }
    long nanos = number * (millis ? MILLI : 1000 * MILLI);
    return nanos >= MIN_DELAY && nanos <= MAX_DELAY ? nanos : null;
  }

  /** A hint for people at what may be wrong with a value that is not allowed; empty if unknown. */
  static String hint(Setting setting, String value) {
    if (setting == Setting.DELAY && number(value) != null) {
      if (delay(value + "ms") != null) {
        return " (the unit is missing: " + value + "ms?)";
      } else if (delay(value + "s") != null) {
        return " (the unit is missing: " + value + "s?)";
      }
    }
    return "";
  }

  private static Integer count(String value, int min, int max) {
    Long number = number(value);
    return number != null && number >= min && number <= max ? number.intValue() : null;
  }

  private static Long number(String digits) {
    if (digits.isEmpty() || digits.length() > 6) {
      return null;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return null;
      }
    }
    return Long.valueOf(digits);
  }

  static <E extends Enum<E>> E constant(Class<E> type, String value) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(value)) {
        return constant;
      }
    }
    return null;
  }
}
