package io.heagent.agent.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NetworkWatchTest {

  private final AtomicInteger addresses = new AtomicInteger(7);
  private final AtomicInteger changes = new AtomicInteger();
  private final NetworkWatch watch = new NetworkWatch(changes::incrementAndGet, addresses::get);

  private int changesAfterALook() {
    watch.run();
    return changes.get();
  }

  @Test
  void tellsOfEachChangeOnce() {
    assertEquals(0, changesAfterALook(), "the first look has nothing to compare with");
    assertEquals(0, changesAfterALook());
    addresses.set(8);
    assertEquals(1, changesAfterALook());
    assertEquals(1, changesAfterALook());
    addresses.set(7);
    assertEquals(2, changesAfterALook());
  }

  @Test
  void trouble() {
    NetworkWatch broken =
        new NetworkWatch(
            changes::incrementAndGet,
            () -> {
              throw new IllegalStateException("no addresses");
            });
    broken.run();
    assertEquals(0, changes.get());
  }
}
