package io.heagent.agent.start;

import io.heagent.agent.config.Settings;
import io.heagent.agent.config.rule.HostPattern;
import io.heagent.agent.config.rule.RaceRule;

/** The one line that the agent logs at start at {@code log=info}. */
final class Banner {

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
        + (rule.race() && rule.observe() ? "observing " : "racing ")
        + hosts(settings)
        + ", delay="
        + delay
        + ", adoption="
        + (redial ? "redial" : "dup")
        + (ahead ? ", woven ahead, " : ", woven at start, ")
        + System.getProperty("java.vm.name")
        + " "
        + System.getProperty("java.vm.version");
  }

  private static String hosts(Settings settings) {
    String but = "";
    for (HostPattern exception : settings.exceptions()) {
      if (exception.matchesAll()) {
        return "no hosts (except)";
      }
      but = " but " + settings.exceptions().size() + " except= pattern(s)";
    }
    if (settings.blocks().isEmpty()) {
      return settings.global().race() ? "all hosts" + but : "no hosts (mode=off)";
    }
    return settings.blocks().size() + " host pattern(s)" + but;
  }
}
