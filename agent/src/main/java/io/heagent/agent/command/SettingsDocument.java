package io.heagent.agent.command;

import io.heagent.agent.config.Setting;

/** All settings as {@code docs/settings.md} has them; {@code java -jar he-agent.jar settings}. */
public final class SettingsDocument {

  private SettingsDocument() {}

  public static String text() {
    StringBuilder text = new StringBuilder();
    text.append("# Settings\n\n")
        .append("Printed by `java -jar he-agent.jar settings`. The same name is an argument\n")
        .append(
            "(`-javaagent:he-agent.jar=delay=100ms,...`), a line of the `config=` file, a system\n")
        .append(
            "property and an environment variable; the property counts before the variable, then\n")
        .append(
            "come arguments, file and default. [README](../README.md#settings) says how they go\n")
        .append("together.\n\n")
        .append(
            "| argument | property | variable | default | allowed | while running | what | why |\n")
        .append("| --- | --- | --- | --- | --- | --- | --- | --- |\n");
    for (Setting setting : Setting.values()) {
      text.append("| `")
          .append(setting.text())
          .append("` | `")
          .append(setting.property())
          .append("` | `")
          .append(setting.environment())
          .append("` | ")
          .append(setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`")
          .append(" | ")
          .append(setting.allowed())
          .append(" | ")
          .append(setting.isChangeable() ? "can change" : "fixed")
          .append(" | ")
          .append(setting.meaning())
          .append(" | ")
          .append(why(setting))
          .append(" |\n");
    }
    return text.toString();
  }

  /** Why one would set it, or why the default is what it is. */
  private static String why(Setting setting) {
    return switch (setting) {
      case DELAY -> "250 ms is RFC 8305's; shorter finds a sibling sooner, and dials more of them";
      case FIRST_FAMILY_COUNT -> "1 alternates the families at once, as RFC 8305 does";
      case ORDER -> "the address that the program chose goes first, unless you ask for RFC 6724's";
      case HISTORY -> "off for programs whose every connect must begin with the requested address";
      case MAX_IN_FLIGHT -> "6 is curl's; black holes never keep later addresses from their turn";
      case MODE -> "observe shows what racing would bring before anything is changed";
      case UNRESOLVED -> "off for programs that rely on the JDK's refusal of unresolved addresses";
      case SCOPE ->
          "strict for services that fetch URLs of strangers; any where all names are trusted";
      case LOG -> "a healthy program prints nothing; debug names each race and each reason";
      case LOG_FILE -> "for programs whose stderr nobody keeps";
      case ADOPTION -> "redial where a second handshake is better than dup2";
      case MESSAGES -> "jdk where exceptions must not name addresses";
      case RESOLVE -> "fast where one family's DNS answers are late or lost";
      case NAT64 -> "off where IPv4 must not be reached through a translator";
      case NATIVE -> "jdk or off for trouble with Netty's epoll transport";
      case ENABLED -> "the kill switch of whoever operates the program";
      case HOST -> "to begin with a few hosts, or to give some a delay of their own";
      case EXCEPT -> "for names whose addresses are different servers, chosen on purpose";
      case CONFIG -> "for many hosts, or for changes while the program runs";
    };
  }
}
