package io.heagent.agent.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.observe.ObservedHosts;
import io.heagent.agent.observe.Observer;
import io.heagent.agent.observe.Statistics;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code status} says of the counters. */
class CountersTest {
  private final List<String> broken = new ArrayList<>();
  private final Statistics statistics =
      new Statistics(
          new Observer(() -> {}),
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
              return new ObservedHosts();
            }
          });

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
