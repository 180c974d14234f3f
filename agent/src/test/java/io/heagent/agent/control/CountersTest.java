package io.heagent.agent.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.fake.Ip;
import io.heagent.agent.observe.ObservedHosts;
import io.heagent.agent.observe.Observer;
import io.heagent.agent.observe.Reason;
import io.heagent.agent.observe.Statistics;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code status} says of the counters. */
class CountersTest {
  private final List<String> broken = new ArrayList<>();
  private final ObservedHosts observed = new ObservedHosts();
  private final Observer observer = new Observer(() -> {});
  private final Statistics statistics =
      new Statistics(
          observer,
          new Statistics.Present() {
            @Override
            public int deadAddresses() {
              return 2;
            }

            @Override
            public List<String> brokenAddresses() {
              return broken;
            }

            @Override
            public ObservedHosts observed() {
              return observed;
            }
          });

  /** What JMX has, status has. */
  @Test
  void eachCounterIsShown() {
    observer.won(0, Ip.of("192.0.2.1"));
    observer.won(1, Ip.of("192.0.2.1"));
    observer.won(2, Ip.of("2001:db8::2"));
    observer.lost(true);
    observer.lost(false);
    observer.noted(true, true, 4);
    observer.noted(true, false, 3);
    observer.gained(true, 1, 1);
    List<String> lines = Counters.lines(statistics);
    assertEquals(
        "races: 5 ended, won by the first address 1, the second 1, a later one 1,"
            + " over IPv4 2, over IPv6 1, failed 1, cancelled 1",
        lines.get(0));
    assertEquals(
        "saved: 0 ms (estimated), failures avoided 1, extra attempts 7,"
            + " begun with another address 1, stood down 2",
        lines.get(1));
  }

  @Test
  void whatWasObservedIsShownOnceThereIsAny() {
    assertEquals(4, Counters.lines(statistics).size());
    observed.ended("host.example", 443, true, 30_000_000L, 10_000_000L);
    observer.leftAlone(Reason.OBSERVE, InetSocketAddress.createUnresolved("host.example", 443));
    List<String> lines = Counters.lines(statistics);
    assertEquals("left alone: observe 1", lines.get(3));
    assertEquals(
        "observed 1 connects, of which 1 were late and 0 failed, after 30 ms in all;"
            + " with another address that answers, racing would have saved about 20 ms",
        lines.get(4));
  }

  @Test
  void brokenAddressesAreNamedWhileThereAreAny() {
    List<String> none = Counters.lines(statistics);
    // Each fault in this JVM counts, that of another test too.
    assertTrue(
        none.get(2).startsWith("dead addresses known: 2, guard refusals 0, failed open "),
        none.get(2));
    assertEquals("left alone: none", none.get(3));

    broken.addAll(List.of("192.0.2.1", "2001:db8::2"));
    List<String> two = new ArrayList<>(Counters.lines(statistics));
    assertEquals("broken while their siblings serve: 192.0.2.1, 2001:db8::2", two.remove(3));
    assertEquals(none.subList(0, 2), two.subList(0, 2));
    assertEquals(none.subList(3, none.size()), two.subList(3, two.size()));
  }
}
