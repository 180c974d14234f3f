package io.heagent.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.race.ConnectListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The facade: every connect method works, and every setting reaches the connector. */
@Tag("socket")
class HappyEyeballsTest {
  private ServerSocket server;

  @BeforeEach
  void open() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void everyForm() throws IOException {
    HappyEyeballs eyeballs = HappyEyeballs.defaults();
    int port = server.getLocalPort();
    List<InetAddress> both =
        List.of(InetAddress.getByName("127.0.0.2"), InetAddress.getByName("127.0.0.1"));
    eyeballs.connect("localhost", port).close();
    eyeballs.connect(new InetSocketAddress("127.0.0.1", port)).close();
    eyeballs.connect(InetSocketAddress.createUnresolved("localhost", port)).close();
    eyeballs.connect(both, port).close();
    eyeballs.connectAsync("127.0.0.1", port).join().close();
    eyeballs.connectAsync(new InetSocketAddress("127.0.0.1", port)).join().close();
    eyeballs.connectAsync(both, port).join().close();
    for (Socket socket :
        List.of(
            eyeballs.connectSocket("127.0.0.1", port),
            eyeballs.connectSocket(new InetSocketAddress("127.0.0.1", port)),
            eyeballs.connectSocket(both, port))) {
      try (socket) {
        assertTrue(socket.isConnected());
        socket.getOutputStream().write(1);
      }
    }
  }

  @Test
  void everySettingCounts() throws IOException {
    List<String> events = Collections.synchronizedList(new ArrayList<>());
    HappyEyeballs eyeballs =
        HappyEyeballs.defaults()
            .delay(Duration.ofMillis(100))
            .sequential()
            .maxInFlight(2)
            .timeout(Duration.ofSeconds(20))
            .firstFamilyCount(2)
            .keepOrder()
            .option(StandardSocketOptions.TCP_NODELAY, true)
            .localAddresses(List.of(InetAddress.getByName("127.0.0.6")))
            .listener(
                new ConnectListener() {
                  @Override
                  public void finished(String host, int port, int attempts) {
                    events.add(host + " " + attempts);
                  }
                });
    try (SocketChannel channel = eyeballs.connect("127.0.0.1", server.getLocalPort())) {
      assertTrue(channel.getOption(StandardSocketOptions.TCP_NODELAY));
      InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
      assertEquals("127.0.0.6", local.getHostString());
    }
    assertEquals(List.of("127.0.0.1 1"), events);
  }

  @Test
  void nonsenseIsRefusedAtOnce() throws IOException {
    HappyEyeballs eyeballs = HappyEyeballs.defaults();
    assertThrows(IllegalArgumentException.class, () -> eyeballs.delay(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> eyeballs.firstFamilyCount(0));
    assertThrows(IllegalArgumentException.class, () -> eyeballs.connect("localhost", 70_000));
    assertThrows(IllegalArgumentException.class, () -> eyeballs.connect(List.of(), 80));
    assertThrows(NullPointerException.class, () -> eyeballs.connect((String) null, 80));
  }

  @Test
  void addressesWithoutNameAreNotLookedUpBackwards() throws IOException {
    InetAddress nameless = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try (SocketChannel channel =
        HappyEyeballs.defaults().connect(List.of(nameless), server.getLocalPort())) {
      assertEquals("/127.0.0.1", nameless.toString());
      assertTrue(channel.isConnected());
    }
  }

  @Test
  void listenerThatThrowsChangesNothing() throws IOException {
    ConnectListener broken =
        new ConnectListener() {
          @Override
          public void started(int attempt, InetSocketAddress remote, InetAddress local) {
            assertNull(Thread.currentThread().getContextClassLoader());
            Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {});
            throw new IllegalStateException("broken listener");
          }
        };
    HappyEyeballs.defaults().listener(broken).connect("127.0.0.1", server.getLocalPort()).close();
  }
}
