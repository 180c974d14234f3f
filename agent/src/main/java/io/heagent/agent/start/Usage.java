package io.heagent.agent.start;

import io.heagent.agent.config.Setting;

/** The text that {@code java -jar he-agent.jar} prints. */
final class Usage {

  private Usage() {}

  static String text() {
    StringBuilder text = new StringBuilder();
    text.append("he-agent ")
        .append(Version.text())
        .append(": Happy Eyeballs (RFC 8305) for unmodified JVM programs\n\n")
        .append("usage: java -javaagent:he-agent.jar[=SETTING=VALUE,...] ...\n")
        .append(
            "       java -jar he-agent.jar check HOST[:PORT]...    shows a race: check --help\n")
        .append("       java -jar he-agent.jar settings                all settings, as a table\n")
        .append("       java -jar he-agent.jar prepare [DIR]           for this JDK, see below\n")
        .append("       java -jar he-agent.jar list                    which JVMs have the agent\n")
        .append("       java -jar he-agent.jar attach PID [SETTING=VALUE,...]\n")
        .append("       java -jar he-agent.jar status PID              what it obeys and does\n")
        .append("       java -jar he-agent.jar set PID SETTING=VALUE...\n")
        .append("       java -jar he-agent.jar detach PID\n\n")
        .append("  -javaagent:he-agent.jar                                    every host\n")
        .append("  -javaagent:he-agent.jar=delay=100ms,except=*.internal      all but these\n")
        .append("  -javaagent:he-agent.jar=host=db.example.com:5432,host=*.example.org\n\n")
        .append(row("setting", "default", "meaning and allowed values"));
    for (Setting setting : Setting.values()) {
      String value = setting.defaultValue().isEmpty() ? "-" : setting.defaultValue();
      text.append(row(setting.text(), value, setting.meaning() + " (" + setting.allowed() + ")"));
    }
    return text.append('\n')
        .append(
            "prepare makes starts on this JDK quick where the jar does not know it: it writes\n")
        .append("he-agent.patches into DIR (default: the jar's), which belongs beside the jar.\n\n")
        .append(
            "Settings before the first host= hold for all hosts, settings after one for it; the\n")
        .append(
            "first host= that matches counts, except= always wins. Several patterns in one value\n")
        .append(
            "have ; between them: except=*.internal;*.corp (a shell wants quotes around that).\n")
        .append("Each can be given as a system property (heagent.delay), environment variable\n")
        .append("(HEAGENT_DELAY), argument or line of the config file; the first of these wins.\n")
        .append("heagent.enabled=false (or no, off, 0), in any of them, switches all off.")
        .toString();
  }

  private static String row(String name, String value, String meaning) {
    return "  " + pad(name, 20) + pad(value, 10) + meaning + "\n";
  }

  private static String pad(String text, int width) {
    return text.length() >= width ? text + " " : text + " ".repeat(width - text.length());
  }
}
