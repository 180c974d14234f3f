package io.heagent.agent.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.check.render.Style;
import io.heagent.agent.check.render.TextTimeline;
import io.heagent.agent.check.result.CheckedRace;
import io.heagent.agent.check.result.LeftOut;
import io.heagent.agent.check.result.NotRaced;
import io.heagent.agent.check.result.PlainConnect;
import io.heagent.engine.resolve.Question;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The text of a check, letter by letter, for races on a virtual clock. */
class TextTimelineTest {
  private static final NotRaced SINGLE =
      new NotRaced(NotRaced.Reason.SINGLE, "there is no other address to try");

  private static String text(Style style, NotRaced notRaced, CheckedRace race) {
    return new TextTimeline(style).of(Races.WWW, notRaced, race);
  }

  @Test
  void theFirstAddressIsDead() {
    assertEquals(
        """
        www.test:443: connected to 192.0.2.2 after 256 ms (3 addresses, 2 tried)

                   ms  0             100            200
          look-up      |                                       0.2 to 3.3 ms  3 addresses  IPv4 and IPv6
          1 192.0.2.1  =====================================|  3.5 to 256 ms  overtaken    from 198.51.100.7
          2 192.0.2.2                                       *  254 to 256 ms  connected    from 198.51.100.7

          not tried    192.0.2.3 (turn): the race was over before its turn had come
          plain JDK    192.0.2.1 alone: no answer within 5006 ms, as a plain connect has shown
          gain         more than 4750 ms\
        """,
        text(new Style(100, false, false), null, Races.deadFirst()));
  }

  @Test
  void linesAndDotsWhereTheEncodingHasThem() {
    assertEquals(
        """
        www.test:443: connected to 192.0.2.2 after 256 ms (3 addresses, 2 tried)

                   ms  0             200
          look-up      ┤                   0.2 to 3.3 ms  3 addresses  IPv4 and IPv6
          1 192.0.2.1  ━━━━━━━━━━━━━━━━━┤  3.5 to 256 ms  overtaken    from 198.51.100.7
          2 192.0.2.2                   ●  254 to 256 ms  connected    from 198.51.100.7

          not tried    192.0.2.3 (turn): the race was over before its turn had come
          plain JDK    192.0.2.1 alone: no answer within 5006 ms, as a plain connect has shown
          gain         more than 4750 ms\
        """,
        text(new Style(80, false, true), null, Races.deadFirst()));
  }

  @Test
  void anAnswerThatTheRaceHasNotWaitedFor() {
    assertEquals(
        """
        www.test:443: connected to 192.0.2.1 after 64 ms (2 addresses, 1 tried)

                   ms  0         20        40        60
          look-up      ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┤  0.3 to 2504 ms  1 address, late  IPv6
          look-up      ┄┄┄┄┄┄┤                            0.3 to 12 ms    1 address        IPv4
          1 192.0.2.1                                 ━●  62 to 64 ms     connected        from 198.51.100.7

          not tried    [2001:db8::2] (turn): the race was over before its turn had come
          plain JDK    192.0.2.1 alone: connected after 2506 ms, as seen in the race
          gain         2442 ms: the late answer was not waited for\
        """,
        text(new Style(100, false, true), null, Races.lateIpv6()));
  }

  /** The longest time that the check waits says how long a program would have, at least. */
  @Test
  void anAnswerThatNeverCame() {
    EventTape tape = new EventTape().source("192.0.2.1", "198.51.100.7").askedApart();
    tape.at(1_000).answered(Question.IPV4, "192.0.2.1").started(0, "192.0.2.1");
    tape.at(2_000).won(0, "192.0.2.1").finished().at(5_000_000);
    CheckedRace race = tape.race(CheckedRace.End.CONNECTED, null);
    PlainConnect plain =
        new PlainConnect(
            EventTape.address("192.0.2.1"),
            PlainConnect.End.CONNECTED,
            5_001_000_000L,
            false,
            "connected");
    String text = text(new Style(100, false, true), null, race.with(plain));
    assertTrue(text.contains("  no answer  IPv6\n"), text);
    assertTrue(text.contains("alone: connected after more than 5001 ms, as seen"), text);
    assertTrue(text.endsWith("\n  gain         more than 4999 ms"), text);
  }

  @Test
  void barsBelowTheirDetailsWhereItIsNarrow() {
    assertEquals(
        """
        www.test:443: connected to 192.0.2.2 after 30 ms (2 addresses, 2 tried)

        ms  0                 10                20              30
          look-up                           0 to 12 ms   2 addresses  IPv4 and IPv6
            ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┤
          1 [2001:db8:85a3::8a2e:370:7334]  12 to 20 ms  refused      from [2001:db8:85a3::1]
                                 ━━━━━━━━━━━━━━━✗
          2 192.0.2.2                       20 to 30 ms  connected    from 198.51.100.7
                                                ━━━━━━━━━━━━━━━━━●

          plain JDK    [2001:db8:85a3::8a2e:370:7334] alone: refused after 20 ms, as seen in the race
          gain         a connection in place of a failure\
        """,
        text(new Style(60, false, true), null, Races.refusedFirst()));
  }

