package io.heagent.engine.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

class NetworkChangeMonitorTest {

  private final AtomicInteger addresses = new AtomicInteger(7);
  private final AtomicInteger changes = new AtomicInteger();
  private final List<Runnable> looks = new ArrayList<>();
  private final List<Throwable> faults = new ArrayList<>();
  private long now = 5;
  private final NetworkChangeMonitor watch =
      watch(changes::incrementAndGet, addresses::get, looks::add);

  private NetworkChangeMonitor watch(
      Runnable whenChanged, IntSupplier addresses, Consumer<Runnable> starter) {
    return new NetworkChangeMonitor(
        "look", whenChanged, (thread, fault) -> faults.add(fault), now) {
      @Override
      long now() {
        return now;
      }

      @Override
      void start(Runnable look) {
        starter.accept(look);
      }

      @Override
      int addresses() {
        return addresses.getAsInt();
      }
    };
  }

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
    NetworkChangeMonitor broken =
        watch(
            changes::incrementAndGet,
            () -> {
              throw new IllegalStateException("no addresses");
            },
            looks::add);
    broken.run();
    assertEquals(0, changes.get());
    assertEquals("no addresses", faults.get(0).getMessage());
  }

  /** If the callback throws, it is called again at the next look. */
  @Test
  void aChangeThatCouldNotBeToldIsToldAgain() {
    NetworkChangeMonitor full =
        watch(
            () -> {
              if (changes.incrementAndGet() == 1) {
                throw new OutOfMemoryError("no room for an empty history");
              }
            },
            addresses::get,
            looks::add);
    full.run();
    addresses.set(8);
    full.run();
    assertEquals(1, changes.get());
    full.run();
    assertEquals(2, changes.get());
    full.run();
    assertEquals(2, changes.get());
  }

  /**
   * If no thread can be started, the caller gets no exception, and a second later there is another
   * try.
   */
  @Test
  void aThreadThatCannotBeStartedIsTriedAgainASecondLater() {
    List<Long> tries = new ArrayList<>();
    NetworkChangeMonitor poor =
        watch(
            changes::incrementAndGet,
            addresses::get,
            look -> {
              tries.add(now);
              if (tries.size() < 3) {
                throw new OutOfMemoryError("unable to create native thread");
              }
            });
    for (int i = 0; i < 15_000; i++) {
      poor.look();
      now += 1_000_000;
    }
    long second = NetworkChangeMonitor.RETRY_NANOS;
    assertEquals(
        List.of(5L, 5 + second, 5 + 2 * second, 5 + 2 * second + NetworkChangeMonitor.REST_NANOS),
        tries);
  }

  @Test
  void looksOnAThreadOfItsOwn() {
    CompletableFuture<Thread> looking = new CompletableFuture<>();
    NetworkChangeMonitor real =
        new NetworkChangeMonitor("he-test-look", () -> {}, (thread, fault) -> faults.add(fault)) {
          @Override
          int addresses() {
            looking.complete(Thread.currentThread());
            return 7;
          }
        };
    real.look();
    Thread thread = looking.join();
    assertEquals("he-test-look", thread.getName());
    assertTrue(thread.isDaemon());
  }
}
