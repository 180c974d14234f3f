package io.heagent.agent.config;

import io.heagent.agent.config.rule.HostPattern;
import java.util.Locale;

/** All settings, each with its name, default, allowed values and meaning. */
public enum Setting {
  DELAY("250ms", "10ms to 2s, or off", "wait this long for an address before the next one joins"),
  FIRST_FAMILY_COUNT(
      "1", "0 to 8", "addresses of the first family before the other's; 0: as given"),
  ORDER("jdk", "jdk or rfc6724", "whose order of addresses to start from"),
  HISTORY("on", "on or off", "remember which addresses answer, and begin with those", "on", "off"),
  MAX_IN_FLIGHT("6", "1 to 64", "attempts at a time; beyond it the oldest is dropped"),
  MODE(
      "race",
      "race, observe or off",
      "observe: only note what racing would bring; off: leave these connects alone",
      "race",
      "off"),
  UNRESOLVED(
      "race", "race or off", "off: unresolved addresses fail as they do in the JDK", "race", "off"),
  SCOPE(
      "auto",
      "auto, any or strict",
      "siblings more private than the address given: auto: for names of the site's own only"),
  LOG("warn", "off, warn, info or debug", "what is printed on stderr", null, "off"),
  LOG_FILE(
      "",
      "a path; %p is the process; empty: stderr",
      "lines are appended to this file, not to stderr"),
  ADOPTION("auto", "auto, dup or redial", "how a winner becomes the program's connection"),
  MESSAGES("full", "full or jdk", "jdk: exceptions name neither host nor addresses"),
  RESOLVE("jdk", "jdk or fast", "fast: no look-up waits for the family that is late"),
  NAT64(
      "auto", "auto or off", "auto: reach IPv4 addresses from an IPv6-only network", "auto", "off"),
  NATIVE(
      "race",
      "race, jdk or off",
      "Netty's native transports: raced, sent through NIO, or left alone",
      "race",
      "off"),
  ENABLED("true", "true or false", "the kill switch: false anywhere wins", "true", "false"),
  HOST("*", HostPattern.ALLOWED, "race only these; settings after it belong to it"),
  EXCEPT("", HostPattern.ALLOWED, "never race these"),
  CONFIG("", "a file of at most 64 KiB", "settings, one a line, # begins a comment");

  private final String defaultValue;
  private final String allowed;
  private final String meaning;
  private final String yes;
  private final String no;

  Setting(String defaultValue, String allowed, String meaning) {
    this(defaultValue, allowed, meaning, null, null);
  }

  Setting(String defaultValue, String allowed, String meaning, String yes, String no) {
    this.defaultValue = defaultValue;
    this.allowed = allowed;
    this.meaning = meaning;
    this.yes = yes;
    this.no = no;
  }

  /** The name in arguments and files, such as {@code max-in-flight}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The system property, such as {@code heagent.max-in-flight}. */
  public String property() {
    return "heagent." + text();
  }

  /** The environment variable, such as {@code HEAGENT_MAX_IN_FLIGHT}. */
  public String environment() {
    return "HEAGENT_" + name();
  }

  public String defaultValue() {
    return defaultValue;
  }

  public String allowed() {
    return allowed;
  }

  public String meaning() {
    return meaning;
  }

  /** Whether the setting may have this value, spelt as in {@link #allowed}. */
  public boolean allows(String value) {
    return Values.isAllowed(this, value);
  }

  /** The value that a word for yes means; null if there is none. */
  String yes() {
    return yes;
  }

  /** The value that a word for no means; null if there is none. */
  String no() {
    return no;
  }

  /**
   * Whether a misspelt name of this setting must not be ignored, because then connects could be
   * raced that the user meant to leave alone. A misspelt name is taken for such a setting if it
   * resembles it.
   */
  boolean isProtective() {
    return this == HOST || this == EXCEPT || this == ENABLED || this == MODE;
  }

  /**
   * Whether the setting can change while the program runs. The others decide what is woven, or are
   * built into objects that live as long as the program.
   */
  public boolean isChangeable() {
    return switch (this) {
      case ADOPTION, RESOLVE, NAT64, NATIVE, CONFIG -> false;
      default -> true;
    };
  }

  /** Whether the setting may follow a {@code host=}. */
  boolean isPerHost() {
    return compareTo(LOG) < 0;
  }

  public static Setting of(String text) {
    for (Setting setting : values()) {
      if (setting.text().equals(text)) {
        return setting;
      }
    }
    return null;
  }
}
