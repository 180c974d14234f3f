package io.heagent.agent.check;

import io.heagent.agent.check.result.CheckedRace;
import io.heagent.agent.check.result.LeftOut;
import io.heagent.agent.check.result.NotRaced;
import io.heagent.agent.check.result.NotRaced.Reason;
import io.heagent.agent.check.result.Target;
import io.heagent.agent.check.result.TargetReport.Conditions;
import io.heagent.agent.config.Settings;
import io.heagent.agent.config.SettingsReader;
import io.heagent.agent.config.rule.RaceRule;
import io.heagent.engine.address.Literals;
import java.util.Map;
import java.util.Properties;

/**
 * Decides how a target is raced: by the settings of this process, unless an option of the command
 * overrides them. It also tells whether the agent would race the connect; a check always races it,
 * to show what a race would bring.
 */
final class CheckRules {

  private static final String FAST = "fast";

  private final CheckOptions options;
  private final Settings settings;

  CheckRules(CheckOptions options, Settings settings) {
    this.options = options;
    this.settings = settings;
  }

  /** The rule for a target. */
  RaceRule rule(Target target) {
    RaceRule raced = settings.ruleFor(target.host(), target.port());
    RaceRule rule = raced == null ? settings.global() : raced;
    RaceRule given = optionsAsRule();
    return new RaceRule(
        options.delay() == null ? rule.delayNanos() : given.delayNanos(),
        rule.firstFamilyCount(),
        rule.maxInFlight(),
        rule.race(),
        rule.observe(),
        rule.unresolved(),
        options.order() == null ? rule.rfc6724() : given.rfc6724(),
        rule.history(),
        rule.scope());
  }

  /** Whether the families are looked up apart, and a late one is not waited for. */
  boolean isFast() {
    return options.resolve() == null ? settings.fastResolve() : options.resolve().equals(FAST);
  }

  /** The options, read by the grammar of the settings. */
  private RaceRule optionsAsRule() {
    String arguments =
        (options.delay() == null ? "" : "delay=" + options.delay() + ",")
            + (options.order() == null ? "" : "order=" + options.order());
    return new SettingsReader(new Properties(), Map.of()).read(arguments).settings().global();
  }

  /** The rule in words, for people. */
  Conditions conditions(RaceRule rule) {
    return new Conditions(
        rule.delayNanos(),
        rule.rfc6724() ? "rfc6724" : "jdk",
        rule.scope().text(),
        options.family(),
        isFast() ? FAST : "jdk",
        options.timeoutNanos());
  }

  /**
   * Why the agent would leave such a connect alone. If several reasons hold, it is the one that the
   * agent gives, because the tests come in its order.
   *
   * @return null if the agent would race it
   */
  NotRaced notRaced(Target target, CheckedRace race) {
    long eligible = race.addresses().size();
    for (LeftOut one : race.leftOut()) {
      eligible -= one.reason() == LeftOut.Reason.TURN ? 0 : 1;
    }
    RaceRule raced = settings.ruleFor(target.host(), target.port());
    if (Literals.isLiteral(target.host())) {
      return new NotRaced(Reason.LITERAL, "a literal means this address and no other");
    } else if (!settings.enabled()) {
      return new NotRaced(Reason.RULE, "enabled=false");
    } else if (raced == null) {
      return new NotRaced(Reason.RULE, "mode=off, except= or host= says so");
    } else if (eligible == 1) {
      return new NotRaced(Reason.SINGLE, "there is no other address to try");
    } else if (raced.observe()) {
      return new NotRaced(Reason.OBSERVE, "mode=observe notes what becomes of it, and no more");
    }
    return null;
  }
}
