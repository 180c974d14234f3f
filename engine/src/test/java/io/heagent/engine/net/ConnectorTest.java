package io.heagent.engine.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.net.real.Loopback;
import io.heagent.engine.race.RaceOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Blocking connects to real sockets on loopback. */
@Tag("socket")
class ConnectorTest {
  private final Rig rig = new Rig();
  private Loopback net;

  @BeforeEach
  void open() throws IOException {
    net = new Loopback();
  }

  @AfterEach
  void close() throws Exception {
    net.close();
    rig.close();
  }

  @Test
  void goodFirst() throws IOException {
    name(Loopback.address(1), Loopback.address(2));
    try (SocketChannel channel = connect()) {
      assertTrue(channel.isBlocking());
      assertTrue(channel.isConnected());
    }
    assertEquals(
        List.of("resolved [127.0.0.1, 127.0.0.2]", "started 0 127.0.0.1", "won 0", "finished 1"),
        rig.events);
  }

  @Test
  void refusedFirstCostsNoDelay() throws IOException {
    name(Loopback.address(2), Loopback.address(1));
    rig.options =
        rig.options
            .sequential(); // without a delay timer only the failure can start the next attempt
    try (SocketChannel channel = connect()) {
      assertEquals(Loopback.address(1), remote(channel).getAddress());
    }
    assertEquals(
        List.of("failed 0 ConnectException", "started 1 127.0.0.1", "won 1", "finished 2"),
        rig.events.subList(2, 6));
  }

  @Test
  void deadFirstIsOvertaken() throws IOException {
    name(net.dead(2), Loopback.address(1));
    long begin = System.nanoTime();
    connect().close();
    assertTrue(System.nanoTime() - begin >= 250_000_000L, "not before the delay");
    assertEquals(
        List.of(
            "resolved [127.0.0.2, 127.0.0.1]",
            "started 0 127.0.0.2",
            "started 1 127.0.0.1",
            "lost 0 LOST",
            "won 1",
            "finished 2"),
        rig.events);
  }

  /**
   * The message before the colon is the JDK's own; JDK 21.0.13 and 27 add the place of the failure
   * there.
   */
  @Test
  void allRefused() throws IOException {
    name(Loopback.address(2), Loopback.address(3));
    ConnectException failure = assertThrows(ConnectException.class, this::connect);
    assertSame(ConnectException.class, failure.getClass());
    assertTrue(
        failure
            .getMessage()
            .matches(
                "Connection refused( \\(connect failed\\))?: made-up.example:[0-9]+"
                    + " \\(2 addresses tried: 127.0.0.2 refused"
                    + " after [0-9]+ ms; 127.0.0.3 refused after [0-9]+ ms\\)"),
        failure.getMessage());
    assertEquals(2, failure.getSuppressed().length);
    assertEquals(
        ConnectorTest.class.getName(),
        List.of(failure.getStackTrace()).stream()
            .map(StackTraceElement::getClassName)
            .filter(ConnectorTest.class.getName()::equals)
            .findFirst()
            .orElse("the caller is not in the stack trace"));
  }

  @Test
  void o1AllDeadEndsAtTheTimeout() throws IOException {
    name(net.dead(2), net.dead(3));
    rig.options = rig.options.timeout(Duration.ofMillis(400));
    long begin = System.nanoTime();
    SocketTimeoutException failure = assertThrows(SocketTimeoutException.class, this::connect);
    assertTrue(System.nanoTime() - begin >= 400_000_000L);
    assertTrue(
        failure
            .getMessage()
            .matches(
                "Connect timed out: made-up.example:[0-9]+ \\(2 addresses tried: 127.0.0.2 timed out"
                    + " after [0-9]+ ms; 127.0.0.3 timed out after [0-9]+ ms\\)"),
        failure.getMessage());
    assertEquals("lost 1 TIMED_OUT", rig.events.get(4));
  }

  @Test
  void d8DuplicatesAreTriedOnce() throws IOException {
    name(Loopback.address(2), Loopback.address(2), Loopback.address(2));
    assertThrows(ConnectException.class, this::connect);
    assertEquals("finished 1", rig.events.get(3));
  }

  @Test
  void d10LiteralsAreNeverLookedUp() throws IOException {
    rig.connector.connect(rig.spec("127.0.0.1", net.port())).close();
    rig.connector.connect(rig.spec("127.1", net.port())).close();
    assertThrows(
        UnknownHostException.class, () -> rig.connector.connect(rig.spec("[::1", net.port())));
    assertEquals(List.of(), rig.lookups);
  }

  @Test
  void unknownHostKeepsItsMessage() {
    UnknownHostException failure = assertThrows(UnknownHostException.class, this::connect);
    assertEquals("made-up.example: made-up", failure.getMessage());
    assertEquals("made-up.example: made-up", failure.getCause().getMessage());
    assertEquals(List.of("finished 0"), rig.events);
  }

