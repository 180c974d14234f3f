package io.heagent.testkit.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.heagent.testkit.EchoServer;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("socket")
class FreePortTest {
  @Test
  void portCanBeTakenOnEachAddress() throws IOException {
    int port = FreePort.on("127.0.0.71", "127.0.0.72");
    try (EchoServer first = EchoServer.on("127.0.0.71", port);
        EchoServer second = EchoServer.on("127.0.0.72", port)) {
      assertEquals(first.port(), second.port());
    }
  }

  @Test
  void givesUpOnAnAddressThatIsNotOurs() {
    assertThrows(IOException.class, () -> FreePort.on("192.0.2.1"));
  }

  @Test
  void refusesNames() {
    assertThrows(IllegalArgumentException.class, () -> FreePort.on("localhost"));
  }
}
