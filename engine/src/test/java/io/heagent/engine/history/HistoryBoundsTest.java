package io.heagent.engine.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How much memory a history takes, and that any thread may use it. */
@Tag("socket")
class HistoryBoundsTest {

  @Test
  void hundredThousandNamesStayWithinTheDocumentedBytes() {
    long before = usedBytes();
    Past past = new Past();
    assertEquals(4_096 * 2_048, past.history.maxBytes());
    String tail = "x".repeat(240);
    for (int i = 0; i < 100_000; i++) {
      past.pass(1);
      String host = String.format("%015d", i) + tail;
      for (int j = 0; j < HostMemory.MAX_ADDRESSES; j++) {
        past.history.failed(host, 80, numbered(j), FailureKind.REFUSED, 0);
      }
    }
    long taken = usedBytes() - before;
    assertEquals(4_096, past.history.names());
    assertTrue(taken > 0 && taken <= past.history.maxBytes(), taken + " bytes");
    assertNotNull(past.history.find(String.format("%015d", 99_999) + tail, 80, numbered(0)));
  }

  @Test
  void nameInUseIsNotEvicted() {
    Past past = new Past();
    past.fails("a", FailureKind.REFUSED, 0);
    for (int i = 0; i < 20_000; i++) {
      past.pass(1);
      past.history.failed("name" + i, 80, Past.address("a"), FailureKind.REFUSED, 0);
      if (i % 50 == 0) {
        past.wins("B", 0);
      }
    }
    assertNotNull(past.find("a"));
    assertNull(past.history.find("name0", 80, Past.address("a")));
  }

  @Test
  void ofManyAddressesTheLongestSilentMakesRoom() {
    Past past = new Past();
    for (int i = 0; i <= HostMemory.MAX_ADDRESSES; i++) {
      past.pass(1);
      past.history.failed(Past.HOST, Past.PORT, numbered(i), FailureKind.REFUSED, 0);
      past.history.won(Past.HOST, Past.PORT, numbered(0), 0);
    }
    assertNotNull(past.history.find(Past.HOST, Past.PORT, numbered(0)));
    assertNull(past.history.find(Past.HOST, Past.PORT, numbered(1)));
    assertNotNull(past.history.find(Past.HOST, Past.PORT, numbered(2)));
  }

  @Test
  void ofManyThatAnswerTheLongestSilentMakesRoom() {
    Past past = new Past();
    for (int i = 0; i < HostMemory.MAX_ADDRESSES; i++) {
      past.pass(1);
      past.history.won(Past.HOST, Past.PORT, numbered(i), 0);
    }
    past.pass(1);
    past.history.won(Past.HOST, Past.PORT, numbered(0), 0);
    past.pass(1);
    past.history.won(Past.HOST, Past.PORT, numbered(HostMemory.MAX_ADDRESSES), 0);
    assertNotNull(past.history.find(Past.HOST, Past.PORT, numbered(0)));
    assertNull(past.history.find(Past.HOST, Past.PORT, numbered(1)));
    assertNotNull(past.history.find(Past.HOST, Past.PORT, numbered(2)));
  }

  /** A table of eight names, which all share one place. */
  @Test
  void ofNamesThatShareAPlaceTheLongestUnusedMakesRoom() {
    HistorySettings d = HistorySettings.DEFAULT;
    Past past =
        new Past(
            new HistorySettings(
                d.baseDelayNanos(),
                d.minDelayNanos(),
                d.maxDelayNanos(),
                d.expiryNanos(),
                d.suspicionNanos(),
                d.convergeOneIn(),
                d.convergeRestNanos(),
                8));
    for (int i : new int[] {0, 1, 2, 3, 4, 5, 6, 7, 0, 8}) {
      past.pass(1);
      past.history.won("name" + i, 80, numbered(i), 0);
    }
    assertEquals(8, past.history.names());
    assertNotNull(past.history.find("name0", 80, numbered(0)));
    assertNull(past.history.find("name1", 80, numbered(1)));
    assertNotNull(past.history.find("name8", 80, numbered(8)));
  }

  @Test
  void longestNameThatIsKept() {
    Past past = new Past();
    String name = "x".repeat(255);
    past.history.won(name, 80, numbered(0), 0);
    past.history.failed(name, 80, numbered(1), FailureKind.REFUSED, 0);
    past.history.failed(name + "x", 80, numbered(1), FailureKind.REFUSED, 0);
    assertNotNull(past.history.find(name, 80, numbered(0)));
    assertNotNull(past.history.find(name, 80, numbered(1)));
    assertEquals(1, past.history.names());
  }

  @Test
  void thousandsOfThreads() throws InterruptedException {
    ConnectHistory history = new ConnectHistory(HistorySettings.DEFAULT);
    List<InetAddress> both = List.of(Past.address("a"), Past.address("B"));
    CountDownLatch go = new CountDownLatch(1);
    List<Throwable> trouble = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      int number = i;
      Thread thread =
          new Thread(
              () -> {
                try {
                  go.await();
                  for (int j = 0; j < 50; j++) {
                    String host = "host" + (number + j) % 100;
                    assertEquals(2, history.order(host, 80, both).size());
                    history.failed(host, 80, both.get(0), FailureKind.REFUSED, 0);
                    history.won(host, 80, both.get(1), 1_000_000);
                    assertEquals(100_000_000, history.delay(host, 80, both.get(1)));
                  }
                } catch (Throwable thrown) {
                  synchronized (trouble) {
                    trouble.add(thrown);
                  }
                }
              });
      thread.start();
      threads.add(thread);
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(), trouble);
    assertEquals(100, history.names(), "no name is kept twice");
    for (int i = 0; i < 100; i++) {
      assertEquals(List.of(both.get(1), both.get(0)), history.order("host" + i, 80, both));
    }
  }

  private static InetAddress numbered(int number) {
    byte[] bytes = new byte[16];
    bytes[0] = 32;
    bytes[15] = (byte) number;
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  /** The smallest of a few readings, because garbage of other threads is not counted. */
  private static long usedBytes() {
    long least = Long.MAX_VALUE;
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 5; i++) {
      runtime.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
