package io.heagent.agent.check;

import io.heagent.agent.check.result.Target;
import io.heagent.agent.config.Setting;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments after {@code check} on the command line.
 *
 * @param targets at least one, except with {@code help}
 * @param delay a value of the setting of that name; null if not given
 * @param order a value of the setting of that name; null if not given
 * @param family 4, 6 or any
 * @param resolve a value of the setting of that name; null if not given
 * @param timeoutNanos the timeout of one race, which includes the look-up
 * @param repeat the number of rounds for each target
 * @param settings agent arguments; null for none
 * @param svg the file for the picture; null for none
 * @param json whether to print JSON instead of text
 * @param help whether only the usage is wanted
 */
record CheckOptions(
    List<Target> targets,
    String delay,
    String order,
    String family,
    String resolve,
    long timeoutNanos,
    int repeat,
    String settings,
    String svg,
    boolean json,
    boolean help) {

  static final String ANY_FAMILY = "any";

  private static final long MILLI = 1_000_000L;
  private static final long MOST_MILLIS = 600_000L;
  private static final long DEFAULT_TIMEOUT = 5_000 * MILLI;
  private static final int MOST_ROUNDS = 1_000;
  private static final int MOST_DIGITS = 6;

  /** Reads the arguments one after the other. */
  private static final class Reader {
    private final List<String> left;
    private final List<Target> targets = new ArrayList<>();
    private String delay;
    private String order;
    private String family = ANY_FAMILY;
    private String resolve;
    private long timeoutNanos = DEFAULT_TIMEOUT;
    private int repeat = 1;
    private String settings;
    private String svg;
    private boolean json;
    private boolean help;

    Reader(List<String> arguments) {
      left = new ArrayList<>(arguments);
    }

    CheckOptions read() {
      boolean onlyTargets = false;
      while (!left.isEmpty()) {
        String next = left.remove(0);
        if (onlyTargets || !next.startsWith("-")) {
          targets.add(Target.parse(next));
        } else if (next.equals("--")) {
          onlyTargets = true;
        } else {
          option(next);
        }
      }
      if (targets.isEmpty() && !help) {
        throw new IllegalArgumentException("no host is given");
      }
      return new CheckOptions(
          List.copyOf(targets),
          delay,
          order,
          family,
          resolve,
          timeoutNanos,
          repeat,
          settings,
          svg,
          json,
          help);
    }

    private void option(String given) {
      int equals = given.indexOf('=');
      String name = equals < 0 ? given : given.substring(0, equals);
      if (equals < 0 && (name.equals("--help") || name.equals("-h"))) {
        help = true;
      } else if (equals < 0 && name.equals("--json")) {
        json = true;
      } else if (CheckHelp.takesValue(name)) {
        if (equals < 0 && left.isEmpty()) {
          throw new IllegalArgumentException(name + ": a value is missing");
        }
        set(name, equals < 0 ? left.remove(0) : given.substring(equals + 1));
      } else {
        throw new IllegalArgumentException(given + ": there is no such option");
      }
    }

    private void set(String name, String value) {
      switch (name) {
        case "--delay" -> delay = allowed(name, Setting.DELAY, value);
        case "--order" -> order = allowed(name, Setting.ORDER, value);
        case "--family" -> family = family(value);
        case "--resolve" -> resolve = allowed(name, Setting.RESOLVE, value);
        case "--timeout" -> timeoutNanos = timeout(value);
        case "--repeat" -> repeat = repeat(value);
        case "--settings" -> settings = value;
        default -> svg = file(name, value);
      }
    }
  }

  /**
   * Reads the arguments after {@code check}.
   *
   * @throws IllegalArgumentException if an argument is wrong; the message is one line for people
   *     that names the argument, its value and what is allowed
   */
  static CheckOptions parse(List<String> arguments) {
    return new Reader(arguments).read();
  }

  private static String allowed(String name, Setting setting, String value) {
    if (!setting.allows(value)) {
      throw refused(name, value, setting.allowed());
    }
    return value;
  }

  private static String family(String value) {
    if (!List.of("4", "6", ANY_FAMILY).contains(value)) {
      throw refused("--family", value, "4, 6 or any");
    }
    return value;
  }

  private static long timeout(String value) {
    boolean millis = value.endsWith("ms");
    boolean unit = value.endsWith("s");
    long number = number(unit ? value.substring(0, value.length() - (millis ? 2 : 1)) : "");
    long all = millis ? number : number * 1_000L;
    if (all < 1 || all > MOST_MILLIS) {
      throw refused("--timeout", value, "1ms to 600s");
    }
    return all * MILLI;
  }

  private static int repeat(String value) {
    long number = number(value);
    if (number < 1 || number > MOST_ROUNDS) {
      throw refused("--repeat", value, "1 to " + MOST_ROUNDS);
    }
    return (int) number;
  }

  private static String file(String name, String value) {
    if (value.isEmpty()) {
      throw refused(name, value, "the name of a file");
    }
    return value;
  }

  /** A number of decimal digits; -1 for any other text. */
  private static long number(String digits) {
    boolean number =
        !digits.isEmpty()
            && digits.length() <= MOST_DIGITS
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? Long.parseLong(digits) : -1;
  }

  private static IllegalArgumentException refused(String name, String value, String allowed) {
    return new IllegalArgumentException(name + "=" + value + ": allowed is " + allowed);
  }
}
