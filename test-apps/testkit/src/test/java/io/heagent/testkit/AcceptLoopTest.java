package io.heagent.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.testkit.net.Loopback;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("socket")
@Timeout(60)
class AcceptLoopTest {
  private static final String ADDRESS = "127.0.0.77";

  /** A SYN that is dropped is sent again after a second. */
  private static final int TIMEOUT_MILLIS = 900;

  /** As on a machine so busy that nothing is accepted for a while. Half of the clients are gone. */
  @Test
  void noSynIsDroppedWhileNothingIsAccepted() throws IOException {
    List<Socket> open = new ArrayList<>();
    try (AcceptLoop notStarted =
        new AcceptLoop(ServerSocketFactory.getDefault(), ADDRESS, 0, connection -> {})) {
      for (int i = 0; i < 300; i++) {
        Socket socket = new Socket();
        open.add(socket);
        socket.connect(
            new InetSocketAddress(Loopback.address(ADDRESS), notStarted.port()), TIMEOUT_MILLIS);
        if (i % 2 == 0) {
          socket.close();
        }
      }
      assertEquals(0, notStarted.accepted());
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }
}
