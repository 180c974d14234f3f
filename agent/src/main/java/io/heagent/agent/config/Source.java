package io.heagent.agent.config;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The settings that one place (arguments, file, properties, environment) gives, in the manner of
 * ssh_config: what stands before the first {@code host=} is global, what stands after one is its
 * own.
 */
final class Source {

  /** A block as written; a null pattern (a mistake) matches nothing. */
  record Block(HostPattern pattern, Map<Setting, String> values) {}

  /** Something that could not be taken. The setting is null where there is none of that name. */
  record Mistake(Setting setting, String text) {}

  private static final int MAX_VALUE = 80;
  private static final int MAX_PATH = 200;

  /** For people; of a file its path. */
  final String name;

  final Map<Setting, String> global = new EnumMap<>(Setting.class);
  final List<Block> blocks = new ArrayList<>();
  final List<HostPattern> exceptions = new ArrayList<>();
  final List<Mistake> mistakes = new ArrayList<>();

  Source(String name) {
    this.name = shown(name, MAX_PATH);
  }

  /** Takes {@code name=value}; white space around either is dropped, nothing is nothing. */
  void add(String item) {
    String text = item.strip();
    if (text.isEmpty()) {
      return;
    }
    int equals = text.indexOf('=');
    if (equals < 0) {
      mistake(null, text, "is not of the form name=value; it is ignored");
      return;
    }
    String key = text.substring(0, equals).strip();
    Setting setting = Setting.of(key);
    if (setting == null) {
      mistake(
          null,
          text,
          "there is no setting \"" + shown(key) + "\", only " + names() + "; it is ignored");
    } else {
      add(setting, text.substring(equals + 1).strip());
    }
  }

  /** Takes a value. */
  void add(Setting setting, String value) {
    boolean allowed = Values.isAllowed(setting, value);
    if (setting == Setting.HOST) {
      blocks.add(
          new Block(allowed ? HostPattern.parse(value) : null, new EnumMap<>(Setting.class)));
    }
    if (!allowed) {
      refuse(setting, value);
    } else if (setting == Setting.EXCEPT) {
      exceptions.add(HostPattern.parse(value));
    } else if (setting != Setting.HOST) {
      Map<Setting, String> into =
          blocks.isEmpty() || !setting.isPerHost()
              ? global
              : blocks.get(blocks.size() - 1).values();
      // First match wins: a later word on the same thing changes nothing.
      into.putIfAbsent(setting, value);
    }
  }

  private void refuse(Setting setting, String value) {
    String text = setting.text() + "=" + value;
    String why = "is not allowed: " + setting.allowed();
    switch (setting) {
      case HOST -> mistake(null, text, why + "; it and the settings after it match no host");
      case EXCEPT, CONFIG -> mistake(null, text, why + "; it is ignored");
      default -> mistake(setting, text, why);
    }
  }

  void mistake(Setting setting, String what, String why) {
    mistakes.add(new Mistake(setting, shown(what) + " (" + name + ") " + why));
  }

  /** The file whose name this is cannot be had. */
  void noFile(String why) {
    String text = "config=" + name + " " + shown(why, MAX_PATH);
    mistakes.add(new Mistake(null, text + "; the settings in it are not applied"));
  }

  private static String names() {
    List<String> names = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      names.add(setting.text());
    }
    return String.join(", ", names);
  }

  /** One line, of a length that a person reads, whatever was given. */
  private static String shown(String text) {
    return shown(text, MAX_VALUE);
  }

  private static String shown(String text, int max) {
    String line = text.length() > max ? text.substring(0, max) + "..." : text;
    StringBuilder printable = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      printable.append(Character.isISOControl(c) ? '?' : c);
    }
    return printable.toString();
  }
}
