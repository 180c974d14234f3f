package io.heagent.engine.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.HappyEyeballs;
import io.heagent.engine.address.PolicyTable;
import io.heagent.engine.history.AddressHistory;
import io.heagent.engine.history.ConnectHistory;
import io.heagent.engine.history.FailureKind;
import io.heagent.engine.history.HistorySettings;
import io.heagent.engine.net.real.Loopback;
import io.heagent.engine.race.RaceOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real connects that use a history, and that sort addresses by RFC 6724. */
@Tag("socket")
class ConnectHistoryTest {
  private final Rig rig = new Rig();
  private final ConnectHistory history = new ConnectHistory(HistorySettings.DEFAULT);
  private Loopback net;
  private InetAddress dead;

  @BeforeEach
  void open() throws IOException {
    net = new Loopback();
    dead = net.dead(2);
    rig.names.put("x", new InetAddress[] {dead, Loopback.address(1)});
    rig.plan = AddressPlan.DEFAULT.with(history);
  }

  @AfterEach
  void close() throws Exception {
    net.close();
    rig.close();
  }

  @Test
  void theFirstConnectPaysTheDelayAndTheNextOnesStartNothingElse() throws Exception {
    connect();
    assertEquals("resolved [127.0.0.2, 127.0.0.1]", rig.events.get(0));
    AddressHistory known = history.find("x", net.port(), dead);
    assertEquals(FailureKind.UNANSWERED, known.lastFailure());
    assertTrue(known.suspect());
    assertTrue(history.find("x", net.port(), Loopback.address(1)).smoothedNanos() > 0);
    for (int i = 0; i < 20; i++) {
      rig.events.clear();
      connect();
      assertEquals(
          List.of("resolved [127.0.0.1, 127.0.0.2]", "started 0 127.0.0.1", "won 0", "finished 1"),
          rig.events);
    }
  }

  @Test
  void theAttemptsDelayIsThatOfTheHistory() {
    assertEquals(250_000_000, rig.spec("x", net.port()).delayNanos(dead));
    history.won("other", 1, dead, 0);
    assertEquals(100_000_000, rig.spec("x", net.port()).delayNanos(dead));
    rig.options = rig.options.sequential();
    assertEquals(-1, rig.spec("x", net.port()).delayNanos(dead));
    rig.plan = AddressPlan.DEFAULT;
    rig.options = RaceOptions.defaults();
    assertEquals(-1, rig.spec("x", net.port()).delayNanos(dead));
  }

  @Test
  void withoutADelayThereIsNoneFromHistoryEither() {
    rig.options = rig.options.sequential().timeout(Duration.ofMillis(300));
    assertThrows(SocketTimeoutException.class, this::connect);
    assertEquals(List.of("started 0 127.0.0.2", "lost 0 TIMED_OUT"), rig.events.subList(1, 3));
  }

  @Test
  void boundSocketsTeachNothing() throws Exception {
    rig.locals = List.of(Loopback.address(1));
    connect();
    assertNull(history.find("x", net.port(), dead));
    assertEquals(0, history.names());
  }

  @Test
  void sortedByRfc6724() throws Exception {
    InetAddress unreachable = InetAddress.getByName("255.255.255.255");
    rig.names.put("y", new InetAddress[] {unreachable, Loopback.address(1)});
    rig.plan = AddressPlan.DEFAULT.with(PolicyTable.DEFAULT);
    rig.connector.connect(rig.spec("y", net.port())).close();
    assertEquals("resolved [127.0.0.1, 255.255.255.255]", rig.events.get(0));
  }

  @Test
  void theFacade() throws Exception {
    HappyEyeballs eyeballs =
        HappyEyeballs.defaults().history(history).sortedBy(PolicyTable.DEFAULT);
    eyeballs.connect(List.of(dead, Loopback.address(1)), net.port()).close();
    assertTrue(history.find("127.0.0.2", net.port(), dead).suspect());
    assertThrows(NullPointerException.class, () -> eyeballs.history(null));
    assertThrows(NullPointerException.class, () -> eyeballs.sortedBy(null));
  }

  private void connect() throws IOException {
    rig.connector.connect(rig.spec("x", net.port())).close();
  }
}
