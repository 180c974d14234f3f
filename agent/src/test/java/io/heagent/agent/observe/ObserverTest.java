package io.heagent.agent.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.fake.Ip;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is counted, and what a race is said to have saved. */
class ObserverTest {
  private static final long MILLI = 1_000_000L;
  private static final InetAddress SECOND = Ip.of("2001:db8::2");

  private final Observer observer = new Observer(() -> {});
  private final Statistics statistics = new Statistics(observer, new Present());

  private static final class Present implements Statistics.Present {
    @Override
    public int deadAddresses() {
      return 7;
    }

    @Override
    public ObservedHosts observed() {
      return new ObservedHosts();
    }

    @Override
    public List<String> brokenAddresses() {
      return List.of("192.0.2.1");
    }
  }

  @Test
  void everyRaceEndsInOneWay() {
    observer.won(0, SECOND);
    observer.won(1, SECOND);
    observer.lost(true);
    observer.lost(true);
    observer.lost(false);
    observer.lost(false);
    observer.lost(true);
    assertEquals(7, statistics.races());
    assertEquals(1, statistics.wonByFirst());
    assertEquals(1, statistics.wonBySecond());
    assertEquals(0, statistics.wonByLater());
    assertEquals(2, statistics.wonOverIpv6());
    assertEquals(0, statistics.wonOverIpv4());
    assertEquals(3, statistics.failed());
    assertEquals(2, statistics.cancelled());
    assertEquals(7, statistics.deadAddresses());
    assertEquals(List.of("192.0.2.1"), statistics.brokenAddresses());
  }

  @Test
  void timeIsSavedWhereTheRequestedAddressWasSilent() {
    observer.gained(false, 300 * MILLI, 2_000 * MILLI);
    assertEquals(1_700, statistics.savedMillis());
    observer.gained(false, 300 * MILLI, 0);
    assertEquals(1_700 + 4_700, statistics.savedMillis());
    observer.gained(false, 6_000 * MILLI, 0);
    assertEquals(1_700 + 4_700, statistics.savedMillis());
    assertEquals(0, statistics.failuresAvoided());
  }

  @Test
  void aRefusalSavesAFailureAndNoTime() {
    observer.gained(true, 30 * MILLI, 2_000 * MILLI);
    assertEquals(0, statistics.savedMillis());
    assertEquals(1, statistics.failuresAvoided());
  }

  @Test
  void whatIsLeftAloneIsCountedByReason() {
    for (Reason reason : Reason.values()) {
      observer.leftAlone(reason, InetSocketAddress.createUnresolved("host.example", 443));
    }
    observer.leftAlone(Reason.SINGLE, InetSocketAddress.createUnresolved("host.example", 443));
    assertEquals(Count.PLACES - Count.LEFT_ALONE, statistics.leftAlone().size());
    assertEquals(2, statistics.leftAlone().get(Reason.SINGLE));
    assertEquals(1, statistics.leftAlone().get(Reason.FORBIDDEN));
    assertEquals(0, statistics.races());
    assertEquals(
        List.of(1L, 1L, 1L, 2L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L),
        List.copyOf(statistics.leftAlone().values()));
  }

  /** The first second is for the classes of the first races. */
  @Test
  void oneConnectASecondLooksForManagement() {
    long second = 1_000 * MILLI;
    long now = System.nanoTime() + second;
    assertFalse(observer.isLookDue(now - second));
    assertTrue(observer.isLookDue(now));
    assertFalse(observer.isLookDue(now + second - 1));
    assertTrue(observer.isLookDue(now + second));
    observer.endLooking();
    assertFalse(observer.isLookDue(now + 5 * second));
  }

  /** A program that races nothing, and connects seldom, must not wait for its 64th connect. */
  @Test
  void oneConnectASecondThatIsLeftAloneLooksForARecorder() {
    long second = 1_000 * MILLI;
    long now = System.nanoTime() + second;
    assertFalse(observer.isRecorderLookDue(now - second));
    assertTrue(observer.isRecorderLookDue(now));
    assertFalse(observer.isRecorderLookDue(now + second - 1));
    assertTrue(observer.isRecorderLookDue(now + second));
  }

  /** A connect may find the recorder while the agent leaves: the events would stay for ever. */
  @Test
  void noRecordingIsMadeOnceTheAgentHasLeft() {
    AtomicInteger made = new AtomicInteger();
    Observer leaving = new Observer(made::getAndIncrement);
    leaving.makeRecording();
    assertEquals(1, made.get());
    leaving.end();
    leaving.makeRecording();
    assertEquals(1, made.get());
  }

  @Test
  void nothingIsRecordedWithoutAFlightRecorder() {
    assertNull(observer.begin("host.example", 443, "SOCKET"));
    assertNull(observer.lookup("host.example"));
  }
}
