package io.heagent.agent.config;

import io.heagent.agent.config.rule.HostPattern;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of one place (arguments, file, properties, environment), by the rules of ssh_config:
 * a setting before the first {@code host=} is global, a setting after a {@code host=} belongs to
 * that host.
 *
 * <p>If something cannot be read, the connects that it may have meant to leave alone are left
 * alone: an unreadable {@code host=} matches nothing, an unreadable {@code except=} matches
 * everything, and a word that a comma has separated from either belongs to it.
 */
final class Source {

  /** The kind of place. */
  enum Kind {
    /** Agent arguments: settings on one line, separated by commas. */
    ARGUMENTS,
    /** The lines of a file. */
    FILE,
    /** System properties and environment variables, with one setting each. */
    NAMED
  }

  /** A block as it was written; {@link HostPattern#NONE} takes the place of an invalid pattern. */
  record Block(List<HostPattern> patterns, Map<Setting, String> values) {}

  /**
   * A part that could not be accepted.
   *
   * @param setting the setting whose value applies as if this part were not there; null for none
   * @param wrong the part, and what is wrong with it
   * @param consequence what the start makes of it; null if that is the value of the setting
   * @param hint what may be meant; it begins with a space, or is empty
   */
  record Mistake(Setting setting, String wrong, String consequence, String hint) {

    /** What is wrong, and what the start makes of it. */
    String text() {
      return consequence == null ? wrong : wrong + "; " + consequence;
    }

    /** What is wrong, for a command or a file that changes nothing if anything in it is wrong. */
    String withoutConsequence() {
      return wrong + hint;
    }
  }

  private static final String IGNORED = "it is ignored";
  private static final String DISABLED = "it is taken for enabled=false";
  private static final String ONE_BY_ONE = "they are taken one by one";
  private static final String NO_FORM = "is not of the form name=value";

  private static final int MAX_VALUE = 80;
  private static final int MAX_PATH = 200;

  /** The name of the place for people; the path of a file. */
  final String name;

  final Map<Setting, String> global = new EnumMap<>(Setting.class);
  final List<Block> blocks = new ArrayList<>();
  final List<HostPattern> exceptions = new ArrayList<>();
  final List<Mistake> mistakes = new ArrayList<>();

  private final Kind kind;

  /** The setting to which a word without a name belongs: HOST, EXCEPT or null. */
  private Setting list;

  Source(String name, Kind kind) {
    this.name = shown(name, MAX_PATH);
    this.kind = kind;
  }

  /** Accepts {@code name=value}; white space and quotes around either are removed. */
  void add(String item) {
    String text = Words.bare(item);
    int cut = Items.nextCut(text, 0);
    if (cut >= 0) {
      String how = kind == Kind.FILE ? "each has a line of its own" : "they are divided by commas";
      mistake(text, "holds several settings: " + how, ONE_BY_ONE);
    }
    int begin = 0;
    while (cut >= 0) {
      addOne(Words.bare(text.substring(begin, cut)));
      begin = cut + 1;
      cut = Items.nextCut(text, begin);
    }
    addOne(Words.bare(text.substring(begin)));
  }

  private void addOne(String text) {
    int end = Items.endOfName(text);
    if (text.isEmpty()) {
      return;
    } else if (end < 0) {
      addWord(text);
      return;
    }
    String key = Words.bare(text.substring(0, end));
    String value = Words.bare(text.substring(end + 1));
    Setting setting = Setting.of(Words.lower(key));
    if (setting != null) {
      add(setting, value);
      return;
    }
    Setting near = Spelling.nearest(key);
    String known = near != null && near.isProtective() ? "" : ", only " + names();
    String none = "is not allowed: there is no setting \"" + shown(key) + "\"" + known;
    unknown(text, none, near, text(near), value);
  }

  private static String text(Setting setting) {
    return setting == null ? null : setting.text();
  }

  /** Reports a property or variable whose name is not that of a setting. */
  void addUnknown(String key, String value, boolean isVariable) {
    Setting near = Spelling.nearest(key);
    String meant = near == null ? null : isVariable ? near.environment() : near.property();
    unknown(key, "is not known", near, meant, value);
  }

  private void unknown(String text, String what, Setting near, String meant, String value) {
    String hint = near == null ? "" : " (did you mean " + meant + "?)";
    if (Spelling.isDisabled(key(text)) && !Words.isNo(Words.bare(value))) {
      mistake(text, what, DISABLED, " (did you mean enabled=false?)");
      global.put(Setting.ENABLED, "false");
    } else if (near != null && near.isProtective()) {
      mistake(text, what, "it is taken for " + meant + ", so that no more is raced", hint);
      add(near, Words.bare(value));
    } else {
      mistake(text, what, IGNORED + hint, hint);
    }
  }

  private static String key(String text) {
    int end = Items.endOfName(text);
    return end < 0 ? text : text.substring(0, end);
  }

  /** Accepts a word without a name. */
  private void addWord(String text) {
    if (list != null) {
      String again = list.text() + "=";
      String how = "repeat " + again + " for each, or put ; between the patterns";
      mistake(
          text,
          "belongs to no setting",
          "it is taken for " + again + shown(text) + ": " + how,
          " (" + how + ")");
      patterns(list, text, list == Setting.HOST);
    } else if (Words.isHelp(text)) {
      String all = "\"java -jar he-agent.jar\" prints all settings";
      mistake(text, "is no setting", IGNORED + "; " + all, "; " + all);
    } else if (text.length() > 1 && Words.isNo(text)) {
      mistake(text, NO_FORM, DISABLED);
      global.put(Setting.ENABLED, "false");
    } else {
      mistake(text, NO_FORM, IGNORED);
    }
  }

