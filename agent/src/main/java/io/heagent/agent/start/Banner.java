package io.heagent.agent.start;

import io.heagent.agent.config.RaceRule;
import io.heagent.agent.config.Settings;

/** The one line at {@code log=info}. */
final class Banner {

  private Banner() {}

  static String text(String how, Settings settings, boolean redial, long millis) {
    RaceRule rule = settings.global();
    String delay =
        rule.delayNanos() == RaceRule.DELAY_OFF ? "off" : rule.delayNanos() / 1_000_000L + "ms";
    String hosts =
        settings.blocks().isEmpty()
            ? rule.race() ? "all hosts" : "no hosts (mode=off)"
            : settings.blocks().size() + " host pattern(s)";
    return Version.text()
        + " ("
        + how
        + ", "
        + millis
        + " ms): racing "
        + hosts
        + ", delay="
        + delay
        + ", adoption="
        + (redial ? "redial" : "dup")
        + ", "
        + System.getProperty("java.vm.name")
        + " "
        + System.getProperty("java.vm.version");
  }
}
