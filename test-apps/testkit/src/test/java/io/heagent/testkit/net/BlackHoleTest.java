package io.heagent.testkit.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.testkit.BannerServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("socket")
@Timeout(60)
class BlackHoleTest {
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.77", "::1"})
  void connectGetsNoAnswer(String address) throws IOException {
    assumeTrue(!address.equals("::1") || Loopback.hasIpv6(), "no IPv6 on this machine");
    try (BlackHole hole = BlackHole.on(address)) {
      assertThrows(SocketTimeoutException.class, () -> connect(address, hole.port()));
      assertThrows(SocketTimeoutException.class, () -> connect(address, hole.port()));
    }
  }

  @Test
  void refusesAfterClose() throws IOException {
    BlackHole hole = BlackHole.on("127.0.0.77");
    hole.close();
    assertThrows(ConnectException.class, () -> connect("127.0.0.77", hole.port()));
  }

  @Test
  void leavesThePortToOtherAddresses() throws IOException {
    int port = FreePort.on("127.0.0.77", "127.0.0.78");
    try (BlackHole hole = BlackHole.on("127.0.0.77", port);
        BannerServer good = BannerServer.plain("127.0.0.78", port)) {
      connect("127.0.0.78", port);
      assertEquals(hole.port(), good.port());
    }
  }

  private static void connect(String address, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(Loopback.address(address), port), 700);
    }
  }
}