  private void add(Setting setting, String given) {
    if (setting == Setting.HOST || setting == Setting.EXCEPT) {
      list = setting;
      patterns(setting, given, false);
      return;
    }
    // A word after another setting does not continue a list of hosts, but may continue a list of
    // exceptions.
    list = list == Setting.EXCEPT ? list : null;
    String value = Words.plain(setting, given);
    if (setting == Setting.CONFIG && kind == Kind.FILE) {
      mistake(setting.text() + "=" + given, "cannot stand in a file", IGNORED);
    } else if (!Values.isAllowed(setting, value)) {
      int cut = setting == Setting.CONFIG ? -1 : Items.firstSeparator(given);
      if (cut < 0) {
        refuse(setting, given, value);
      } else {
        // The rest of the text is read too, because it may keep a host from being raced.
        mistake(setting.text() + "=" + given, "holds several", ONE_BY_ONE);
        add(setting, Words.bare(given.substring(0, cut)));
        addOne(Words.bare(given.substring(cut + 1)));
      }
    } else {
      put(setting, value);
    }
  }

  private void put(Setting setting, String value) {
    Map<Setting, String> into =
        blocks.isEmpty() || !setting.isPerHost() ? global : blocks.get(blocks.size() - 1).values();
    // The first value applies, as with hosts; but enabled=false applies in any case.
    String before = into.putIfAbsent(setting, value);
    if (setting == Setting.ENABLED && value.equals("false")) {
      into.put(setting, value);
    } else if (before != null && !before.equals(value)) {
      String first = setting.text() + "=" + shown(before);
      mistake(setting.text() + "=" + value, "is said a second time", first + " applies");
    }
  }

  private void refuse(Setting setting, String given, String value) {
    String text = setting.text() + "=" + given;
    String why = "is not allowed: " + setting.allowed() + Values.hint(setting, value);
    if (setting == Setting.CONFIG) {
      mistake(text, why, IGNORED);
    } else if (setting == Setting.ENABLED) {
      // A user who sets this to an unknown value more probably wants to switch the agent off.
      mistake(text, why, "enabled=false applies");
      global.put(setting, "false");
    } else if (setting == Setting.MODE || setting == Setting.SCOPE) {
      // A user who sets this to an unknown value more probably wants less than the default.
      String least = setting == Setting.MODE ? "off" : "strict";
      mistake(text, why, setting.text() + "=" + least + " applies");
      put(setting, least);
    } else {
      mistakes.add(new Mistake(setting, wrong(text, why), null, ""));
    }
  }

  /**
   * Accepts one or more patterns.
   *
   * @param more whether they belong to the previous block
   */
  private void patterns(Setting setting, String value, boolean more) {
    List<HostPattern> read = new ArrayList<>();
    List<String> parts = Items.patterns(value);
    for (String part : parts) {
      HostPattern pattern = HostPattern.parse(part);
      if (pattern == null) {
        refusePattern(setting, part);
        pattern = setting == Setting.HOST ? HostPattern.NONE : HostPattern.ALL;
      }
      read.add(pattern);
    }
    if (parts.isEmpty()) {
      refusePattern(setting, "");
    }
    if (setting == Setting.HOST && value.indexOf('!') >= 0) {
      // Other programs write "not these hosts" with an exclamation mark.
      exceptions.add(HostPattern.ALL);
    }
    if (setting == Setting.EXCEPT) {
      exceptions.addAll(read);
    } else if (more) {
      blocks.get(blocks.size() - 1).patterns().addAll(read);
    } else {
      if (read.isEmpty()) {
        read.add(HostPattern.NONE);
      }
      blocks.add(new Block(read, new EnumMap<>(Setting.class)));
    }
  }

  private void refusePattern(Setting setting, String part) {
    String now = "what it was to leave alone is unknown, so no host is raced";
    if (setting == Setting.HOST && part.indexOf('!') < 0) {
      now = "it and the settings after it match no host";
    } else if (setting != Setting.HOST && part.isEmpty()) {
      now = IGNORED;
    }
    mistake(setting.text() + "=" + part, "is not allowed: " + setting.allowed(), now);
  }

  private void mistake(String what, String why, String consequence) {
    mistake(what, why, consequence, "");
  }

  private void mistake(String what, String why, String consequence, String hint) {
    mistakes.add(new Mistake(null, wrong(what, why), consequence, hint));
  }

  private String wrong(String what, String why) {
    return shown(what) + " (" + name + ") " + why;
  }

  /** Reports that the file of this name cannot be read. */
  void noFile(String why) {
    String text = "config=" + name + " " + shown(why, MAX_PATH);
    mistakes.add(new Mistake(null, text, "the settings in it are not applied", ""));
  }

  private static String names() {
    StringBuilder names = new StringBuilder();
    for (Setting setting : Setting.values()) {
      names.append(names.length() == 0 ? "" : ", ").append(setting.text());
    }
    return names.toString();
  }

  /** Makes one line of a text, short enough to read. */
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