  @Test
  void d12EmptyAnswer() {
    name();
    UnknownHostException failure = assertThrows(UnknownHostException.class, this::connect);
    assertEquals("made-up.example: no address", failure.getMessage());
  }

  @Test
  void d14OrderIsWovenOrKept() throws IOException {
    InetAddress six = InetAddress.getByName("::1");
    name(Loopback.address(2), Loopback.address(1), six);
    connect().close();
    assertEquals("resolved [127.0.0.2, [::1], 127.0.0.1]", rig.events.get(0));
    rig.events.clear();
    rig.firstFamilyCount = 0;
    connect().close();
    assertEquals("resolved [127.0.0.2, 127.0.0.1, [::1]]", rig.events.get(0));
  }

  @Test
  void theHostNameStaysWithTheRemoteAddress() throws IOException {
    name(InetAddress.getByAddress("made-up.example", new byte[] {127, 0, 0, 1}));
    try (SocketChannel channel = connect()) {
      assertEquals("made-up.example", remote(channel).getHostString());
    }
  }

  @Test
  void streamsOfTheSocketWorkAtOnce() throws IOException {
    name(Loopback.address(1));
    try (Socket socket = connect().socket();
        Socket accepted = net.good().accept()) {
      accepted.getOutputStream().write(42);
      assertEquals(42, socket.getInputStream().read());
      socket.setSoTimeout(20);
      assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
      socket.getOutputStream().write(7);
      assertEquals(7, accepted.getInputStream().read());
    }
  }

  @Test
  void theWinnerCarriesTheData() throws IOException {
    name(net.dead(2), Loopback.address(1));
    try (SocketChannel channel = connect();
        Socket accepted = net.good().accept()) {
      channel.write(ByteBuffer.wrap(new byte[] {9}));
      assertEquals(9, accepted.getInputStream().read());
    }
  }

  @Test
  void socketOptionsHold() throws IOException {
    name(Loopback.address(2), Loopback.address(1));
    rig.socketOptions =
        Map.of(StandardSocketOptions.SO_KEEPALIVE, true, StandardSocketOptions.SO_RCVBUF, 4096);
    try (SocketChannel channel = connect()) {
      assertTrue(channel.getOption(StandardSocketOptions.SO_KEEPALIVE));
      assertTrue(channel.getOption(StandardSocketOptions.SO_RCVBUF) < 16_384);
    }
  }

  @Test
  void optionThatNoSocketKnowsIsTheCause() {
    name(address1());
    rig.socketOptions = Map.of(StandardSocketOptions.IP_MULTICAST_LOOP, true);
    SocketException failure = assertThrows(SocketException.class, this::connect);
    assertSame(UnsupportedOperationException.class, failure.getSuppressed()[0].getClass());
  }

  @Test
  void b1b2b3EveryPairOfOneFamilyIsTriedAndNoOther() throws IOException {
    InetAddress six = InetAddress.getByName("::1");
    InetAddress foreign = InetAddress.getByName("192.0.2.1");
    name(six, Loopback.address(1));
    rig.locals = List.of(foreign, Loopback.address(7));
    rig.options = rig.options.sequential();
    try (SocketChannel channel = connect()) {
      InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
      assertEquals(Loopback.address(7), local.getAddress());
    }
    assertEquals(
        List.of(
            "started 0 127.0.0.1 from 192.0.2.1",
            "failed 0 " + BindException.class.getSimpleName(),
            "started 1 127.0.0.1 from 127.0.0.7",
            "won 1",
            "finished 2"),
        rig.events.subList(1, 6));
  }

  @Test
  void b6NoLocalAddressOfTheFamily() throws IOException {
    name(Loopback.address(1));
    rig.locals = List.of(InetAddress.getByName("::1"));
    SocketException failure = assertThrows(SocketException.class, this::connect);
    assertEquals(
        "No local address of the same family as any remote address: made-up.example:" + net.port(),
        failure.getMessage());
  }

  @Test
  void s10CapStrandsNothing() throws IOException {
    name(net.dead(2), net.dead(3), Loopback.address(1));
    rig.options = RaceOptions.defaults().maxInFlight(1).delay(Duration.ofMillis(50));
    connect().close();
    assertTrue(rig.events.contains("lost 0 DROPPED"));
    assertFalse(rig.events.contains("lost 0 LOST"));
  }

  @Test
  void portOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> rig.spec("x", 65_536));
    assertThrows(IllegalArgumentException.class, () -> rig.spec("x", -1));
  }

  private SocketChannel connect() throws IOException {
    return rig.connector.connect(rig.spec("made-up.example", net.port()));
  }

  private void name(InetAddress... addresses) {
    rig.names.put("made-up.example", addresses);
  }

  private static InetAddress address1() {
    return InetAddress.getLoopbackAddress();
  }

  private static InetSocketAddress remote(SocketChannel channel) throws IOException {
    return (InetSocketAddress) channel.getRemoteAddress();
  }
}
