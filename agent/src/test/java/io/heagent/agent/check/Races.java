package io.heagent.agent.check;

import io.heagent.agent.check.result.CheckedRace;
import io.heagent.agent.check.result.CheckedRace.End;
import io.heagent.agent.check.result.PlainConnect;
import io.heagent.agent.check.result.Target;
import io.heagent.agent.check.result.TargetReport;
import io.heagent.engine.core.Outcome;
import io.heagent.engine.resolve.Question;
import java.util.List;

/** Races of all kinds, as the engine would tell them. */
final class Races {
  static final Target WWW = new Target("www.test", 443);

  private Races() {}

  /** The first address is dead, the second good, the third has had no turn. */
  static CheckedRace deadFirst() {
    return new EventTape()
        .source("192.0.2.1", "198.51.100.7")
        .source("192.0.2.2", "198.51.100.7")
        .at(200)
        .asked()
        .at(3_300)
        .answered("192.0.2.1", "192.0.2.2", "192.0.2.3")
        .at(3_500)
        .started(0, "192.0.2.1")
        .at(253_500)
        .started(1, "192.0.2.2")
        .at(255_900)
        .lost(0, "192.0.2.1", Outcome.LOST)
        .won(1, "192.0.2.2")
        .at(256_000)
        .finished()
        .race(End.CONNECTED, null)
        .with(
            new PlainConnect(
                EventTape.address("192.0.2.1"),
                PlainConnect.End.SILENT,
                5_006_300_000L,
                true,
                "no answer"));
  }

  /** The first address, of the other family, refuses. */
  static CheckedRace refusedFirst() {
    return new EventTape()
        .source("2001:db8:85a3::8a2e:370:7334", "2001:db8:85a3::1")
        .source("192.0.2.2", "198.51.100.7")
        .asked()
        .at(12_000)
        .answered("2001:db8:85a3::8a2e:370:7334", "192.0.2.2")
        .started(0, "2001:db8:85a3::8a2e:370:7334")
        .at(20_000)
        .refused(0, "2001:db8:85a3::8a2e:370:7334")
        .started(1, "192.0.2.2")
        .at(30_000)
        .won(1, "192.0.2.2")
        .finished()
        .race(End.CONNECTED, null)
        .with(
            new PlainConnect(
                EventTape.address("2001:db8:85a3::8a2e:370:7334"),
                PlainConnect.End.FAILED,
                20_000_000L,
                false,
                "refused"));
  }

  /** The first address answers. */
  static CheckedRace good() {
    return new EventTape()
        .source("192.0.2.1", "198.51.100.7")
        .asked()
        .at(1_000)
        .answered("192.0.2.1")
        .started(0, "192.0.2.1")
        .at(1_400)
        .won(0, "192.0.2.1")
        .finished()
        .race(End.CONNECTED, null)
        .with(
            new PlainConnect(
                EventTape.address("192.0.2.1"),
                PlainConnect.End.CONNECTED,
                1_400_000L,
                false,
                "connected"));
  }

  /** No address answers, one has no route to it. */
  static CheckedRace allDead() {
    return new EventTape()
        .source("192.0.2.1", "198.51.100.7")
        .asked()
        .at(1_000)
        .answered("192.0.2.1", "192.0.2.2")
        .started(0, "192.0.2.1")
        .at(251_000)
        .started(1, "192.0.2.2")
        .at(1_000_000)
        .lost(0, "192.0.2.1", Outcome.TIMED_OUT)
        .lost(1, "192.0.2.2", Outcome.TIMED_OUT)
        .finished()
        .race(End.TIMED_OUT, "Connect timed out: www.test:443")
        .with(
            new PlainConnect(
                EventTape.address("192.0.2.1"),
                PlainConnect.End.SILENT,
                1_000_000_000L,
                false,
                "no answer"));
  }

  /** Each family is looked up apart, and the race does not wait for the answer for IPv6. */
  static CheckedRace lateIpv6() {
    return new EventTape()
        .source("192.0.2.1", "198.51.100.7")
        .at(300)
        .askedApart()
        .at(12_000)
        .answered(Question.IPV4, "192.0.2.1")
        .at(62_000)
        .started(0, "192.0.2.1")
        .at(64_000)
        .won(0, "192.0.2.1")
        .finished()
        .at(2_504_000)
        .answered(Question.IPV6, "2001:db8::2")
        .race(End.CONNECTED, null)
        .with(
            new PlainConnect(
                EventTape.address("192.0.2.1"),
                PlainConnect.End.CONNECTED,
                2_506_000_000L,
                false,
                "connected"));
  }

  static CheckedRace unknown() {
    return new EventTape()
        .asked()
        .at(8_000)
        .unanswered()
        .finished()
        .race(End.NO_ADDRESS, "www.test: Name or service not known");
  }

  static TargetReport report(CheckedRace... rounds) {
    TargetReport.Conditions conditions =
        new TargetReport.Conditions(250_000_000L, "jdk", "auto", "any", "jdk", 5_000_000_000L);
    return new TargetReport(WWW, conditions, null, List.of(rounds));
  }
}
