package io.heagent.agent.connect.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.agent.connect.call.SocketKind;
import io.heagent.agent.connect.fake.FakeNetwork;
import io.heagent.agent.connect.fake.FakeProgramSocket;
import io.heagent.agent.connect.fake.Ip;
import io.heagent.agent.log.Log;
import io.heagent.agent.log.Stderr;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When the ends of connects are seen that are only watched. Times are milliseconds. */
class WatcherTest {

  private static final long MS = 1_000_000L;
  private static final long DELAY = 10;
  private static final InetSocketAddress LOCAL = new InetSocketAddress(Ip.of("192.0.2.100"), 4_000);

  private final FakeNetwork network = new FakeNetwork();
  private final Stderr stderr = new Stderr();
  private final Watcher watcher = new Watcher(network);

  /** When it was asked last whether it still connects. */
  private long lookedAt;

  private final FakeProgramSocket socket =
      new FakeProgramSocket(SocketKind.CHANNEL, network) {
        @Override
        public boolean isConnecting() {
          lookedAt = network.ms();
          return super.isConnecting();
        }
      };

  @AfterEach
  void end() {
    watcher.end();
    stderr.close();
  }

  private WatchedConnect watch() {
    InetSocketAddress target = new InetSocketAddress(Ip.of("192.0.2.1"), 443);
    WatchedConnect connect = watcher.watch(socket, target, "host.example", DELAY * MS);
    assertEquals(target, connect.target());
    return connect;
  }

  private void pass(long ms) {
    network.park(this, ms * MS);
  }

  private void connectsAt(long ms) {
    network.at(ms, () -> socket.connecting = false);
  }

  private void assertSeen(int connects, int failed, long waitedMillis) {
    assertEquals(connects, watcher.observed().connects());
    assertEquals(failed, watcher.observed().failed());
    assertEquals(waitedMillis, watcher.observed().waitedMillis());
  }

  @Test
  void blockingConnectHasEndedWhenItReturns() {
    WatchedConnect connect = watch();
    pass(30);
    socket.connecting = false;
    connect.returned();
    assertSeen(1, 0, 30);
    connect.returned();
    pass(60_000);
    assertSeen(1, 0, 30);
  }

  @Test
  void socketThatTheJdkHasClosedHasFailed() {
    WatchedConnect connect = watch();
    pass(30);
    socket.close();
    connect.returned();
    assertSeen(1, 1, 30);
  }

  /** Another thread has closed it after it had connected, and so been bound by the system. */
  @Test
  void connectionThatIsClosedAgainByNowHasNotFailed() {
    WatchedConnect connect = watch();
    pass(30);
    socket.bind(LOCAL);
    socket.close();
    connect.returned();
    assertSeen(1, 0, 30);
  }

  @Test
  void thatTheProgramHasBoundItSaysNothing() {
    socket.bind(LOCAL);
    WatchedConnect connect = watch();
    pass(30);
    socket.close();
    connect.returned();
    assertSeen(1, 1, 30);
  }

  @Test
  void channelIsLookedAtEveryFiveMilliseconds() {
    watch().returned();
    connectsAt(21);
    pass(60_000);
    assertSeen(1, 0, 25);
  }

  @Test
  void fromTheFirstSecondOnItIsLookedAtLessOften() {
    watch().returned();
    connectsAt(1_001);
    pass(60_000);
    assertSeen(1, 0, 1_050);
  }

  /** The program has forgotten it: neither its end nor a failure is counted. */
  @Test
  void channelThatConnectsForThreeMinutesIsGivenUp() {
    watch().returned();
    pass(600_000);
    assertEquals(180_050, lookedAt);
    watcher.run();
    assertEquals(180_050, lookedAt);
    assertSeen(0, 0, 0);
  }

  /** A timer of it would keep the loop's thread, and with it the agent's classes. */
  @Test
  void channelIsNotLookedAtOnceTheAgentHasLeft() {
    WatchedConnect connect = watch();
    connect.returned();
    pass(12);
    watcher.end();
    assertEquals(12, lookedAt);
    pass(60_000);
    assertEquals(12, lookedAt);
    watch().returned();
    pass(60_000);
    assertEquals(60_012, lookedAt);
    assertSeen(0, 0, 0);
  }

  /** It has connected since the last look. */
  @Test
  void channelIsLookedAtOnceMoreAtTheEndOfTheJvm() {
    watch().returned();
    pass(12);
    socket.connecting = false;
    watcher.run();
    assertSeen(1, 0, 12);
    assertEquals(1, stderr.lines().size());
  }

  @Test
  void faultOfTheAgentIsNotTheProgramsTrouble() {
    WatchedConnect connect = watch();
    socket.failuresToAnswer = 1;
    connect.returned();
    assertSeen(0, 0, 0);
    pass(30);
    socket.connecting = false;
    watcher.run();
    assertSeen(0, 0, 0);
  }

  @Test
  void whatWasSeenIsReportedOnce() {
    Log.setLevel(Log.Level.INFO);
    WatchedConnect connect = watch();
    pass(30);
    socket.connecting = false;
    connect.returned();
    watcher.end();
    assertEquals(2, stderr.lines().size());
    watcher.end();
    String seen =
        "1 connects, of which 1 were late and 0 failed, after 30 ms in all; with another address"
            + " that answers, racing would have saved about 20 ms";
    assertEquals(
        List.of("[he-agent] observed " + seen, "[he-agent] observed host.example:443: " + seen),
        stderr.lines());
  }

  @Test
  void whereNothingWasSeenNothingIsReported() {
    watcher.end();
    assertEquals(List.of(), stderr.lines());
  }
}
