package io.heagent.agent.start;

import io.heagent.agent.config.Settings;
import io.heagent.agent.config.rule.HostPattern;
import io.heagent.agent.config.rule.RaceRule;

/** The one line that the agent logs at start at {@code log=info}. */
final class Banner {

  private static final String NOTHING = "racing no hosts (mode=off)";

  private Banner() {}

  /**
   * Makes the line.
   *
   * @param ahead whether the hooks come from patches; if not, Byte Buddy has woven them during the
   *     start
   */
  static String text(String how, Settings settings, boolean redial, boolean ahead, long millis) {
    RaceRule rule = settings.global();
    String delay =
        rule.delayNanos() == RaceRule.DELAY_OFF ? "off" : rule.delayNanos() / 1_000_000L + "ms";
    return Version.text()
        + " ("
        + how
        + ", "
        + millis
        + " ms): "
        + what(settings)
        + ", delay="
        + delay
        + ", adoption="
        + (redial ? "redial" : "dup")
        + (ahead ? ", woven ahead, " : ", woven at start, ")
        + System.getProperty("java.vm.name")
        + " "
        + System.getProperty("java.vm.version");
  }

  /** What is raced or observed. Hosts with {@code mode=off} are neither. */
  private static String what(Settings settings) {
    String but = "";
    for (HostPattern exception : settings.exceptions()) {
      if (exception.matchesAll()) {
        return "racing no hosts (except)";
      }
      but = " but " + settings.exceptions().size() + " except= pattern(s)";
    }
    if (settings.blocks().isEmpty()) {
      RaceRule rule = settings.global();
      String all = (rule.observe() ? "observing" : "racing") + " all hosts" + but;
      return rule.race() ? all : NOTHING;
    }
    int raced = 0;
    int observed = 0;
    for (Settings.HostBlock block : settings.blocks()) {
      RaceRule rule = block.rule();
      observed += rule.race() && rule.observe() ? 1 : 0;
      raced += rule.race() && !rule.observe() ? 1 : 0;
    }
    if (raced + observed == 0) {
      return NOTHING;
    }
    return (raced > 0 ? "racing " + raced : "")
        + (raced > 0 && observed > 0 ? " and " : "")
        + (observed > 0 ? "observing " + observed : "")
        + " host pattern(s)"
        + but;
  }
}