  @Test
  void longAddressesSideBySideWhereThereIsRoom() {
    assertEquals(
        """
        www.test:443: connected to 192.0.2.2 after 30 ms (2 addresses, 2 tried)

                                        ms  0          10         20       30
          look-up                           -------------|                     0 to 12 ms   2 addresses  IPv4 and IPv6
          1 [2001:db8:85a3::8a2e:370:7334]               =========x            12 to 20 ms  refused      from [2001:db8:85a3::1]
          2 192.0.2.2                                             ==========*  20 to 30 ms  connected    from 198.51.100.7

          plain JDK    [2001:db8:85a3::8a2e:370:7334] alone: refused after 20 ms, as seen in the race
          gain         a connection in place of a failure\
        """,
        text(new Style(120, false, false), null, Races.refusedFirst()));
  }

  @Test
  void aGoodAddressNeedsNoAgent() {
    assertEquals(
        """
        www.test:443: connected to 192.0.2.1 after 1.4 ms (1 address, 1 tried)

                   ms  0              0.5            1
          look-up      ------------------------------|             0 to 1 ms    1 address  IPv4 and IPv6
          1 192.0.2.1                                ===========*  1 to 1.4 ms  connected  from 198.51.100.7

          plain JDK    192.0.2.1 alone: connected after 1.4 ms, as seen in the race
          gain         none now: the first address answers
          he-agent     would leave this connect alone (single): there is no other address to try\
        """,
        text(new Style(100, false, false), SINGLE, Races.good()));
  }

  @Test
  void noAddressAnswers() {
    assertEquals(
        """
        www.test:443: not connected within the timeout, after 1000 ms (2 addresses, 2 tried)

                   ms  0                 500            1000
          look-up      |                                      0 to 1 ms       2 addresses  IPv4 and IPv6
          1 192.0.2.1  ====================================|  1 to 1000 ms    timed out    from 198.51.100.7
          2 192.0.2.2           ===========================|  251 to 1000 ms  timed out    no route

          plain JDK    192.0.2.1 alone: no answer within 1000 ms, as seen in the race
          gain         none: no address answers\
        """,
        text(new Style(100, false, false), null, Races.allDead()));
  }

  @Test
  void aNameThatDoesNotExist() {
    assertEquals(
        """
        www.test:443: no address after 8 ms (www.test: Name or service not known)

               ms  0            2             4             6            8
          look-up  ------------------------------------------------------x  0 to 8 ms  failed  IPv4 and IPv6\
        """,
        text(new Style(100, false, false), null, Races.unknown()));
  }

  @Test
  void coloursAreThoseOfTheOutcome() {
    String coloured = text(new Style(100, true, true), null, Races.refusedFirst());
    assertEquals(
        """
        ESC[1mwww.test:443: connected to 192.0.2.2 after 30 ms (2 addresses, 2 tried)ESC[0m

        ESC[2mms  0              5               10              15             20              25            30ESC[0m
          look-up                           0 to 12 ms   ESC[36m2 addressesESC[0m  IPv4 and IPv6
            ESC[36m┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┤ESC[0m
          1 [2001:db8:85a3::8a2e:370:7334]  12 to 20 ms  ESC[31mrefused    ESC[0m  from [2001:db8:85a3::1]
                                                 ESC[31m━━━━━━━━━━━━━━━━━━━━━━━━━✗ESC[0m
          2 192.0.2.2                       20 to 30 ms  ESC[32mconnected  ESC[0m  from 198.51.100.7
                                                                          ESC[32m━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━●ESC[0m

          plain JDK    [2001:db8:85a3::8a2e:370:7334] alone: refused after 20 ms, as seen in the race
          gain         a connection in place of a failure\
        """,
        coloured.replace("\u001b", "ESC"));
  }

  @Test
  void anAddressThatAnOptionKeepsFromTheRace() {
    CheckedRace race =
        new EventTape()
            .asked()
            .at(1_000)
            .answered(
                List.of(),
                List.of(
                    new LeftOut(
                        EventTape.address("192.0.2.1"), LeftOut.Reason.FAMILY, "--family=6")))
            .finished()
            .race(CheckedRace.End.NO_ADDRESS, "www.test: no address");
    PlainConnect plain =
        new PlainConnect(
            race.requested(), PlainConnect.End.CONNECTED, 2_000_000L, true, "connected");
    String text = text(new Style(100, false, false), null, race.with(plain));
    assertTrue(
        text.endsWith(
            "  not tried    192.0.2.1 (family): --family=6\n"
                + "  plain JDK    192.0.2.1 alone: connected after 2 ms, as a plain connect has"
                + " shown\n"
                + "  gain         none: the race was kept from that address"),
        text);
  }

  @Test
  void eachWidthHasRoomForARace() {
    for (int width = 1; width <= 200; width++) {
      Style style = new Style(width, false, false);
      for (CheckedRace race :
          List.of(
              Races.deadFirst(),
              Races.refusedFirst(),
              Races.allDead(),
              Races.good(),
              Races.unknown())) {
        assertTrue(text(style, SINGLE, race).startsWith("www.test:443: "));
      }
    }
  }

  @Test
  void withoutColourItIsTheSameText() {
    for (CheckedRace race :
        new CheckedRace[] {Races.deadFirst(), Races.refusedFirst(), Races.allDead()}) {
      String coloured = text(new Style(100, true, false), null, race);
      assertEquals(
          text(new Style(100, false, false), null, race),
          coloured.replaceAll("\u001b\\[\\d*m", ""));
    }
  }
}
